//! Between the messages of the contracts and the types of `kernel` and `jiff`, and between messages that say the same.

use jiff::Timestamp;
use kernel::{Locale, Text};

use crate::{
    placement::v1::{
        ListInboxRequest, ListInboxResponse, ListOutboxRequest, ListOutboxResponse, PlacementRequest,
        PlacementRequestSummary,
    },
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

impl PlacementRequest {
    /// The request as a list answers it to readers of a language.
    #[must_use]
    pub fn summary(&self, locale: Locale) -> PlacementRequestSummary {
        let names = self.names.clone().unwrap_or_default();
        let text = |name: Option<LocalizedText>| Text::from(name.unwrap_or_default()).get(locale).to_owned();
        PlacementRequestSummary {
            id: self.id.clone(),
            reference: self.reference.clone(),
            state: self.state,
            student_count: self.student_count,
            start_date: self.start_date.clone(),
            end_date: self.end_date.clone(),
            placing_agency: names.placing_agency,
            program: text(names.program),
            course: names.course,
            site: names.site,
            service: text(names.service),
            destination: names.destination,
            due_date: self.due_date.clone(),
            overdue: self.overdue,
            waiting_for: self.waiting_for,
            changed_by_others: self.changed_by_others,
            closure_start_date: self.closure_start_date.clone(),
            closure_end_date: self.closure_end_date.clone(),
        }
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
        let ListOutboxResponse { requests, next_page_token, total_size, summaries, closure_etag } = page;
        Self { requests, next_page_token, total_size, summaries, closure_etag }
    }
}

asked_alike! {
    states, site_id, service_id, destination_id, program_id, from_date, to_date, query, order_by, page_size, page_token,
    overdue, changed_by_others, closure_id, include_total_size, view,
}
