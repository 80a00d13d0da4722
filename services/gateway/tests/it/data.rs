//! One request, with something in each kind of field.

use proto::{
    placement::v1::{Action, GetRequestResponse, Kind, Names, PlacementRequest, State, Weekday},
    text::v1::LocalizedText,
};

pub const GET_REQUEST: &str = "PlacementRequestService/GetRequest";
pub const LIST_OUTBOX: &str = "PlacementRequestService/ListOutbox";
pub const CREATE_REQUEST: &str = "PlacementRequestService/CreateRequest";
pub const UPDATE_REQUEST: &str = "PlacementRequestService/UpdateRequest";
pub const SEND_REQUEST: &str = "PlacementRequestService/SendRequest";
pub const WATCH: &str = "PlacementRequestService/WatchRequests";
pub const SIGN_IN: &str = "SessionService/SignIn";

pub fn request() -> PlacementRequest {
    PlacementRequest {
        id: "r1".into(),
        comment: "À l'été \u{2028} <b>\u{1f600}".into(),
        kind: Kind::Group.into(),
        student_count: 4,
        hours_per_student: -1,
        weekdays: vec![Weekday::Tuesday.into(), Weekday::Monday.into()],
        use_release_date: true,
        state: State::Accepted.into(),
        create_time: Some(prost_types::Timestamp { seconds: 1_764_000_000, nanos: 120_000_000 }),
        actions: vec![Action::Confirm.into()],
        names: Some(Names {
            program: Some(LocalizedText { fr: "Soins".into(), en: "Nursing".into() }),
            ..Names::default()
        }),
        tags: vec!["POSTPONE".into()],
        etag: "v1".into(),
        ..PlacementRequest::default()
    }
}

pub fn answer() -> GetRequestResponse {
    GetRequestResponse { request: Some(request()) }
}
