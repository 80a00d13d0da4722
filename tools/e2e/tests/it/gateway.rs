//! The gateway: REST, gRPC and gRPC-Web on one address, described by a document, limited by address; and sessions through it.

use std::collections::BTreeSet;

use chassis::access::Rule;
use platform::{Rest, Shape};
use prost::Message as _;
use proto::{
    identity::v1::{GetMeRequest, GetMeResponse, session_service_client::SessionServiceClient},
    placement::v1::{ListOutboxRequest, placement_request_service_client::PlacementRequestServiceClient},
};
use reqwest::{
    Method,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde_json::{Value, json};
use testkit::grpc_web::Encoding;

use crate::{
    shared::{self, fresh_id},
    wire::{Grpc, methods},
    world::{World, id, perform},
};

#[test]
fn the_openapi_document_describes_every_public_method() {
    shared::run(async {
        for shape in [Shape::OneProcess, Shape::Split] {
            let document = shared::platform(shape).await.rest().get("/openapi.json").await.ok();
            assert!(document["openapi"].as_str().unwrap().starts_with("3."), "{}", document["openapi"]);
            let described: BTreeSet<(String, String)> = document["paths"]
                .as_object()
                .unwrap()
                .iter()
                .flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(|m| (m.to_uppercase(), bare(path))))
                .collect();
            let public: BTreeSet<(String, String)> = methods().filter_map(|(path, _)| http_rule(path)).collect();
            assert_eq!(described, public);
        }
    });
}

/// Verb and path of a method's `google.api.http` rule, the path without the names of its variables.
fn http_rule(path: &str) -> Option<(String, String)> {
    let (service, method) = path.trim_start_matches('/').split_once('/')?;
    let service = proto::descriptors().get_service_by_name(service)?;
    let method = service.methods().find(|m| m.name() == method)?;
    let extension = proto::descriptors().get_extension_by_name("google.api.http")?;
    let options = method.options();
    if !options.has_extension(&extension) {
        return None;
    }
    let rule = options.get_extension(&extension);
    let rule = rule.as_message()?;
    ["get", "post", "patch", "delete", "put"].into_iter().find_map(|verb| {
        let path = rule.get_field_by_name(verb)?.as_str()?.to_owned();
        (!path.is_empty()).then(|| (verb.to_uppercase(), bare(&path)))
    })
}

/// A path without the names of its variables: methods name them each in their own way, the document once per path.
fn bare(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

#[test]
fn native_grpc_reaches_every_service() {
    shared::run(async {
        for shape in [Shape::OneProcess, Shape::Split] {
            let platform = shared::platform(shape).await;
            let world = World::build(platform).await;
            let grpc = Grpc::connect(platform, &world.placing.rest, "fr").await;
            let me = SessionServiceClient::new(grpc.caller()).get_me(GetMeRequest {}).await.unwrap().into_inner();
            assert_eq!(me.me.unwrap().person.unwrap().id, world.placing.id);
            let mut placement = PlacementRequestServiceClient::new(grpc.caller());
            let mine = placement.list_outbox(ListOutboxRequest::default()).await.unwrap().into_inner();
            assert!(!mine.requests.is_empty());
            // A stream of several messages, end to end.
            let csv = grpc.call("/tandem.reporting.v1.ReportService/ExportRequestReport", Vec::new()).await;
            assert!(csv.is_ok(), "{csv:?}");
        }
    });
}

#[test]
fn grpc_web_works_as_browsers_speak_it() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let world = World::build(platform).await;
        let (answer, trailers) = grpc_web(&world.placing.rest, "/tandem.identity.v1.SessionService/GetMe", &[]).await;
        assert!(trailers.contains("grpc-status:0"), "{trailers}");
        let me = GetMeResponse::decode(answer.as_slice()).unwrap().me.unwrap();
        assert_eq!(me.person.unwrap().email, world.placing.email);
        let nobody = world.placing.rest.as_nobody();
        let (_, refusal) = grpc_web(&nobody, "/tandem.identity.v1.SessionService/GetMe", &[]).await;
        assert!(refusal.contains("grpc-status:16"), "{refusal}");
    });
}

/// Sends one message to a method as a browser does.
async fn grpc_web(rest: &Rest, path: &str, message: &[u8]) -> (Vec<u8>, String) {
    testkit::grpc_web::call(rest.request(Method::POST, path), Encoding::Binary, message).await
}

#[test]
fn browsers_hear_of_changes_as_they_happen() {
    shared::run(async {
        for shape in [Shape::OneProcess, Shape::Split] {
            let platform = shared::platform(shape).await;
            let world = World::build(platform).await;
            let request = world.sent().await;
            let call = world.receiving.rest.request(Method::GET, "/v1/watch").header(ACCEPT, "text/event-stream");
            let mut stream = call.send().await.unwrap();
            assert_eq!(stream.headers()[CONTENT_TYPE], "text/event-stream");
            let mut heard = String::new();
            hear(&mut stream, &mut heard, "WATCH_KIND_HEARTBEAT").await;
            perform(&world.placing.rest, &request, "comments", json!({ "comment": "Merci" })).await;
            hear(&mut stream, &mut heard, &id(&request)).await;
            assert!(heard.contains("WATCH_KIND_CHANGED") && !heard.contains("Merci"), "{heard}");
        }
    });
}

/// Reads on until some words have come.
async fn hear(stream: &mut reqwest::Response, heard: &mut String, words: &str) {
    while !heard.contains(words) {
        let chunk = stream.chunk().await.unwrap().expect("the stream goes on");
        heard.push_str(&String::from_utf8_lossy(&chunk));
    }
}

#[test]
fn internal_methods_do_not_exist_from_outside() {
    shared::run(async {
        for shape in [Shape::OneProcess, Shape::Split] {
            let platform = shared::platform(shape).await;
            let operator = platform.operator().await;
            let grpc = Grpc::connect(platform, &operator, "en").await;
            let internal: Vec<&str> = methods().filter(|(_, rule)| **rule == Rule::Internal).map(|(p, _)| p).collect();
            assert!(internal.len() >= 4, "{internal:?}");
            for path in internal {
                let status = grpc.call(path, Vec::new()).await.unwrap_err();
                assert!(
                    matches!(status.code(), tonic::Code::NotFound | tonic::Code::Unimplemented),
                    "{path}: {status:?}"
                );
                let (data, trailers) = grpc_web(&operator, path, &[]).await;
                assert!(data.is_empty() && !trailers.contains("grpc-status:0"), "{path}: {trailers}");
                let rest = operator.post(path, json!({})).await;
                assert!(rest.status.is_client_error(), "{path}: {rest:?}");
            }
            let reflection = grpc.call("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Vec::new()).await;
            assert!(reflection.is_err(), "the gateway reflects nothing");
        }
    });
}

#[test]
fn other_origins_get_no_permission() {
    shared::run(async {
        let rest = shared::platform(Shape::OneProcess).await.rest();
        let preflight = rest
            .request(Method::OPTIONS, "/v1/sessions")
            .header("origin", "https://elsewhere.example")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type");
        let answer = rest.send(preflight).await;
        assert!(!answer.headers.contains_key("access-control-allow-origin"), "{:?}", answer.headers);
        let simple = rest.request(Method::GET, "/.well-known/jwks.json").header("origin", "https://elsewhere.example");
        let answer = rest.send(simple).await;
        assert!(!answer.headers.contains_key("access-control-allow-origin"), "{:?}", answer.headers);
    });
}

#[test]
fn too_many_sign_ins_from_one_network_are_put_off() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let (guesser, neighbour) = (platform.rest(), platform.rest());
        let guess = json!({ "login": format!("nobody.{}", fresh_id()), "password": "wrong" });
        let mut refused = None;
        for _ in 0..80 {
            let answer = guesser.post("/v1/sessions", guess.clone()).await;
            // Delays of the login or the network come first, and are identity's.
            if answer.status.as_u16() == 429 && answer.reason() == "RATE_LIMITED" {
                refused = Some(answer);
                break;
            }
        }
        let refused = refused.expect("a limit is met");
        let wait: u64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&wait), "{refused:?}");
        assert_eq!(refused.json()["error"], "RESOURCE_EXHAUSTED", "{refused:?}");
        let (_, over_web) = grpc_web(&guesser, "/tandem.identity.v1.SessionService/SignIn", &[]).await;
        assert!(over_web.contains("grpc-status:8"), "one count: {over_web}");
        assert_eq!(guesser.get("/.well-known/jwks.json").await.status.as_u16(), 200, "other calls go on");
        let guess = json!({ "login": format!("nobody.{}", fresh_id()), "password": "wrong" });
        let other = neighbour.post("/v1/sessions", guess).await;
        assert!(other.status.as_u16() != 429, "another network is not held up: {other:?}");
    });
}

#[test]
fn a_session_lasts_rotates_and_ends() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let world = World::build(platform).await;
        let person = &world.placing;
        let wrong = platform.rest().post("/v1/sessions", json!({ "login": person.login, "password": "no" })).await;
        assert_eq!((wrong.status.as_u16(), wrong.reason().as_str()), (401, "SIGN_IN_REFUSED"));

        let first = world.sign_in_again(platform).await;
        assert_eq!(first.get("/v1/me").await.ok()["me"]["person"]["id"], person.id.as_str());
        let refresh = async |token: &str| first.post("/v1/sessions/refresh", json!({ "refreshToken": token })).await;
        let second = first.signed_in(&refresh(first.refresh_token()).await.ok());
        assert!(second.get("/v1/me").await.is_ok());
        let third = second.signed_in(&refresh(second.refresh_token()).await.ok());

        // The first token comes back a second time: somebody has copied it, and nobody knows who is who.
        let reused = refresh(first.refresh_token()).await;
        assert_eq!((reused.status.as_u16(), reused.reason().as_str()), (401, "SESSION_ENDED"), "{reused:?}");
        let ended = refresh(third.refresh_token()).await;
        assert_eq!((ended.status.as_u16(), ended.reason().as_str()), (401, "SESSION_ENDED"), "{ended:?}");

        let again = world.sign_in_again(platform).await;
        let out = |token: &str| json!({ "refreshToken": token });
        assert!(again.post("/v1/sessions/sign-out", out(again.refresh_token())).await.is_ok());
        assert_eq!(refresh(again.refresh_token()).await.status.as_u16(), 401);
        assert!(again.post("/v1/sessions/sign-out", out("unknown")).await.is_ok(), "unknown tokens are answered alike");
    });
}

#[test]
fn four_wrong_passwords_delay_the_next_try_where_they_were_typed() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let world = World::build(platform).await;
        let (person, rest) = (&world.agent, platform.rest());
        let attempt =
            |password: &str| rest.post("/v1/sessions", json!({ "login": person.login, "password": password }));
        for _ in 0..3 {
            assert_eq!(attempt("wrong").await.reason(), "SIGN_IN_REFUSED");
        }
        let delayed = attempt("wrong").await;
        assert_eq!((delayed.status.as_u16(), delayed.reason().as_str()), (429, "SIGN_IN_DELAYED"), "{delayed:?}");
        let wait: u64 = delayed.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
        assert_eq!(attempt(crate::world::PASSWORD).await.reason(), "SIGN_IN_DELAYED", "the right one comes too early");
        let reset = format!("/v1/people/{}/account/reset-password", person.id);
        let temporary: Value = world.receiving.rest.post(&reset, json!({})).await.ok()["temporaryPassword"].clone();
        let temporary = temporary.as_str().unwrap();
        assert_eq!(attempt(temporary).await.reason(), "PASSWORD_CHANGE_REQUIRED");
        let chosen = rest.choose_password(&person.login, temporary, "Autre chose, 2026!").await;
        assert!(chosen.get("/v1/inbox").await.is_ok());
    });
}
