//! What stands in answers.

use proto::{
    configuration::v1::{GetSiteResponse, Site},
    placement::v1::{GetRequestResponse, ListOutboxResponse, PlacementRequest},
};
use serde_json::json;

use crate::{
    data::{GET_REQUEST, LIST_OUTBOX, answer},
    world::World,
};

#[tokio::test]
async fn each_kind_of_field_is_written() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    let got = world.get("/v1/requests/r1").await;
    assert_eq!(got.headers["content-type"], "application/json");
    let request = &got.ok()["request"];
    for (field, value) in [
        ("comment", json!("À l'été \u{2028} <b>\u{1f600}")),
        ("studentCount", json!(4)),
        ("hoursPerStudent", json!(-1)),
        ("useReleaseDate", json!(true)),
        ("kind", json!("KIND_GROUP")),
        ("weekdays", json!(["WEEKDAY_TUESDAY", "WEEKDAY_MONDAY"])),
        ("createTime", json!("2025-11-24T16:00:00.120Z")),
        ("actions", json!(["ACTION_CONFIRM"])),
        ("tags", json!(["POSTPONE"])),
    ] {
        assert_eq!(request[field], value, "{field}");
    }
    assert_eq!(request["names"]["program"], json!({ "fr": "Soins", "en": "Nursing" }));
}

#[tokio::test]
async fn what_is_not_set_is_written_unless_it_is_a_message() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, GetRequestResponse { request: Some(PlacementRequest::default()) });
    let got = world.get("/v1/requests/r1").await.ok();
    let request = got["request"].as_object().unwrap();
    for (field, value) in [
        ("id", json!("")),
        ("studentCount", json!(0)),
        ("overdue", json!(false)),
        ("kind", json!("KIND_UNSPECIFIED")),
        ("weekdays", json!([])),
    ] {
        assert_eq!(request.get(field), Some(&value), "{field}");
    }
    for field in ["createTime", "names"] {
        assert_eq!(request.get(field), None, "{field}");
    }
    world.stub.answer(LIST_OUTBOX, ListOutboxResponse::default());
    let nothing = json!({ "requests": [], "summaries": [], "nextPageToken": "", "totalSize": 0, "closureEtag": "" });
    assert_eq!(world.get("/v1/outbox").await.ok(), nothing);
}

/// A service may be newer than the gateway, while a province is brought up to date.
#[tokio::test]
async fn a_value_that_is_not_known_yet_is_written_as_its_number() {
    let world = World::new().await;
    let request = PlacementRequest { state: 999, weekdays: vec![2, 99], ..PlacementRequest::default() };
    world.stub.answer(GET_REQUEST, GetRequestResponse { request: Some(request) });
    let request = &world.get("/v1/requests/r1").await.ok()["request"];
    assert_eq!(request["state"], 999);
    assert_eq!(request["weekdays"], json!(["WEEKDAY_TUESDAY", 99]));
}

#[tokio::test]
async fn fractions_keep_what_they_are() {
    let world = World::new().await;
    let site = Site { latitude: 45.508_888, longitude: -0.0, ..Site::default() };
    world.stub.answer("SiteService/GetSite", GetSiteResponse { site: Some(site) });
    let site = &world.get("/v1/sites/s1").await.ok()["site"];
    assert_eq!((site["latitude"].as_f64(), site["longitude"].as_f64()), (Some(45.508_888), Some(0.0)));
}

#[tokio::test]
async fn a_large_answer_is_packed_for_whoever_unpacks_it() {
    let world = World::new().await;
    let requests = vec![crate::data::request(); 200];
    world.stub.answer(LIST_OUTBOX, ListOutboxResponse { requests, ..ListOutboxResponse::default() });
    let request = world.request(reqwest::Method::GET, "/v1/outbox").header("accept-encoding", "gzip");
    let packed = world.send(request).await;
    assert_eq!(packed.headers["content-encoding"], "gzip");
    assert!(packed.headers.get_all("vary").iter().any(|vary| vary == "accept-encoding"), "{:?}", packed.headers);
    let plain = world.get("/v1/outbox").await;
    assert!(packed.body.len() * 10 < plain.body.len(), "{} of {}", packed.body.len(), plain.body.len());
    assert_eq!(plain.ok()["requests"].as_array().unwrap().len(), 200);
}
