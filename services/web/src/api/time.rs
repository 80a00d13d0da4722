use jiff::Timestamp;

/// A time of a message; the beginning of time if it is not there.
pub(crate) fn instant(time: Option<&prost_types::Timestamp>) -> Timestamp {
    time.and_then(|t| Timestamp::new(t.seconds, t.nanos).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
}
