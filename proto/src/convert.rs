//! Between the messages that every contract uses and the types of `kernel` and `jiff`.

use jiff::Timestamp;
use kernel::Text;

use crate::text::v1::LocalizedText;

/// An instant as contracts hold it.
#[must_use]
pub fn timestamp(at: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp { seconds: at.as_second(), nanos: at.subsec_nanosecond() }
}

/// The instant of a contract; `None` where it lies outside of all calendars.
#[must_use]
pub fn instant(at: &prost_types::Timestamp) -> Option<Timestamp> {
    Timestamp::new(at.seconds, at.nanos).ok()
}

impl From<Text> for LocalizedText {
    fn from(text: Text) -> Self {
        Self { fr: text.fr, en: text.en }
    }
}

impl From<LocalizedText> for Text {
    fn from(text: LocalizedText) -> Self {
        Self { fr: text.fr, en: text.en }
    }
}
