//! The envelope: metadata on the outside, the encoded event within.

use jiff::Timestamp;
use kernel::EventId;
use proto::event::v1::Envelope;
use uuid::Uuid;

/// Why an envelope could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("not an envelope: {0}")]
    Envelope(prost::DecodeError),
    #[error("the event id is not a UUID")]
    Id,
    #[error("the time of the event is missing or out of range")]
    Time,
    #[error("payload of {0} can't be decoded: {1}")]
    Payload(&'static str, prost::DecodeError),
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Envelope, Unreadable> {
    prost::Message::decode(bytes).map_err(Unreadable::Envelope)
}

pub(crate) fn event_id(envelope: &Envelope) -> Result<EventId, Unreadable> {
    envelope.id.parse::<Uuid>().map(EventId::from).map_err(|_| Unreadable::Id)
}

pub(crate) fn occurred_at(envelope: &Envelope) -> Result<Timestamp, Unreadable> {
    let at = envelope.occurred_at.as_ref().ok_or(Unreadable::Time)?;
    Timestamp::new(at.seconds, at.nanos).map_err(|_| Unreadable::Time)
}

pub(crate) fn timestamp(at: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp { seconds: at.as_second(), nanos: at.subsec_nanosecond() }
}
