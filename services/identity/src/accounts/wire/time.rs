//! Instants.

use jiff::Timestamp;

/// An instant as contracts hold it.
#[must_use]
pub fn to_proto(at: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp { seconds: at.as_second(), nanos: at.subsec_nanosecond() }
}
