//! An entry of the directory as its row holds it.

use jiff::Timestamp;

/// An entry with what the database knows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored<T> {
    /// The entry.
    pub value: T,
    /// Counts its changes from 1: the etag, and the version of its event.
    pub version: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
}
