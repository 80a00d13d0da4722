//! Coded reasons (domain §8): hosts publish why they decline, so a refusal without one is refused itself.

use directory::model::{Reason, ReasonUse};
use kernel::Invalid;

/// Code of a reason of configuration, such as `D1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReasonCode(pub String);

/// Checks that a reason that somebody gave exists, is offered and fits.
///
/// # Errors
/// `UNKNOWN_REFERENCE`, `INACTIVE_REFERENCE` or `REASON_DOES_NOT_FIT` on `reason_code`.
pub fn check(reason: Option<&Reason>, used_for: ReasonUse) -> Result<(), Invalid> {
    let fault = match reason {
        None => "UNKNOWN_REFERENCE",
        Some(reason) if !reason.active => "INACTIVE_REFERENCE",
        Some(reason) if !reason.uses.contains(&used_for) => "REASON_DOES_NOT_FIT",
        Some(_) => return Ok(()),
    };
    Err(Invalid::field("reason_code", fault))
}
