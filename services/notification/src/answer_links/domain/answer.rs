//! What a link is answered.

kernel::coded! {
    /// Yes or no.
    Answer {
        Accept = "ACCEPT",
        Decline = "DECLINE",
    }
}
