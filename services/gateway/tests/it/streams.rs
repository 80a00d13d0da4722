//! Answers of many messages.

use std::time::Duration;

use chassis::error;
use kernel::ErrorKind;
use proto::{
    google::api::HttpBody,
    placement::v1::{WatchKind, WatchRequestsResponse},
};
use reqwest::{
    Method, Response,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde_json::Value;
use tonic::Status;

use crate::{data::WATCH, world::World};

const CSV: &str = "ReportService/ExportRequestReport";

fn changed(id: &str) -> WatchRequestsResponse {
    WatchRequestsResponse { kind: WatchKind::Changed.into(), request_id: id.into() }
}

fn stopping() -> Status {
    error::status(ErrorKind::Unavailable, "STOPPING", Vec::new(), &[])
}

async fn watch(world: &World) -> Response {
    let request = world.request(Method::GET, "/v1/watch").header(ACCEPT, "text/event-stream");
    request.header("accept-encoding", "gzip").send().await.unwrap()
}

/// The next piece as it came.
async fn heard(response: &mut Response) -> String {
    String::from_utf8(response.chunk().await.unwrap().expect("the stream goes on").to_vec()).unwrap()
}

#[tokio::test]
async fn events_come_as_they_happen() {
    let world = World::new().await;
    let sender = world.stub.stream(WATCH);
    // Nothing has been sent yet: whoever waits knows at once that the stream is open.
    let mut response = watch(&world).await;
    assert_eq!(
        (response.status().as_u16(), response.headers()[CONTENT_TYPE].to_str().unwrap()),
        (200, "text/event-stream")
    );
    assert_eq!(response.headers()["cache-control"], "no-cache");
    assert!(!response.headers().contains_key("content-encoding"), "packed events would wait for more");
    for id in ["r1", "r2"] {
        sender.send(changed(id)).await;
        let expected = format!("data: {{\"kind\":\"WATCH_KIND_CHANGED\",\"requestId\":\"{id}\"}}\n\n");
        assert_eq!(heard(&mut response).await, expected);
    }
    drop(sender);
    assert_eq!(response.chunk().await.unwrap(), None, "it ends when the service ends it");
}

#[tokio::test]
async fn a_refusal_in_the_middle_is_the_last_event() {
    let world = World::new().await;
    let sender = world.stub.stream(WATCH);
    let mut response = watch(&world).await;
    sender.send(changed("r1")).await;
    heard(&mut response).await;
    sender.refuse(stopping()).await;
    let last = heard(&mut response).await;
    // `error` is what browsers themselves say when a connection breaks.
    let body = last.strip_prefix("event: stream-error\ndata: ").unwrap_or_else(|| panic!("{last}"));
    let body: Value = serde_json::from_str(body.trim_end()).unwrap();
    assert_eq!(
        (body["error"].as_str(), body["details"][0]["reason"].as_str()),
        (Some("UNAVAILABLE"), Some("STOPPING"))
    );
    assert_eq!(response.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn a_refusal_before_the_first_is_an_answer_like_others() {
    let world = World::new().await;
    world.stub.refuse(WATCH, error::status(ErrorKind::Forbidden, "ROLE_NOT_ALLOWED", Vec::new(), &[]));
    let request = world.request(Method::GET, "/v1/watch").header(ACCEPT, "text/event-stream");
    let refused = world.send(request).await;
    assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (403, "ROLE_NOT_ALLOWED"), "{refused:?}");
}

#[tokio::test]
async fn a_service_hears_that_whoever_watched_has_left() {
    let world = World::new().await;
    let sender = world.stub.stream(WATCH);
    let mut response = watch(&world).await;
    sender.send(changed("r1")).await;
    heard(&mut response).await;
    drop(response);
    tokio::time::timeout(testkit::patience(Duration::from_secs(10)), sender.left()).await.expect("it hears of it");
}

/// What stands between would else take the connection for dead.
#[tokio::test]
async fn a_stream_on_which_nothing_happens_is_kept_alive() {
    let world = World::new().await;
    let _sender = world.stub.stream(WATCH);
    let mut response = watch(&world).await;
    let patience = testkit::patience(Duration::from_secs(20));
    let sign = tokio::time::timeout(patience, heard(&mut response)).await.expect("a sign of life");
    assert_eq!(sign, ":\n\n");
}

#[tokio::test]
async fn programs_read_a_message_per_line() {
    let world = World::new().await;
    let sender = world.stub.stream(WATCH);
    let mut response = world.request(Method::GET, "/v1/watch").send().await.unwrap();
    assert_eq!(response.headers()[CONTENT_TYPE], "application/x-ndjson");
    sender.send(changed("r1")).await;
    assert_eq!(heard(&mut response).await, "{\"kind\":\"WATCH_KIND_CHANGED\",\"requestId\":\"r1\"}\n");
    sender.refuse(stopping()).await;
    let last = heard(&mut response).await;
    let body: Value = serde_json::from_str(&last).unwrap();
    assert!(last.ends_with('\n') && body["@type"] == "type.googleapis.com/google.rpc.Status", "{last}");
    assert_eq!(body["details"][0]["reason"], "STOPPING");
}

fn piece(content_type: &str, data: &'static [u8]) -> HttpBody {
    HttpBody { content_type: content_type.into(), data: data.into(), ..HttpBody::default() }
}

#[tokio::test]
async fn a_file_comes_as_it_is() {
    let world = World::new().await;
    let sender = world.stub.stream(CSV);
    let path = "/v1/reports/requests.csv";
    let request = tokio::spawn(world.request(Method::GET, path).send());
    sender.send(piece("text/csv; charset=utf-8", b"\xef\xbb\xbfa;b\r\n")).await;
    let mut response = request.await.unwrap().unwrap();
    assert_eq!(response.headers()[CONTENT_TYPE], "text/csv; charset=utf-8");
    assert_eq!(heard(&mut response).await, "\u{feff}a;b\r\n", "before the next piece is there");
    sender.send(piece("", b"1;2\r\n")).await;
    assert_eq!(heard(&mut response).await, "1;2\r\n");
    drop(sender);
    assert_eq!(response.chunk().await.unwrap(), None);

    world.stub.refuse(CSV, error::status(ErrorKind::Forbidden, "ROLE_NOT_ALLOWED", Vec::new(), &[]));
    let refused = world.get(path).await;
    assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (403, "ROLE_NOT_ALLOWED"), "{refused:?}");
}

/// A file that ended cleanly would be taken for a whole one.
#[tokio::test]
async fn a_file_that_breaks_off_ends_as_broken() {
    let world = World::new().await;
    let sender = world.stub.stream(CSV);
    let request = tokio::spawn(world.request(Method::GET, "/v1/reports/requests.csv").send());
    sender.send(piece("text/csv", b"a;b\r\n")).await;
    let mut response = request.await.unwrap().unwrap();
    assert_eq!(heard(&mut response).await, "a;b\r\n");
    sender.refuse(stopping()).await;
    assert!(response.chunk().await.is_err());
}
