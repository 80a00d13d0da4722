//! What several rules ask.

/// Whether an entry becomes active: created, or brought back.
pub(crate) fn becomes_active(before: Option<bool>, after: bool) -> bool {
    after && before != Some(true)
}
