//! Whatever is refused, by a service or before one hears of it, is told in one form, with a reason and in the caller's language.

use chassis::{error, locale};
use kernel::{ErrorKind, FieldViolation, Locale};
use proto::placement::v1::{GetRequestRequest, SendRequestRequest, SendRequestResponse};
use reqwest::{
    Method,
    header::{ACCEPT_LANGUAGE, ALLOW, CONTENT_TYPE},
};
use serde_json::{Value, json};
use testkit::answer::Answer;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tonic::{Code, Status};

use crate::{
    data::{CREATE_REQUEST, GET_REQUEST, SEND_REQUEST},
    world::World,
};

fn check(what: &str, refused: &Answer, status: u16, reason: &str) {
    assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (status, reason), "{what}: {refused:?}");
    assert_eq!(refused.headers["content-type"], "application/json", "{what}");
    let (language, text) = refused.message();
    assert!(language == "fr" && !text.is_empty(), "{what}: {refused:?}");
}

#[tokio::test]
async fn what_a_service_refuses_is_passed_on_whole() {
    let world = World::new().await;
    let fields = [FieldViolation::new("request.student_count", "OUT_OF_RANGE")];
    let details = vec![("from", "STATE_SENT".to_owned())];
    let status = locale::scope(Locale::En, locale::NO_MESSAGES, async {
        error::status(ErrorKind::Precondition, "INVALID_TRANSITION", details, &fields)
    });
    world.stub.refuse(SEND_REQUEST, status.await);
    let refused = world.post("/v1/requests/r1/send", json!({})).await;
    assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (400, "INVALID_TRANSITION"), "{refused:?}");
    let body = refused.json();
    assert_eq!((body["error"].as_str(), body["code"].as_i64()), (Some("FAILED_PRECONDITION"), Some(9)));
    assert_eq!(body["message"], refused.message().1);
    assert_eq!(refused.message().0, "en");
    assert_eq!(refused.fields(), [("request.student_count".to_owned(), "OUT_OF_RANGE".to_owned())]);
    let info = &body["details"][0];
    assert_eq!(info["@type"], "type.googleapis.com/google.rpc.ErrorInfo");
    assert_eq!((&info["domain"], &info["metadata"]), (&json!("tandem.health"), &json!({ "from": "STATE_SENT" })));
}

#[tokio::test]
async fn each_code_has_its_status() {
    let world = World::new().await;
    for (kind, status, name) in [
        (ErrorKind::Invalid, 400, "INVALID_ARGUMENT"),
        (ErrorKind::Precondition, 400, "FAILED_PRECONDITION"),
        (ErrorKind::Unauthenticated, 401, "UNAUTHENTICATED"),
        (ErrorKind::Forbidden, 403, "PERMISSION_DENIED"),
        (ErrorKind::NotFound, 404, "NOT_FOUND"),
        (ErrorKind::AlreadyExists, 409, "ALREADY_EXISTS"),
        (ErrorKind::Conflict, 409, "ABORTED"),
        (ErrorKind::Exhausted, 429, "RESOURCE_EXHAUSTED"),
        (ErrorKind::Internal, 500, "INTERNAL"),
        (ErrorKind::Unavailable, 503, "UNAVAILABLE"),
    ] {
        world.stub.refuse(GET_REQUEST, error::status(kind, "A_REASON", Vec::new(), &[]));
        let refused = world.get("/v1/requests/r1").await;
        assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (status, "A_REASON"), "{refused:?}");
        assert_eq!(refused.json()["error"], name, "{refused:?}");
    }
}

#[tokio::test]
async fn what_comes_without_a_reason_gets_one_and_keeps_its_words_to_itself() {
    let world = World::new().await;
    for (code, status, reason) in [
        (Code::Internal, 500, "INTERNAL"),
        (Code::Unknown, 500, "INTERNAL"),
        (Code::Unavailable, 503, "UNAVAILABLE"),
        (Code::DeadlineExceeded, 504, "UNAVAILABLE"),
        (Code::Unauthenticated, 401, "UNAUTHENTICATED"),
    ] {
        world.stub.refuse(GET_REQUEST, Status::new(code, "table person: no such column"));
        let refused = world.get("/v1/requests/r1").await;
        check(&format!("{code:?}"), &refused, status, reason);
        assert!(!refused.text().contains("column"), "{refused:?}");
    }
    world.stub.go_down();
    check("a service that breaks off", &world.get("/v1/requests/r1").await, 503, "UNAVAILABLE");
}

#[tokio::test]
async fn a_service_that_is_not_in_time_is_unavailable() {
    let world = World::new().await;
    world.stub.hold(GET_REQUEST);
    check("too late for anybody", &world.get("/v1/requests/r1").await, 504, "UNAVAILABLE");
    let impatient = world.request(Method::GET, "/v1/requests/r1").header("grpc-timeout", "50m");
    let refused = world.send(impatient).await;
    // The connection to the service ends a call in time too, and says so in its own way.
    let status = if refused.status.as_u16() == 503 { 503 } else { 504 };
    check("too late for the caller", &refused, status, "UNAVAILABLE");
}

#[tokio::test]
async fn tokens_are_looked_at_before_a_service_is_asked() {
    let world = World::new().await;
    let altered = format!("{}x", world.token());
    for token in [None, Some(""), Some("x"), Some("e30.e30.e30"), Some(altered.as_str())] {
        let request = world.unsigned(Method::GET, "/v1/requests/r1");
        let request = if let Some(token) = token { request.bearer_auth(token) } else { request };
        check(&format!("{token:?}"), &world.send(request).await, 401, "UNAUTHENTICATED");
    }
    world.clock.advance(jiff::SignedDuration::from_hours(2));
    check("ended", &world.get("/v1/requests/r1").await, 401, "TOKEN_EXPIRED");
    assert!(world.stub.asked::<GetRequestRequest>(GET_REQUEST).is_empty());
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let world = World::new().await;
    for path in ["/v1/nothing", "/v1", "/v1/requests/r1/nothing", "/v1/requests/r1/send/now", "/v2/requests/r1"] {
        for method in [Method::GET, Method::POST, Method::PATCH, Method::DELETE] {
            let refused = world.call(method.clone(), path, None).await;
            assert_eq!(refused.status.as_u16(), 404, "{method} {path}");
            if path.starts_with("/v1/") {
                check(path, &refused, 404, "NOT_IMPLEMENTED");
            }
        }
    }
}

#[tokio::test]
async fn a_verb_that_a_path_does_not_take_is_answered_with_those_that_it_takes() {
    let world = World::new().await;
    for (method, path, allowed) in [
        (Method::DELETE, "/v1/requests", "POST"),
        (Method::PATCH, "/v1/requests", "POST"),
        (Method::PUT, "/v1/requests/r1", "DELETE, GET, HEAD, PATCH"),
        (Method::POST, "/v1/sites/s1", "GET, HEAD, PATCH"),
        (Method::PATCH, "/v1/me", "GET, HEAD"),
        (Method::GET, "/v1/requests/r1/send", "POST"),
        (Method::OPTIONS, "/v1/me", "GET, HEAD"),
    ] {
        let refused = world.call(method.clone(), path, None).await;
        check(&format!("{method} {path}"), &refused, 405, "METHOD_NOT_ALLOWED");
        assert_eq!(refused.headers[ALLOW], allowed, "{method} {path}");
    }
    let head = world.call(Method::HEAD, "/v1/me", None).await;
    assert!(head.status.as_u16() != 405 && head.body.is_empty(), "{head:?}");
}

/// A form would be taken for a message without any of its fields.
#[tokio::test]
async fn a_body_that_does_not_call_itself_json_is_refused() {
    let world = World::new().await;
    world.stub.answer(SEND_REQUEST, SendRequestResponse { request: None });
    let send = |kind: &str| world.request(Method::POST, "/v1/requests/r1/send").header(CONTENT_TYPE, kind);
    for kind in [
        "application/x-www-form-urlencoded",
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "json",
    ] {
        check(kind, &world.send(send(kind).body("{\"etag\":\"v1\"}")).await, 415, "UNSUPPORTED_MEDIA_TYPE");
    }
    assert!(world.stub.asked::<SendRequestRequest>(SEND_REQUEST).is_empty());
    for kind in ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/problem+json"]
    {
        world.send(send(kind).body("{\"etag\":\"v1\"}")).await.ok();
    }
    let unnamed = world.request(Method::POST, "/v1/requests/r1/send").body("{\"etag\":\"v1\"}");
    world.send(unnamed).await.ok();
    assert!(world.stub.asked::<SendRequestRequest>(SEND_REQUEST).iter().all(|asked| asked.etag == "v1"));
    world.send(send("text/plain")).await.ok();
}

#[tokio::test]
async fn the_language_is_the_one_that_is_asked_for() {
    let world = World::new().await;
    for (asked, language) in [("en", "en"), ("en-CA,fr;q=0.5", "en"), ("fr-CA", "fr"), ("de", "fr"), ("", "fr")] {
        let client = testkit::http::client().get(format!("http://{}/v1/nothing", world.address));
        let refused = world.send(client.header(ACCEPT_LANGUAGE, asked)).await;
        assert_eq!(refused.message().0, language, "{asked}: {refused:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_at_once() {
    let world = World::new().await;
    let body = json!({ "request": { "comment": "x".repeat(1 << 20) } }).to_string();
    let mut told = 0;
    for _ in 0..10 {
        // The connection is closed while the caller still sends: who has not read until then learns of that alone.
        let request = world.request(Method::POST, "/v1/requests").header(CONTENT_TYPE, "application/json");
        let Ok(response) = request.body(body.clone()).send().await else { continue };
        check("too large", &Answer::read(response).await.unwrap(), 413, "BODY_TOO_LARGE");
        told += 1;
    }
    assert!(told > 0, "somebody is told");
    assert!(world.stub.asked::<proto::placement::v1::CreateRequestRequest>(CREATE_REQUEST).is_empty());
}

#[tokio::test]
async fn a_url_that_is_too_long_is_refused() {
    let world = World::new().await;
    let mut connection = TcpStream::connect(&world.address).await.unwrap();
    let head = format!("GET /v1/outbox?query={} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(100_000));
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut status = [0; 12];
    connection.read_exact(&mut status).await.unwrap();
    assert_eq!(String::from_utf8_lossy(&status), "HTTP/1.1 414");
}

#[tokio::test]
async fn the_details_of_a_refusal_are_those_of_google() {
    let world = World::new().await;
    let refused = world.get("/v1/outbox?stats=x").await.json();
    let kinds: Vec<&Value> = refused["details"].as_array().unwrap().iter().map(|detail| &detail["@type"]).collect();
    for kind in ["ErrorInfo", "LocalizedMessage", "BadRequest"] {
        assert!(kinds.contains(&&json!(format!("type.googleapis.com/google.rpc.{kind}"))), "{kind} in {kinds:?}");
    }
}
