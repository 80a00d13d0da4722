pub(super) mod closure;
pub(super) mod configuration;
pub(super) mod person;

use kernel::Invalid;

/// The message without which an event says nothing.
fn required<'a, T>(field: &'static str, message: &'a Option<T>) -> Result<&'a T, Invalid> {
    message.as_ref().ok_or_else(|| Invalid::field(field, "REQUIRED"))
}
