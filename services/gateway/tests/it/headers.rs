//! Which headers are passed on, and which are not.

use proto::placement::v1::GetRequestRequest;
use reqwest::Method;

use crate::{
    data::{GET_REQUEST, answer},
    world::World,
};

#[tokio::test]
async fn what_services_read_is_passed_on() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    let request =
        world.request(Method::GET, "/v1/requests/r1").header("x-request-id", "k1").header("user-agent", "curl/8");
    world.send(request).await.ok();
    let passed = |name: &str| world.stub.header(GET_REQUEST, name);
    assert_eq!(passed("authorization"), format!("Bearer {}", world.token()));
    assert_eq!(passed("accept-language"), "fr");
    assert_eq!(passed("x-request-id"), "k1");
    assert!(passed("user-agent").contains("curl/8") || passed("user-agent").contains("tonic"));
    assert_eq!(passed("content-type"), "application/grpc");
}

#[tokio::test]
async fn nothing_else_is() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    let strange = [
        "cookie",
        "x-tandem-front-end",
        "x-tandem-client",
        "x-tandem-caller",
        "if-match",
        "host",
        "origin",
        "forwarded",
    ];
    let request = world.request(Method::GET, "/v1/requests/r1");
    let request = strange[..5].iter().fold(request, |request, name| request.header(*name, "strange"));
    world.send(request).await.ok();
    for name in strange {
        assert_eq!(world.stub.header(GET_REQUEST, name), "", "{name}");
    }
}

#[tokio::test]
async fn a_trace_goes_on() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let request = world.request(Method::GET, "/v1/requests/r1");
    world.send(request.header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"))).await.ok();
    assert_eq!(world.stub.header(GET_REQUEST, "traceparent").split('-').nth(1), Some(trace));

    let malformed = world.request(Method::GET, "/v1/requests/r1").header("traceparent", "00-zz-zz-01");
    world.send(malformed).await.ok();
    assert!(!world.stub.header(GET_REQUEST, "traceparent").contains("zz"));
}

#[tokio::test]
async fn an_answer_names_neither_program_nor_version() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    let got = world.get("/v1/requests/r1").await;
    for name in ["server", "x-powered-by", "via", "grpc-status", "access-control-allow-origin"] {
        assert!(!got.headers.contains_key(name), "{name}: {:?}", got.headers);
    }
    assert_eq!(world.stub.asked::<GetRequestRequest>(GET_REQUEST).len(), 1);
}
