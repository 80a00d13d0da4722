//! How much one address may ask, and how much there may be at a time.

use futures::future::join_all;
use gateway::Config;
use proto::{
    identity::v1::{SignInRequest, SignInResponse},
    placement::v1::{GetRequestRequest, WatchKind, WatchRequestsResponse},
};
use reqwest::{Client, Method, Response, header::ACCEPT};
use serde_json::json;
use testkit::{
    answer::Answer,
    grpc_web::{self, Encoding},
    http, raw,
};
use tonic::Code;

use crate::{
    data::{GET_REQUEST, SIGN_IN, WATCH, answer},
    world::World,
};

async fn world(config: Config) -> World {
    let world = World::configured(config).await;
    world.stub.answer(SIGN_IN, SignInResponse::default());
    world.stub.answer(GET_REQUEST, answer());
    world
}

fn few_secrets() -> Config {
    Config { secrets_per_minute: 2, ..Config::default() }
}

/// Signs in from an address; the status.
async fn sign_in(world: &World, client: &Client, headers: &[(&str, &str)]) -> Answer {
    let request = client.post(format!("http://{}/v1/sessions", world.address)).json(&json!({ "login": "x" }));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    world.send(request).await
}

#[tokio::test]
async fn secrets_are_tried_so_often_from_one_address_whichever_way() {
    let world = world(few_secrets()).await;
    let client = World::from(1);
    for _ in 0..2 {
        sign_in(&world, &client, &[]).await.ok();
    }
    let refused = sign_in(&world, &client, &[]).await;
    assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (429, "RATE_LIMITED"), "{refused:?}");
    assert_eq!(refused.json()["error"], "RESOURCE_EXHAUSTED");
    let wait: u64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");

    let path = "/tandem.identity.v1.SessionService/SignIn";
    let over_web = client.post(format!("http://{}{path}", world.address));
    let (_, trailers) = grpc_web::call(over_web, Encoding::Binary, &[]).await;
    assert!(trailers.contains("grpc-status:8"), "{trailers}");
    assert_eq!(world.stub.asked::<SignInRequest>(SIGN_IN).len(), 2);

    sign_in(&world, &World::from(2), &[]).await.ok();
    let other_calls = client.get(format!("http://{}/v1/requests/r1", world.address)).bearer_auth(world.token());
    world.send(other_calls).await.ok();
}

#[tokio::test]
async fn a_refusal_for_their_number_is_told_over_grpc_too() {
    let world = world(few_secrets()).await;
    let mut last = Ok(Default::default());
    for _ in 0..3 {
        last = raw::call(world.grpc().await, "/tandem.identity.v1.SessionService/SignIn", Vec::new()).await;
    }
    let refused = last.unwrap_err();
    let reason = tonic_types::StatusExt::get_details_error_info(&refused).unwrap().reason;
    assert_eq!((refused.code(), reason.as_str()), (Code::ResourceExhausted, "RATE_LIMITED"));
}

#[tokio::test]
async fn nobody_chooses_an_address() {
    let world = world(few_secrets()).await;
    let client = World::from(1);
    let mut last = None;
    for address in ["203.0.113.1", "203.0.113.2", "203.0.113.3"] {
        let headers = [("x-forwarded-for", address), ("x-tandem-client", address), ("x-real-ip", address)];
        last = Some(sign_in(&world, &client, &headers).await);
    }
    assert_eq!(last.unwrap().status.as_u16(), 429);
}

#[tokio::test]
async fn a_load_balancer_that_is_trusted_tells_the_address() {
    let config = Config { trusted_proxies: vec!["127.0.9.0/24".into()], ..few_secrets() };
    let world = world(config).await;
    let client = World::from(1);
    let from = async |address| sign_in(&world, &client, &[("x-forwarded-for", address)]).await.status.as_u16();
    assert_eq!([from("203.0.113.1").await, from("203.0.113.1").await, from("203.0.113.1").await], [200, 200, 429]);
    assert_eq!(from("203.0.113.2").await, 200);
    // Whatever the caller wrote before what the load balancer saw.
    assert_eq!(from("203.0.113.9, 203.0.113.1").await, 429);
    assert_eq!(from("203.0.113.9, 203.0.113.1, 127.0.9.7").await, 429, "behind another one that is trusted");
}

/// Some load balancers leave the header that they were sent as it is, and add a line of their own.
#[tokio::test]
async fn a_line_of_the_load_balancer_s_own_is_the_one_that_counts() {
    let config = Config { trusted_proxies: vec!["127.0.9.0/24".into()], ..few_secrets() };
    let world = world(config).await;
    let client = World::from(1);
    let mut last = 0;
    for invented in ["198.51.100.1", "198.51.100.2", "198.51.100.3, 198.51.100.4"] {
        let lines = [("x-forwarded-for", invented), ("x-forwarded-for", "203.0.113.1")];
        last = sign_in(&world, &client, &lines).await.status.as_u16();
    }
    assert_eq!(last, 429);
}

/// Whoever has one address of such a network has all of them.
#[tokio::test]
async fn a_network_of_ipv6_counts_as_one_address() {
    let config = Config { trusted_proxies: vec!["127.0.9.0/24".into()], ..few_secrets() };
    let world = world(config).await;
    let client = World::from(1);
    let from = async |address| sign_in(&world, &client, &[("x-forwarded-for", address)]).await.status.as_u16();
    let (first, second, third) = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", "[2001:db8:1:2:3:4:5:6]:4711");
    assert_eq!([from(first).await, from(second).await, from(third).await], [200, 200, 429]);
    assert_eq!(from("2001:db8:1:3::1").await, 200, "another network");
    let token = world.host.tokens.issue();
    let told = [("x-tandem-front-end", token.as_str()), ("x-tandem-client", "2001:db8:1:2::9")];
    assert_eq!(sign_in(&world, &client, &told).await.status.as_u16(), 429, "through a front end too");
}

#[tokio::test]
async fn a_front_end_of_ours_tells_for_whom_it_calls() {
    let world = world(few_secrets()).await;
    let client = World::from(1);
    let token = world.host.tokens.issue();
    let own = ("x-tandem-front-end", token.as_str());
    let from = async |address| sign_in(&world, &client, &[own, ("x-tandem-client", address)]).await.status.as_u16();
    assert_eq!([from("203.0.113.1").await, from("203.0.113.1").await, from("203.0.113.1").await], [200, 200, 429]);
    assert_eq!(from("203.0.113.2").await, 200);
    for _ in 0..5 {
        sign_in(&world, &client, &[own]).await.ok();
    }
    let forged = [("x-tandem-front-end", "e30.e30.e30"), ("x-tandem-client", "203.0.113.3")];
    let mut last = 0;
    for _ in 0..3 {
        last = sign_in(&world, &client, &forged).await.status.as_u16();
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn calls_of_one_address_are_counted() {
    let world = world(Config { calls_per_minute: 3, ..Config::default() }).await;
    for _ in 0..3 {
        world.get("/v1/requests/r1").await.ok();
    }
    let refused = world.get("/v1/requests/r1").await;
    assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (429, "RATE_LIMITED"), "{refused:?}");
    world.get("/openapi.json").await.ok();
}

#[tokio::test]
async fn a_body_of_unknown_length_is_measured_as_it_comes() {
    let world = world(Config { max_body_bytes: 2048, ..Config::default() }).await;
    let body = |length: usize| {
        let pieces = vec![Ok::<_, std::convert::Infallible>(" ".repeat(64)); length / 64];
        reqwest::Body::wrap_stream(futures::stream::iter(pieces))
    };
    let post = |length| world.request(Method::POST, "/v1/requests/r1/send").body(body(length));
    world.stub.answer(crate::data::SEND_REQUEST, proto::placement::v1::SendRequestResponse { request: None });
    let blank = world.send(post(2048)).await;
    assert_eq!((blank.status.as_u16(), blank.reason().as_str()), (400, "MALFORMED_REQUEST"), "{blank:?}");
    let refused = world.send(post(2112)).await;
    assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (413, "BODY_TOO_LARGE"), "{refused:?}");
}

#[tokio::test]
async fn many_calls_at_a_time_share_a_connection() {
    let world = world(Config::default()).await;
    let client = http::builder().http2_prior_knowledge().build().unwrap();
    let calls = (0..500).map(async |_| {
        let request = client.get(format!("http://{}/v1/requests/r1", world.address)).bearer_auth(world.token());
        world.send(request).await.ok();
    });
    join_all(calls).await;
    assert_eq!(world.stub.asked::<GetRequestRequest>(GET_REQUEST).len(), 500);
}

#[tokio::test]
async fn many_who_watch_hold_up_no_call() {
    let world = world(Config::default()).await;
    let mut watching: Vec<Response> = Vec::new();
    for _ in 0..300 {
        let sender = world.stub.stream(WATCH);
        let request = world.request(Method::GET, "/v1/watch").header(ACCEPT, "text/event-stream");
        let mut response = request.send().await.unwrap();
        sender.send(WatchRequestsResponse { kind: WatchKind::Heartbeat.into(), ..Default::default() }).await;
        assert!(response.chunk().await.unwrap().is_some());
        // The stub goes on sending nothing for as long as the test runs.
        tokio::spawn(async move { sender.left().await });
        watching.push(response);
    }
    world.get("/v1/requests/r1").await.ok();
}
