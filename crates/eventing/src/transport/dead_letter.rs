//! What a transport tells of an event that was given up.

use jiff::Timestamp;
use kernel::EventId;

/// An event that its handler refused or failed on too often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// The queue it was meant for.
    pub queue: String,
    /// The event's id, unless the message is no event at all.
    pub event_id: Option<EventId>,
    /// The event's type, unless the envelope can't be read.
    pub event_type: Option<String>,
    /// Why it was given up.
    pub reason: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was given up; unknown if the broker gave it up, after too many deliveries without an answer.
    pub died_at: Option<Timestamp>,
}
