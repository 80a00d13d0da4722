//! What the gateway tells identity of whoever tries a secret, and them of what identity says.

use std::{collections::HashMap, time::Duration};

use chassis::{client_address, security::SecurityEvent, telemetry};
use gateway::Config;
use http::HeaderMap;
use proto::identity::v1::SignInResponse;
use serde_json::json;
use testkit::raw;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{
    data::{GET_REQUEST, SIGN_IN, answer},
    world::World,
};

impl World {
    /// The address that a service was told.
    fn told(&self, method: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        for name in [chassis::FRONT_END, chassis::CLIENT] {
            headers.insert(name, self.stub.header(method, name).parse().unwrap());
        }
        client_address::told(&headers, &self.host.tokens).map(|address| address.to_string())
    }
}

#[tokio::test]
async fn identity_is_told_who_calls_whatever_they_say_of_themselves() {
    let world = World::configured(Config { trusted_proxies: vec!["127.0.9.9".into()], ..Config::default() }).await;
    world.stub.answer(SIGN_IN, SignInResponse::default());
    let path = format!("http://{}/v1/sessions", world.address);
    for (peer, told) in [(1, "127.0.9.1"), (9, "198.51.100.7")] {
        let request = World::from(peer).post(&path).json(&json!({ "login": "x" }));
        let request = request.header("x-forwarded-for", "198.51.100.7").header("x-tandem-client", "192.0.2.1");
        world.send(request).await.ok();
        assert_eq!(world.told(SIGN_IN).as_deref(), Some(told));
    }
    raw::call(world.grpc().await, "/tandem.identity.v1.SessionService/SignIn", Vec::new()).await.unwrap();
    assert_eq!(world.told(SIGN_IN).as_deref(), Some("127.0.0.1"));
}

#[tokio::test]
async fn of_a_front_end_of_ours_identity_is_told_whom_it_calls_for() {
    let world = World::new().await;
    world.stub.answer(SIGN_IN, SignInResponse::default());
    let own = world.host.tokens.issue();
    let path = format!("http://{}/v1/sessions", world.address);
    let call = || World::from(1).post(&path).json(&json!({ "login": "x" })).header("x-tandem-front-end", &own);
    world.send(call().header("x-tandem-client", "203.0.113.1")).await.ok();
    assert_eq!(world.told(SIGN_IN).as_deref(), Some("203.0.113.1"));
    world.send(call()).await.ok();
    assert_eq!(world.told(SIGN_IN), None, "it has not said");
}

#[tokio::test]
async fn other_services_are_not_told() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    world.get("/v1/requests/r1").await.ok();
    for header in [chassis::FRONT_END, chassis::CLIENT, "x-forwarded-for"] {
        assert_eq!(world.stub.header(GET_REQUEST, header), "", "{header}");
    }
}

#[tokio::test]
async fn how_long_to_wait_is_told_by_a_header_too() {
    let world = World::new().await;
    for (delay, told) in [(Duration::from_secs(60), "60"), (Duration::from_millis(1500), "2")] {
        let mut details = ErrorDetails::with_error_info("SIGN_IN_DELAYED", "tandem.health", HashMap::new());
        details.set_retry_info(Some(delay));
        world.stub.refuse(SIGN_IN, Status::with_error_details(Code::ResourceExhausted, "wait", details));
        let refused = world.post("/v1/sessions", json!({ "login": "x", "password": "y" })).await;
        assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (429, "SIGN_IN_DELAYED"), "{refused:?}");
        assert_eq!(refused.headers["retry-after"], told);
    }
    world.stub.refuse(
        SIGN_IN,
        Status::with_error_details(
            Code::Unauthenticated,
            "no",
            ErrorDetails::with_error_info("SIGN_IN_REFUSED", "tandem.health", HashMap::new()),
        ),
    );
    let refused = world.post("/v1/sessions", json!({ "login": "x", "password": "y" })).await;
    assert!(refused.status.as_u16() == 401 && !refused.headers.contains_key("retry-after"), "{refused:?}");
}

#[tokio::test]
async fn a_forged_token_is_counted_and_none_is_not() {
    let counted = || {
        let start = format!("tandem_security_events_total{{event=\"{}\"}} ", SecurityEvent::TokenInvalid.code());
        let text = telemetry::metrics().render();
        text.lines().find_map(|line| line.strip_prefix(&start)?.parse::<u64>().ok()).unwrap_or_default()
    };
    let before = counted();
    let world = World::new().await;
    let call = || world.unsigned(reqwest::Method::GET, "/v1/requests/r1");
    assert_eq!(world.send(call().bearer_auth("e30.e30.e30")).await.status.as_u16(), 401);
    assert!(counted() > before);
    assert_eq!(world.send(call()).await.status.as_u16(), 401);
}
