//! Where a request stands: as placement tells it, and as far as milestones depend on it.

/// A state by the code that placement gives it. It is kept and shown as it is told: what it means is known there, and what it is
/// called in `terms`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct State(String);

impl State {
    /// Of a code, such as `SENT_OFFLINE`.
    pub fn of(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }
}

/// How far a request has come: what its milestones are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not yet sent.
    Unsent,
    /// The receiving side has it and has not answered for the agency.
    Pending,
    /// The agency said yes.
    Accepted,
    /// The agency said no.
    Declined,
    /// The school committed.
    Confirmed,
    /// Stopped by either side.
    Cancelled,
    /// Removed; only a tombstone.
    Deleted,
}
