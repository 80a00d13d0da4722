//! Between the messages of the contracts and the types of `kernel` and `jiff`, and between messages that say the same.

use jiff::Timestamp;
use kernel::Text;

use crate::{
    placement::v1::{ListInboxRequest, ListInboxResponse, ListOutboxRequest, ListOutboxResponse},
    text::v1::LocalizedText,
};

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

/// Inbox and outbox are asked for in the same words: each field once, for both ways.
macro_rules! asked_alike {
    ($($field:ident),* $(,)?) => {
        impl From<ListInboxRequest> for ListOutboxRequest {
            fn from(question: ListInboxRequest) -> Self {
                Self { $($field: question.$field),* }
            }
        }

        impl From<ListOutboxRequest> for ListInboxRequest {
            fn from(question: ListOutboxRequest) -> Self {
                Self { $($field: question.$field),* }
            }
        }
    };
}

/// And they answer in the same words.
impl From<ListOutboxResponse> for ListInboxResponse {
    fn from(page: ListOutboxResponse) -> Self {
        let ListOutboxResponse { requests, next_page_token, total_size, summaries } = page;
        Self { requests, next_page_token, total_size, summaries }
    }
}

asked_alike! {
    states, site_id, service_id, destination_id, program_id, from_date, to_date, query, order_by, page_size, page_token,
    overdue, changed_by_others, closure_id, include_total_size, view,
}
