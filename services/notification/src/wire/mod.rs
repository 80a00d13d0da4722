//! Domain to contracts and back; pure.

pub mod answer_link;
pub mod closure;
pub mod configuration;
pub mod delivery;
pub mod person;
pub mod request_facts;

use kernel::{FieldViolation, Invalid};

/// The message without which an event says nothing.
fn required<'a, T>(field: &'static str, message: &'a Option<T>) -> Result<&'a T, Invalid> {
    message.as_ref().ok_or_else(|| Invalid(vec![FieldViolation::new(field, "REQUIRED")]))
}
