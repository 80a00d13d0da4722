//! gRPC and gRPC-Web on the same port, and what browsers ask before they call.

use chassis::error;
use gateway::Config;
use kernel::ErrorKind;
use prost::Message as _;
use proto::placement::v1::{
    GetRequestRequest, GetRequestResponse, WatchKind, WatchRequestsRequest, WatchRequestsResponse,
    placement_request_service_client::PlacementRequestServiceClient,
};
use reqwest::Method;
use testkit::{
    answer::Answer,
    grpc_web::{self, Encoding},
    raw,
};
use tonic::{Code, Request};
use tonic_types::StatusExt as _;

use crate::{
    data::{GET_REQUEST, WATCH, answer},
    world::World,
};

fn signed<T>(world: &World, message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("authorization", format!("Bearer {}", world.token()).parse().unwrap());
    request.metadata_mut().insert("accept-language", "en".parse().unwrap());
    request
}

#[tokio::test]
async fn native_grpc_passes_through() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    let mut requests = PlacementRequestServiceClient::new(world.grpc().await);
    let got = requests.get_request(signed(&world, GetRequestRequest { id: "r1".into() })).await.unwrap();
    assert_eq!(got.into_inner(), answer());
    assert_eq!(world.stub.asked::<GetRequestRequest>(GET_REQUEST)[0].id, "r1");
    assert_eq!(world.stub.header(GET_REQUEST, "accept-language"), "en");

    let sender = world.stub.stream(WATCH);
    let mut stream = requests.watch_requests(signed(&world, WatchRequestsRequest {})).await.unwrap().into_inner();
    for kind in [WatchKind::Heartbeat, WatchKind::Resync] {
        sender.send(WatchRequestsResponse { kind: kind.into(), ..WatchRequestsResponse::default() }).await;
        assert_eq!(stream.message().await.unwrap().unwrap().kind(), kind);
    }
    drop(stream);
    sender.left().await;
}

#[tokio::test]
async fn a_refusal_over_grpc_keeps_its_details() {
    let world = World::new().await;
    let mut requests = PlacementRequestServiceClient::new(world.grpc().await);
    world.stub.refuse(GET_REQUEST, error::status(ErrorKind::Conflict, "STALE_ETAG", Vec::new(), &[]));
    let refused = requests.get_request(signed(&world, GetRequestRequest::default())).await.unwrap_err();
    assert_eq!(
        (refused.code(), refused.get_details_error_info().unwrap().reason.as_str()),
        (Code::Aborted, "STALE_ETAG")
    );
    let refused = requests.get_request(GetRequestRequest::default()).await.unwrap_err();
    let details = refused.get_error_details();
    assert_eq!(
        (refused.code(), details.error_info().unwrap().reason.as_str()),
        (Code::Unauthenticated, "UNAUTHENTICATED")
    );
    assert_eq!(details.localized_message().unwrap().locale, "fr");
}

#[tokio::test]
async fn what_is_between_services_does_not_exist() {
    let world = World::new().await;
    let paths = chassis::access::rules().iter().filter(|(_, rule)| **rule == chassis::access::Rule::Internal);
    let unknown =
        ["/tandem.placement.v1.PlacementRequestService/Nothing".to_owned(), "/grpc.health.v1.Health/Check".into()];
    for path in paths.map(|(path, _)| path).chain(&unknown) {
        let refused = raw::call(world.grpc().await, path, Vec::new()).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound, "{path}: {refused:?}");
        assert_eq!(refused.get_details_error_info().unwrap().reason, "NOT_IMPLEMENTED", "{path}");
        let (data, trailers) = web(&world, path, Encoding::Binary, &[]).await;
        assert!(data.is_empty() && trailers.contains("grpc-status:5"), "{path}: {trailers}");
        let over_rest = world.post(path, serde_json::json!({})).await;
        assert_eq!(over_rest.status.as_u16(), 404, "{path}: {over_rest:?}");
    }
}

/// Calls as a browser does, signed in.
async fn web(world: &World, path: &str, encoding: Encoding, message: &[u8]) -> (Vec<u8>, String) {
    grpc_web::call(world.request(Method::POST, path), encoding, message).await
}

#[tokio::test]
async fn browsers_call_over_grpc_web() {
    let world = World::new().await;
    let path = "/tandem.placement.v1.PlacementRequestService/GetRequest";
    let asked = GetRequestRequest { id: "r1".into() }.encode_to_vec();
    for encoding in [Encoding::Binary, Encoding::Text] {
        world.stub.answer(GET_REQUEST, answer());
        let (data, trailers) = web(&world, path, encoding, &asked).await;
        assert_eq!(GetRequestResponse::decode(data.as_slice()).unwrap(), answer(), "{encoding:?}");
        assert!(trailers.contains("grpc-status:0"), "{encoding:?}: {trailers}");
        assert_eq!(world.stub.asked::<GetRequestRequest>(GET_REQUEST).pop().unwrap().id, "r1");

        world.stub.refuse(GET_REQUEST, error::status(ErrorKind::Conflict, "STALE_ETAG", Vec::new(), &[]));
        let (data, trailers) = web(&world, path, encoding, &asked).await;
        assert!(data.is_empty() && trailers.contains("grpc-status:10"), "{encoding:?}: {trailers}");
        let nobody = grpc_web::call(world.unsigned(Method::POST, path), encoding, &asked).await;
        assert!(nobody.0.is_empty() && nobody.1.contains("grpc-status:16"), "{encoding:?}: {nobody:?}");
    }
}

const OWN: &str = "https://app.example";
const OTHER: &str = "https://elsewhere.example";

/// What a browser asks before it sends a call from a page of another origin.
async fn preflight(world: &World, path: &str, origin: &str) -> Answer {
    let request = world.unsigned(Method::OPTIONS, path).header("origin", origin);
    let headers = "authorization,content-type,x-grpc-web";
    let request =
        request.header("access-control-request-method", "POST").header("access-control-request-headers", headers);
    world.send(request).await
}

#[tokio::test]
async fn pages_of_named_origins_may_call() {
    let world = World::configured(Config { cors_origins: vec![OWN.into()], ..Config::default() }).await;
    world.stub.answer(GET_REQUEST, answer());
    for path in ["/v1/sessions", "/tandem.placement.v1.PlacementRequestService/GetRequest"] {
        let allowed = preflight(&world, path, OWN).await;
        assert!(allowed.is_ok(), "{path}: {allowed:?}");
        assert_eq!(allowed.headers["access-control-allow-origin"], OWN, "{path}");
        let said = |name: &str| allowed.headers[name].to_str().unwrap().to_lowercase();
        assert!(said("access-control-allow-methods").contains("post"), "{path}: {:?}", allowed.headers);
        for header in ["authorization", "content-type"] {
            assert!(said("access-control-allow-headers").contains(header), "{path}: {:?}", allowed.headers);
        }
        let refused = preflight(&world, path, OTHER).await;
        assert!(!refused.headers.contains_key("access-control-allow-origin"), "{path}: {:?}", refused.headers);
    }
    for (origin, allowed) in [(OWN, Some(OWN)), (OTHER, None)] {
        let got = world.send(world.request(Method::GET, "/v1/requests/r1").header("origin", origin)).await;
        assert_eq!(got.headers.get("access-control-allow-origin").map(|name| name.to_str().unwrap()), allowed);
        let refused = world.send(world.unsigned(Method::GET, "/v1/requests/r1").header("origin", origin)).await;
        assert_eq!(refused.headers.get("access-control-allow-origin").map(|name| name.to_str().unwrap()), allowed);
    }
}

#[tokio::test]
async fn without_named_origins_no_page_of_another_may() {
    let world = World::new().await;
    let refused = preflight(&world, "/v1/sessions", OTHER).await;
    assert!(!refused.headers.contains_key("access-control-allow-origin"), "{:?}", refused.headers);
}
