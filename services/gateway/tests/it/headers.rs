//! Which headers are passed on, and which are not.

use proto::placement::v1::GetRequestRequest;
use reqwest::{Method, header::CACHE_CONTROL};
use testkit::telemetry::Telemetry;
use tonic::{Code, Status};

use crate::{
    data::{GET_REQUEST, answer},
    world::World,
};

/// Of somebody who asks not to be sampled.
const THEIRS: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

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

/// Trace and flags that the service is told, of a call that names a trace.
async fn passed_on(world: &World, own: bool) -> (String, String) {
    world.stub.answer(GET_REQUEST, answer());
    let request = world.request(Method::GET, "/v1/requests/r1").header("tracestate", "theirs=1");
    let request = request.header("traceparent", format!("00-{THEIRS}-00f067aa0ba902b7-00"));
    let token = world.host.tokens.issue();
    world.send(if own { request.header("x-tandem-front-end", token) } else { request }).await.ok();
    let traceparent = world.stub.header(GET_REQUEST, "traceparent");
    let mut parts = traceparent.split('-').skip(1).map(str::to_owned);
    let (trace, flags) = (parts.next().unwrap(), parts.nth(1).unwrap());
    assert!(own || !world.stub.header(GET_REQUEST, "tracestate").contains("theirs"));
    (trace, flags)
}

#[tokio::test]
async fn a_trace_of_a_front_end_of_ours_goes_on() {
    Telemetry::of_process();
    let (trace, flags) = passed_on(&World::new().await, true).await;
    assert_eq!((trace.as_str(), flags.as_str()), (THEIRS, "00"));
}

/// Or strangers would choose what our traces are called, and which of them nobody sees.
#[tokio::test]
async fn a_stranger_s_trace_is_linked_and_not_gone_on_with() {
    let telemetry = Telemetry::of_process();
    let (trace, flags) = passed_on(&World::new().await, false).await;
    assert!(trace != THEIRS && flags == "01", "{trace} {flags}");
    let spans = telemetry.spans().await;
    let ours = spans.iter().find(|span| span.name == "HTTP GET" && span.trace_id == trace).expect("our span");
    assert_eq!(ours.links, [THEIRS]);
}

#[tokio::test]
async fn a_trace_that_is_none_is_not_passed_on() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
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

#[tokio::test]
async fn nobody_keeps_an_answer_or_takes_it_for_something_else() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    let refused = world.send(world.unsigned(Method::GET, "/v1/requests/r1")).await;
    for got in
        [world.get("/v1/requests/r1").await, refused, world.get("/v1/nothing").await, world.get("/nothing").await]
    {
        assert_eq!(got.headers[CACHE_CONTROL], "no-store", "{got:?}");
        assert_eq!(got.headers["x-content-type-options"], "nosniff", "{got:?}");
    }
    let contracts = world.get("/openapi.json").await;
    assert!(contracts.is_ok() && !contracts.headers.contains_key(CACHE_CONTROL));
    assert_eq!(contracts.headers["x-content-type-options"], "nosniff");
}

/// As on the page of an error.
#[tokio::test]
async fn an_error_of_ours_has_a_reference() {
    let telemetry = Telemetry::of_process();
    let world = World::new().await;
    world.stub.refuse(GET_REQUEST, Status::new(Code::Internal, "table person: no such column"));
    let refused = world.get("/v1/requests/r1").await;
    assert_eq!(refused.status.as_u16(), 500, "{refused:?}");
    let body = refused.json();
    let details = body["details"].as_array().unwrap();
    let info = details.iter().find(|detail| detail["@type"] == "type.googleapis.com/google.rpc.RequestInfo");
    let reference = info.unwrap_or_else(|| panic!("{refused:?}"))["requestId"].as_str().unwrap();
    assert!(telemetry.spans().await.iter().any(|span| span.name == "HTTP GET" && span.trace_id == reference));
    world.stub.answer(GET_REQUEST, answer());
    let missing = world.get("/v1/nothing").await;
    assert!(!missing.text().contains("RequestInfo"), "{missing:?}");
}

/// Or whoever invents methods fills the memory of whatever keeps the metrics.
#[tokio::test]
async fn methods_that_somebody_invents_are_one_in_the_metrics() {
    let _ = chassis::telemetry::metrics();
    let world = World::new().await;
    for n in 0..20 {
        let invented = Method::from_bytes(format!("INVENTED{n}").as_bytes()).unwrap();
        for path in ["/v1/requests/r1", "/nothing"] {
            world.send(world.unsigned(invented.clone(), path)).await;
        }
    }
    let metrics = chassis::telemetry::metrics().render();
    assert!(metrics.contains("tandem_http_seconds_count{method=\"_OTHER\""), "{metrics}");
    assert!(!metrics.contains("INVENTED"));
}
