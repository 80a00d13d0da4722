//! Bad input: each fault with its field and its reason, all at once.

use proto::placement::v1::{
    Answer, AnswerAtDestinationRequest, CancelRequestRequest, ChangeDatesRequest, GetOccupancyRequest,
    GetRequestRequest, Kind, ListOutboxRequest, PlacementRequest, PostponeRequestRequest, RedirectRequestRequest,
    State, UpdateRequestRequest, Weekday,
};
use serde_json::json;
use tonic::Code;
use tonic_types::StatusExt as _;
use uuid::Uuid;

use crate::{
    calls::Call,
    world::{
        COURSE, OTHER_COURSE, OTHER_PROGRAM, OTHER_SERVICE, OTHER_SITE, OTHER_UNIT, SECOND_SITE, SERVICE, SITE, UNIT,
        World, agent, destination, faults, reason, receiver, request, school,
    },
};

async fn faults_of(world: &World, ask: PlacementRequest) -> String {
    let refused = world.create(&school(), ask).await.expect_err("bad input");
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::InvalidArgument, "INVALID_FIELDS"));
    faults(&refused)
}

#[tokio::test]
async fn every_fault_of_a_message_is_told_at_once() {
    let world = World::new().await;
    let ask = PlacementRequest {
        program_id: "x".into(),
        course_id: String::new(),
        kind: Kind::Unspecified.into(),
        student_count: 100,
        start_date: "2027-04-02".into(),
        end_date: "2027-01-11".into(),
        weekdays: vec![9],
        shift_code: "TROP LONG".into(),
        hours_per_student: -1,
        comment: "x".repeat(4001),
        placement_type_code: String::new(),
        ..request()
    };
    assert_eq!(
        faults_of(&world, ask).await,
        "request.program_id=MALFORMED_ID,request.course_id=REQUIRED,request.placement_type_code=REQUIRED,\
         request.kind=REQUIRED,request.student_count=OUT_OF_RANGE,request.end_date=DATE_REVERSED,\
         request.weekdays=UNKNOWN_VALUE,request.shift_code=TOO_LONG,request.hours_per_student=OUT_OF_RANGE,\
         request.comment=TOO_LONG"
    );
    let control = PlacementRequest { comment: "a\u{0}b".into(), ..request() };
    assert_eq!(faults_of(&world, control).await, "request.comment=CONTROL_CHARACTER");
}

#[tokio::test]
async fn what_a_request_refers_to_exists_is_in_use_and_belongs_together() {
    let world = World::new().await;
    let nothing = Uuid::from_u128(0xdead).to_string();
    let ask = PlacementRequest {
        program_id: nothing.clone(),
        course_id: nothing.clone(),
        site_id: nothing.clone(),
        service_id: nothing.clone(),
        destination_id: nothing,
        placement_type_code: "NOTHING".into(),
        ..request()
    };
    assert_eq!(
        faults_of(&world, ask).await,
        "request.program_id=UNKNOWN_REFERENCE,request.course_id=UNKNOWN_REFERENCE,request.site_id=UNKNOWN_REFERENCE,\
         request.service_id=UNKNOWN_REFERENCE,request.destination_id=UNKNOWN_REFERENCE,\
         request.placement_type_code=UNKNOWN_REFERENCE"
    );
    for (ask, expected) in [
        (PlacementRequest { course_id: OTHER_COURSE.to_string(), ..request() }, "request.course_id"),
        (PlacementRequest { service_id: OTHER_SERVICE.to_string(), ..request() }, "request.service_id"),
        (PlacementRequest { destination_id: OTHER_UNIT.to_string(), ..request() }, "request.destination_id"),
    ] {
        let told = faults_of(&world, ask).await;
        assert!(told.starts_with(&format!("{expected}=MISMATCHED_REFERENCE")), "{told}");
    }
    let mut closed = destination(UNIT, SITE, &[SERVICE], "4 Ouest", crate::world::AGENT);
    closed.active = false;
    world.destination(2, closed).await;
    assert_eq!(faults_of(&world, request()).await, "request.destination_id=INACTIVE_REFERENCE");
}

#[tokio::test]
async fn dates_and_types_fit() {
    let world = World::new().await;
    for (start, end, expected) in [
        ("2026-11-22", "2027-01-01", "request.start_date=START_IN_PAST"),
        ("2027-01-11", "2029-01-12", "request.end_date=PERIOD_TOO_LONG"),
        ("2027-1-11", "2027-02-30", "request.start_date=MALFORMED_DATE,request.end_date=MALFORMED_DATE"),
    ] {
        let ask = PlacementRequest { start_date: start.into(), end_date: end.into(), ..request() };
        assert_eq!(faults_of(&world, ask).await, expected);
    }
    let one_day = PlacementRequest { end_date: "2027-01-11".into(), hours_per_student: 25, ..request() };
    let refused = world.create(&school(), one_day.clone()).await.expect_err("a day has 24 hours");
    assert_eq!(faults(&refused), "request.hours_per_student=HOURS_DO_NOT_FIT");
    let said = &refused.get_details_bad_request().expect("fields").field_violations[0].description;
    assert_eq!(said, "Au plus 24 heures tiennent en une journée.");
    world.create(&school(), PlacementRequest { hours_per_student: 24, ..one_day.clone() }).await.expect("24 fit");
    let sundays = PlacementRequest { weekdays: vec![Weekday::Sunday.into()], hours_per_student: 8, ..one_day };
    assert_eq!(faults_of(&world, sundays).await, "request.weekdays=NO_SUCH_DAY");
    let old = PlacementRequest { placement_type_code: "OLD".into(), ..request() };
    assert_eq!(faults_of(&world, old).await, "request.placement_type_code=TYPE_NOT_VALID_ON_START");
    let empty = PlacementRequest { kind: 77, ..request() };
    assert_eq!(faults_of(&world, empty).await, "request.kind=UNKNOWN_VALUE");
}

#[tokio::test]
async fn an_update_is_checked_like_a_new_draft() {
    let world = World::new().await;
    let draft = world.draft().await;
    let update = async |paths: &[&str], request: PlacementRequest| {
        let message = UpdateRequestRequest {
            request: Some(PlacementRequest { id: draft.id.clone(), ..request }),
            update_mask: Some(prost_types::FieldMask { paths: paths.iter().map(|&p| p.to_owned()).collect() }),
            request_id: String::new(),
        };
        world.client(&school()).update_request(message).await
    };
    let refused = update(&["end_date"], PlacementRequest { end_date: "2027-01-01".into(), ..request() }).await;
    assert_eq!(faults(&refused.expect_err("before the start")), "request.end_date=DATE_REVERSED");
    let refused = update(&["state", "comment"], request()).await.expect_err("the state is no field of a draft");
    assert_eq!(faults(&refused), "update_mask.state=UNKNOWN_FIELD");
    let elsewhere = PlacementRequest { site_id: SECOND_SITE.to_string(), ..request() };
    let told = faults(&update(&["site_id"], elsewhere).await.expect_err("the service is at another site"));
    assert!(told.contains("request.service_id=MISMATCHED_REFERENCE"), "{told}");
    let other =
        PlacementRequest { program_id: OTHER_PROGRAM.to_string(), course_id: OTHER_COURSE.to_string(), ..request() };
    let refused = update(&["program_id", "course_id"], other).await.expect_err("another school's program");
    assert_eq!(reason(&refused), "OUT_OF_SCOPE");
    let several =
        PlacementRequest { kind: 0, student_count: 0, comment: "x".repeat(4001), ..PlacementRequest::default() };
    let refused = update(&["kind", "student_count"], several).await.expect_err("two of three are looked at");
    assert_eq!(faults(&refused), "request.kind=REQUIRED,request.student_count=OUT_OF_RANGE");
    let words = PlacementRequest { comment: " Merci. ".into(), ..PlacementRequest::default() };
    let changed = update(&["comment"], words).await.expect("all else stays").into_inner().request.expect("the draft");
    let PlacementRequest { comment, etag, update_time, .. } = changed.clone();
    assert_eq!((comment.as_str(), etag.as_str()), ("Merci.", "2"));
    assert_eq!(changed, PlacementRequest { comment, etag, update_time, ..draft.clone() });
    let no_wish = PlacementRequest { destination_id: String::new(), ..request() };
    let changed = update(&["destination_id"], no_wish).await.expect("a wish may be dropped").into_inner();
    assert_eq!(changed.request.expect("the draft").destination_id, "");
}

#[tokio::test]
async fn a_draft_whose_references_were_retired_is_not_sent() {
    let world = World::new().await;
    let draft = world.draft().await;
    let mut removed = crate::world::service(SERVICE, SITE, false);
    removed.active = false;
    world.service(2, removed).await;
    let refused = world.call(&school(), Call::Send, &draft.id).await.expect_err("the service is gone");
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "DRAFT_OUTDATED"));
    assert_eq!(faults(&refused), "request.service_id=INACTIVE_REFERENCE");
}

#[tokio::test]
async fn a_refusal_and_a_cancellation_need_a_reason_that_fits() {
    let world = World::new().await;
    let request = world.request_in(State::Redirected).await;
    for (answer, code, expected) in [
        (Answer::Decline, "", "reason_code=REQUIRED"),
        (Answer::Decline, "A1", "reason_code=REASON_DOES_NOT_FIT"),
        (Answer::Decline, "D9", "reason_code=INACTIVE_REFERENCE"),
        (Answer::Decline, "Z1", "reason_code=UNKNOWN_REFERENCE"),
        (Answer::Accept, "D1", "reason_code=REASON_DOES_NOT_FIT"),
        (Answer::Unspecified, "D1", "answer=REQUIRED"),
    ] {
        let message = AnswerAtDestinationRequest {
            id: request.id.clone(),
            answer: answer.into(),
            reason_code: code.into(),
            ..Default::default()
        };
        let refused = world.client(&agent()).answer_at_destination(message).await.expect_err("a bad reason");
        assert_eq!(faults(&refused), expected);
    }
    let message = CancelRequestRequest { id: request.id.clone(), reason_code: "D1".into(), ..Default::default() };
    let refused = world.client(&school()).cancel_request(message).await.expect_err("a reason to decline");
    assert_eq!(faults(&refused), "reason_code=REASON_DOES_NOT_FIT");
}

#[tokio::test]
async fn a_request_is_redirected_to_a_unit_that_can_receive_it() {
    let world = World::new().await;
    let ask = PlacementRequest { destination_id: String::new(), ..request() };
    let draft = world.create(&school(), ask).await.expect("no wish");
    world.call(&school(), Call::Send, &draft.id).await.expect("no. 2");
    for (destination, expected) in [
        (String::new(), "destination_id=REQUIRED"),
        (OTHER_UNIT.to_string(), "destination_id=MISMATCHED_REFERENCE"),
        (COURSE.to_string(), "destination_id=UNKNOWN_REFERENCE"),
    ] {
        let message =
            RedirectRequestRequest { id: draft.id.clone(), destination_id: destination, ..Default::default() };
        let refused = world.client(&receiver()).redirect_request(message).await.expect_err("a bad unit");
        assert_eq!(faults(&refused), expected);
    }
}

#[tokio::test]
async fn new_dates_are_in_order_and_not_in_the_past() {
    let world = World::new().await;
    let request = world.request_in(State::Accepted).await;
    let change = |start: &str, end: &str| ChangeDatesRequest {
        id: request.id.clone(),
        start_date: start.into(),
        end_date: end.into(),
        ..Default::default()
    };
    for (start, end, expected) in [
        ("2027-02-01", "2027-01-01", "end_date=DATE_REVERSED"),
        ("2026-11-02", "2027-01-01", "start_date=START_IN_PAST"),
        ("", "2027-01-01", "start_date=REQUIRED"),
    ] {
        let refused = world.client(&school()).change_dates(change(start, end)).await.expect_err("bad dates");
        assert_eq!(faults(&refused), expected);
    }
    let message = PostponeRequestRequest {
        id: request.id.clone(),
        start_date: "2027-01-10".into(),
        end_date: "2027-04-02".into(),
        ..Default::default()
    };
    let refused = world.client(&school()).postpone_request(message).await.expect_err("earlier");
    assert_eq!(faults(&refused), "start_date=NOT_LATER");
}

#[tokio::test]
async fn ids_versions_and_pages_have_their_form() {
    let world = World::new().await;
    let mut client = world.client(&school());
    let refused = client.get_request(GetRequestRequest { id: "7".into() }).await.expect_err("no id");
    assert_eq!(faults(&refused), "id=MALFORMED_ID");
    let unknown = client.get_request(GetRequestRequest { id: Uuid::from_u128(7).to_string() }).await;
    assert_eq!(reason(&unknown.expect_err("nothing there")), "NOT_FOUND");
    let refused = world.call_at(&school(), Call::Send, &Uuid::from_u128(7).to_string(), "one").await;
    assert_eq!(faults(&refused.expect_err("no version")), "etag=MALFORMED_ETAG");
    for etag in ["0", "-5"] {
        let refused = world.call_at(&school(), Call::Seen, &Uuid::from_u128(7).to_string(), etag).await;
        assert_eq!(faults(&refused.expect_err("versions begin with one")), "etag=MALFORMED_ETAG");
    }
    for (message, expected) in [
        (ListOutboxRequest { page_token: "?".into(), ..Default::default() }, "page_token=MALFORMED_PAGE_TOKEN"),
        (ListOutboxRequest { page_size: -1, ..Default::default() }, "page_size=OUT_OF_RANGE"),
        (ListOutboxRequest { order_by: "comment".into(), ..Default::default() }, "order_by=UNKNOWN_ORDER"),
        (ListOutboxRequest { states: vec![99], ..Default::default() }, "states=UNKNOWN_VALUE"),
        (ListOutboxRequest { site_id: "x".into(), ..Default::default() }, "site_id=MALFORMED_ID"),
        (
            ListOutboxRequest { from_date: "2027-02-01".into(), to_date: "2027-01-01".into(), ..Default::default() },
            "to_date=DATE_REVERSED",
        ),
    ] {
        assert_eq!(faults(&client.list_outbox(message).await.expect_err("bad input")), expected);
    }
    let id = Uuid::from_u128(7);
    for (order_by, key) in [
        ("update_time desc", json!({ "u": ["-009999-01-02T01:59:59Z", id] })),
        ("start_date", json!({ "s": ["-009999-01-01", "2027-01-01", id] })),
        ("reference", json!({ "r": "\0" })),
    ] {
        let (order_by, page_token) = (order_by.to_owned(), chassis::page::encode(&key));
        let message = ListOutboxRequest { order_by, page_token, ..Default::default() };
        let refused = client.list_outbox(message).await.expect_err("a token that we never gave");
        assert_eq!(faults(&refused), "page_token=MALFORMED_PAGE_TOKEN", "{key}");
    }
    let refused = client.get_occupancy(GetOccupancyRequest::default()).await.expect_err("of what?");
    assert_eq!(faults(&refused), "site_id=REQUIRED");
    let unknown = GetOccupancyRequest { site_id: COURSE.to_string(), ..Default::default() };
    assert_eq!(reason(&client.get_occupancy(unknown).await.expect_err("no such site")), "NOT_FOUND");
    let empty = GetOccupancyRequest { site_id: OTHER_SITE.to_string(), weeks: 105, ..Default::default() };
    assert_eq!(faults(&client.get_occupancy(empty).await.expect_err("too many weeks")), "weeks=OUT_OF_RANGE");
}
