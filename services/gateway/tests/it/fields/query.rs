//! What stands in the query.

use proto::{
    placement::v1::{
        DeleteRequestRequest, DeleteRequestResponse, ListOutboxRequest, ListOutboxResponse, State,
        UpdateRequestRequest, UpdateRequestResponse,
    },
    reporting::v1::{ListRequestReportRequest, ListRequestReportResponse},
};
use reqwest::Method;
use serde_json::json;

use crate::{
    data::{LIST_OUTBOX, UPDATE_REQUEST},
    world::World,
};

/// What a list is asked for by a query.
async fn listed(world: &World, query: &str) -> ListOutboxRequest {
    world.get(&format!("/v1/outbox?{query}")).await.ok();
    world.stub.asked(LIST_OUTBOX).pop().unwrap()
}

async fn world() -> World {
    let world = World::new().await;
    world.stub.answer(LIST_OUTBOX, ListOutboxResponse::default());
    world
}

#[tokio::test]
async fn each_kind_of_field_is_read() {
    let world = world().await;
    let (sent, draft) = (i32::from(State::Sent), i32::from(State::Draft));
    let asked =
        listed(&world, "query=a%20b+c%26%C3%A9&page_size=7&overdue=true&states=STATE_SENT&states=STATE_DRAFT").await;
    assert_eq!((asked.query.as_str(), asked.page_size, asked.overdue), ("a b c&é", 7, true));
    assert_eq!(asked.states, [sent, draft]);
    assert_eq!(listed(&world, "page_size=-3&overdue=false").await.page_size, -3);
    assert_eq!(listed(&world, "").await, ListOutboxRequest::default());
    assert_eq!(listed(&world, "query=&page_token").await, ListOutboxRequest::default());
}

#[tokio::test]
async fn both_spellings_of_a_name_are_one_field() {
    let world = world().await;
    assert_eq!(listed(&world, "pageSize=5").await.page_size, 5);
    assert_eq!(listed(&world, "page_size=5").await.page_size, 5);
    assert_eq!(listed(&world, "siteId=a&site_id=b").await.site_id, "b");
}

#[tokio::test]
async fn of_a_field_that_comes_twice_the_last_holds() {
    let world = world().await;
    let asked = listed(&world, "page_size=5&query=a&page_size=6&query=b").await;
    assert_eq!((asked.page_size, asked.query.as_str()), (6, "b"));
}

#[tokio::test]
async fn many_values_are_all_taken() {
    let world = world().await;
    let asked = listed(&world, &["states=STATE_SENT"; 500].join("&")).await;
    assert_eq!(asked.states.len(), 500);
    let words = "mot ".repeat(2000);
    assert_eq!(listed(&world, &format!("query={}", words.replace(' ', "+"))).await.query, words);
}

#[tokio::test]
async fn a_dotted_name_reaches_into_a_message() {
    let world = World::new().await;
    world.stub.answer("ReportService/ListRequestReport", ListRequestReportResponse::default());
    world.get("/v1/reports/requests?filter.from_date=2027-01-11&filter.states=STATE_SENT&filter.siteId=s1").await.ok();
    let asked: Vec<ListRequestReportRequest> = world.stub.asked("ReportService/ListRequestReport");
    let filter = asked[0].filter.clone().unwrap();
    assert_eq!((filter.from_date.as_str(), filter.site_id.as_str()), ("2027-01-11", "s1"));
    assert_eq!(filter.states, [i32::from(State::Sent)]);
}

#[tokio::test]
async fn beside_a_body_the_query_fills_what_is_left() {
    let world = World::new().await;
    world.stub.answer(UPDATE_REQUEST, UpdateRequestResponse { request: None });
    let path = "/v1/requests/r1?updateMask=studentCount,names.program&request_id=k1&request.comment=aside";
    world.patch(path, json!({ "studentCount": 3 })).await.ok();
    let asked: Vec<UpdateRequestRequest> = world.stub.asked(UPDATE_REQUEST);
    assert_eq!(asked[0].update_mask.clone().unwrap().paths, ["student_count", "names.program"]);
    assert_eq!(asked[0].request_id, "k1");
    let request = asked[0].request.clone().unwrap();
    assert_eq!((request.id.as_str(), request.student_count), ("r1", 3));

    world.stub.answer("PlacementRequestService/DeleteRequest", DeleteRequestResponse {});
    world.call(Method::DELETE, "/v1/requests/r1?etag=v1", None).await.ok();
    let asked: Vec<DeleteRequestRequest> = world.stub.asked("PlacementRequestService/DeleteRequest");
    assert_eq!((asked[0].id.as_str(), asked[0].etag.as_str()), ("r1", "v1"));
}

#[tokio::test]
async fn a_value_that_a_field_cannot_hold_is_refused_with_its_name() {
    let world = world().await;
    for (query, field) in [
        ("page_size=two", "page_size"),
        ("page_size=", "page_size"),
        ("page_size=2147483648", "page_size"),
        ("page_size=1.5", "page_size"),
        ("overdue=yes", "overdue"),
        ("states=STATE_UNHEARD_OF", "states"),
    ] {
        let refused = world.get(&format!("/v1/outbox?{query}")).await;
        assert_eq!(
            (refused.status.as_u16(), refused.reason().as_str()),
            (400, "MALFORMED_REQUEST"),
            "{query}: {refused:?}"
        );
        assert!(refused.text().contains(field), "{query}: {refused:?}");
    }
    assert!(world.stub.asked::<ListOutboxRequest>(LIST_OUTBOX).is_empty());
}

#[tokio::test]
async fn a_parameter_that_no_field_takes_is_refused() {
    let world = world().await;
    let refused = world.get("/v1/outbox?stats=STATE_SENT&page_size=1&size=2").await;
    assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (400, "INVALID_FIELDS"), "{refused:?}");
    let unknown = |name: &str| (name.to_owned(), "UNKNOWN_FIELD".to_owned());
    assert_eq!(refused.fields(), [unknown("size"), unknown("stats")]);
    assert!(world.stub.asked::<ListOutboxRequest>(LIST_OUTBOX).is_empty());
}
