//! What stands in the body.

use proto::{
    configuration::v1::{UpdateSiteRequest, UpdateSiteResponse},
    placement::v1::{
        ChangeDatesRequest, ChangeDatesResponse, CreateRequestRequest, CreateRequestResponse, Kind, PlacementRequest,
        Weekday,
    },
};
use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::{Value, json};

use crate::{data::CREATE_REQUEST, world::World};

async fn world() -> World {
    let world = World::new().await;
    world.stub.answer(CREATE_REQUEST, CreateRequestResponse { request: None });
    world
}

/// The request that a body asks for.
async fn created(world: &World, request: Value) -> PlacementRequest {
    world.post("/v1/requests", json!({ "request": request })).await.ok();
    world.stub.asked::<CreateRequestRequest>(CREATE_REQUEST).pop().unwrap().request.unwrap()
}

#[tokio::test]
async fn each_kind_of_field_is_read() {
    let world = world().await;
    let request = json!({
        "comment": "À l'été \u{1f600}", "studentCount": 4, "hoursPerStudent": -1, "useReleaseDate": true, "kind": "KIND_GROUP",
        "weekdays": ["WEEKDAY_TUESDAY", "WEEKDAY_MONDAY"], "createTime": "2025-11-24T11:00:00.12-05:00",
        "names": { "program": { "fr": "Soins" } }, "tags": [],
    });
    let asked = created(&world, request).await;
    assert_eq!((asked.comment.as_str(), asked.student_count, asked.hours_per_student), ("À l'été 😀", 4, -1));
    assert!(asked.use_release_date && asked.kind() == Kind::Group);
    assert_eq!(asked.weekdays, [i32::from(Weekday::Tuesday), i32::from(Weekday::Monday)]);
    let time = asked.create_time.unwrap();
    assert_eq!((time.seconds, time.nanos), (1_764_000_000, 120_000_000));
    assert_eq!(asked.names.unwrap().program.unwrap().fr, "Soins");
    assert!(asked.tags.is_empty());
}

#[tokio::test]
async fn what_may_be_left_out_is_told_from_what_is_nothing() {
    const CHANGE_DATES: &str = "PlacementRequestService/ChangeDates";
    let world = World::new().await;
    world.stub.answer(CHANGE_DATES, ChangeDatesResponse { request: None });
    for (body, hours) in [
        (json!({}), None),
        (json!({ "hoursPerStudent": null }), None),
        (json!({ "hoursPerStudent": 0 }), Some(0)),
        (json!({ "hoursPerStudent": 90 }), Some(90)),
    ] {
        world.post("/v1/requests/r1/change-dates", body.clone()).await.ok();
        let asked: Vec<ChangeDatesRequest> = world.stub.asked(CHANGE_DATES);
        assert_eq!(asked.last().unwrap().hours_per_student, hours, "{body}");
    }
}

#[tokio::test]
async fn both_spellings_of_a_name_are_taken() {
    let world = world().await;
    assert_eq!(created(&world, json!({ "student_count": 3 })).await.student_count, 3);
    assert_eq!(created(&world, json!({ "studentCount": 3 })).await.student_count, 3);
}

#[tokio::test]
async fn numbers_may_be_written_in_other_ways() {
    let world = world().await;
    for number in [json!("3"), json!(3.0)] {
        assert_eq!(created(&world, json!({ "studentCount": number })).await.student_count, 3, "{number}");
    }
    assert_eq!(created(&world, json!({ "kind": 2 })).await.kind(), Kind::Group);
    world.stub.answer("SiteService/UpdateSite", UpdateSiteResponse { site: None });
    for (written, latitude) in [(json!(45.5), 45.5), (json!("45.5"), 45.5), (json!(45), 45.0), (json!(-1e-3), -0.001)] {
        world.patch("/v1/sites/s1", json!({ "latitude": written })).await.ok();
        let asked: Vec<UpdateSiteRequest> = world.stub.asked("SiteService/UpdateSite");
        let site = asked.last().unwrap().site.clone().unwrap();
        assert!((site.latitude - latitude).abs() < 1e-12, "{written}: {}", site.latitude);
    }
}

#[tokio::test]
async fn null_means_that_nothing_is_said() {
    let world = world().await;
    let request = json!({ "comment": null, "studentCount": null, "kind": null, "weekdays": null, "names": null, "createTime": null, "useReleaseDate": null });
    assert_eq!(created(&world, request).await, PlacementRequest::default());
}

#[tokio::test]
async fn a_body_that_is_empty_says_nothing() {
    let world = world().await;
    let post = || world.request(Method::POST, "/v1/requests");
    for request in [post(), post().body(""), post().header(CONTENT_TYPE, "application/json"), post().body("{}")] {
        world.send(request).await.ok();
        assert_eq!(world.stub.asked(CREATE_REQUEST).pop(), Some(CreateRequestRequest::default()));
    }
}

#[tokio::test]
async fn what_is_no_message_is_refused_and_its_place_told() {
    let world = world().await;
    let with = |key: &str, value: Value| json!({ "request": { key: value } }).to_string().into_bytes();
    let raw = |text: &str| text.as_bytes().to_vec();
    let cases = [
        ("cut off", raw("{\"request\":"), "line 1 column"),
        ("two values", raw("{} {}"), "line 1 column"),
        ("a list", raw("[1]"), "line 1 column"),
        ("a text", raw("\"x\""), "line 1 column"),
        ("not UTF-8", b"{\"request\":{\"comment\":\"\xff\"}}".to_vec(), ""),
        ("half a surrogate", raw("{\"request\":{\"comment\":\"\\ud800\"}}"), "line 1 column"),
        ("a trailing comma", raw("{\"request\":{},}"), "line 1 column"),
        ("deep nesting", format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes(), ""),
        ("an unknown field", with("colour", json!("blue")), "colour"),
        ("an unknown field at the top", raw("{\"colour\":1}"), "colour"),
        ("a text for a number", with("studentCount", json!("two")), "line 1 column"),
        ("a fraction for a whole number", with("studentCount", json!(2.5)), "line 1 column"),
        ("a number out of range", with("studentCount", json!(5_000_000_000_i64)), "line 1 column"),
        ("a number for a text", with("comment", json!(1)), "line 1 column"),
        ("a text for a truth", with("useReleaseDate", json!("true")), "line 1 column"),
        ("an unknown value", with("kind", json!("KIND_SOLO")), "KIND_SOLO"),
        ("one for many", with("weekdays", json!("WEEKDAY_MONDAY")), "line 1 column"),
        ("a text for a message", with("names", json!("x")), "line 1 column"),
        ("no time", with("createTime", json!("yesterday")), ""),
        ("no day", with("createTime", json!("2025-02-30T00:00:00Z")), ""),
        ("null among many", with("weekdays", json!([null])), ""),
    ];
    for (what, body, word) in cases {
        let request = world.request(Method::POST, "/v1/requests").header(CONTENT_TYPE, "application/json");
        let refused = world.send(request.body(body)).await;
        assert_eq!(
            (refused.status.as_u16(), refused.reason().as_str()),
            (400, "MALFORMED_REQUEST"),
            "{what}: {refused:?}"
        );
        assert!(refused.text().contains(word), "{what} is told: {refused:?}");
    }
    assert!(world.stub.asked::<CreateRequestRequest>(CREATE_REQUEST).is_empty());
}

/// As most readers of JSON have it.
#[tokio::test]
async fn of_a_field_that_comes_twice_the_last_holds() {
    let world = world().await;
    for body in ["\"studentCount\":1,\"studentCount\":2", "\"studentCount\":1,\"student_count\":2"] {
        let request = world.request(Method::POST, "/v1/requests").header(CONTENT_TYPE, "application/json");
        world.send(request.body(format!("{{\"request\":{{{body}}}}}"))).await.ok();
        let asked = world.stub.asked::<CreateRequestRequest>(CREATE_REQUEST).pop().unwrap();
        assert_eq!(asked.request.unwrap().student_count, 2, "{body}");
    }
}
