//! Whom a closure concerns (domain §5.6).

use kernel::PersonId;

/// A school's coordinator, some of whose requests a closure touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    pub coordinator: PersonId,
    /// How many requests of theirs.
    pub requests: i64,
}
