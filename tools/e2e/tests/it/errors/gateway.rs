//! What the gateway turns away by itself, and everything at once.

use futures::{StreamExt as _, stream};
use platform::{Answer, Rest};
use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::{Value, json};

use super::{check, invalid, world};
use crate::shared;

#[test]
fn tokens_that_do_not_hold_are_refused() {
    shared::run(async {
        let (_, world) = world().await;
        let good = world.placing.rest.token().to_owned();
        let (claims, signature) = good.rsplit_once('.').unwrap();
        let altered = format!("{claims}.{}{}", if signature.starts_with('A') { "B" } else { "A" }, &signature[1..]);
        let unsigned = format!("{claims}.");
        for token in ["", "x", "e30.e30.e30", altered.as_str(), unsigned.as_str()] {
            let rest = world.placing.rest.with_token(token);
            check(token, &rest, Method::GET, "/v1/me", None, (401, "UNAUTHENTICATED", &[])).await;
        }
        check(
            "no token",
            &world.placing.rest.as_nobody(),
            Method::GET,
            "/v1/outbox",
            None,
            (401, "UNAUTHENTICATED", &[]),
        )
        .await;
    });
}

#[test]
fn what_is_no_message_is_refused_by_the_gateway() {
    shared::run(async {
        let (platform, world) = world().await;
        let school = &world.placing.rest;
        let post = |body: Vec<u8>| {
            school.request(Method::POST, "/v1/requests").header(CONTENT_TYPE, "application/json").body(body)
        };
        let mut not_text = b"{\"request\":{\"comment\":\"".to_vec();
        not_text.extend([0xff, 0xfe, b'"', b'}', b'}']);
        let mut unknown_field = world.request();
        unknown_field["colour"] = "blue".into();
        let json = |value: Value| value.to_string().into_bytes();
        let with = |key: &str, value: Value| json!({ "request": { key: value } });
        let cases = [
            ("no JSON", b"{\"request\":".to_vec(), ""),
            ("not text", not_text, ""),
            ("no object", b"[1,2]".to_vec(), ""),
            ("unknown field", json(json!({ "request": unknown_field })), "colour"),
            ("unknown enum value", json(with("kind", json!("KIND_SOLO"))), "KIND_SOLO"),
            ("text for a number", json(with("studentCount", json!("two"))), "line 1 column"),
            ("number out of range", json(with("studentCount", json!(5_000_000_000_i64))), "line 1 column"),
            ("deep nesting", format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes(), ""),
        ];
        for (what, body, word) in cases {
            let answer = school.send(post(body)).await;
            assert_eq!(answer.status.as_u16(), 400, "{what}: {answer:?}");
            assert_eq!(answer.json()["error"], "INVALID_ARGUMENT", "{what}: {answer:?}");
            explains(what, &answer, "MALFORMED_REQUEST");
            assert!(answer.text().contains(word), "{what} names it: {answer:?}");
        }
        check_too_large(&platform.rest().with_token(school.token())).await;
        let plain = school.request(Method::POST, "/v1/requests").header(CONTENT_TYPE, "text/plain").body("hello");
        assert!(school.send(plain).await.status.is_client_error());
        let nothing = (404, "NOT_IMPLEMENTED", &[][..]);
        check("no route", school, Method::GET, "/v1/nothing", None, nothing).await;
        check("no route", school, Method::PATCH, "/v1/nothing", None, nothing).await;
        let no_verb = (405, "METHOD_NOT_ALLOWED", &[][..]);
        check("no verb", school, Method::DELETE, "/v1/requests", None, no_verb).await;
    });
}

fn explains(what: &str, answer: &Answer, reason: &str) {
    assert_eq!(answer.reason(), reason, "{what}: {answer:?}");
    assert!(!answer.message().1.is_empty(), "{what}: {answer:?}");
}

#[test]
fn a_parameter_that_no_field_takes_is_refused() {
    shared::run(async {
        let (_, world) = world().await;
        let school = &world.placing.rest;
        let stats = invalid(&[("stats", "UNKNOWN_FIELD")]);
        check("misspelt", school, Method::GET, "/v1/outbox?stats=STATE_SENT", None, stats).await;
        let good = school.get("/v1/outbox?states=STATE_SENT&pageSize=2&page_token=").await;
        assert!(good.is_ok(), "{good:?}");
        let wrong = (400, "MALFORMED_REQUEST", &[][..]);
        check("no number", school, Method::GET, "/v1/outbox?page_size=two", None, wrong).await;
    });
}

/// A body that is too large is refused before it is read, and the connection closed: whoever still sends may learn of that
/// alone.
async fn check_too_large(rest: &Rest) {
    let mut refused = 0;
    for _ in 0..10 {
        let call = rest.request(Method::POST, "/v1/requests").body(vec![b' '; (1 << 20) + 1]);
        if let Ok(answer) = rest.try_send(call).await {
            assert_eq!(answer.status.as_u16(), 413, "{answer:?}");
            explains("too large", &answer, "BODY_TOO_LARGE");
            refused += 1;
        }
    }
    assert!(refused > 0, "somebody is told");
}

/// Every route with empty and with senseless input, as someone whom it admits: whatever the answer, no fault of ours.
#[test]
fn senseless_input_is_never_our_fault() {
    shared::run(async {
        let (platform, world) = world().await;
        let openapi = platform.rest().get("/openapi.json").await.ok();
        let paths = openapi["paths"].as_object().unwrap().clone();
        let everyone = [&world.operator, &world.placing.rest, &world.receiving.rest, &world.agent.rest];
        let long = "9".repeat(300);
        let fillings = ["x", "%00", "%ff", &long, "00000000-0000-0000-0000-000000000000"];
        let mut calls = Vec::new();
        // What is watched never ends by itself, so there is no answer to wait for; `gateway.rs` above reads from it.
        for (path, methods) in paths.iter().filter(|(path, _)| *path != "/v1/watch") {
            for method in methods.as_object().unwrap().keys() {
                let Ok(method) = Method::from_bytes(method.to_uppercase().as_bytes()) else { continue };
                for filling in &fillings[..if path.contains('{') { fillings.len() } else { 1 }] {
                    let fill =
                        |part: &'_ str| if part.starts_with('{') { (*filling).to_owned() } else { part.to_owned() };
                    let path = path.split('/').map(fill).collect::<Vec<_>>().join("/");
                    calls.extend(everyone.map(|rest| (rest, method.clone(), path.clone())));
                }
            }
        }
        assert!(calls.len() > 500, "{} calls are not all routes", calls.len());
        let answers = stream::iter(calls).map(async |(rest, method, path)| {
            let body = (method != Method::GET).then(|| json!({}));
            (rest.call(method.clone(), &path, body).await, method, path)
        });
        answers
            .buffer_unordered(8)
            .for_each(async |(answer, method, path)| {
                assert!(answer.status.as_u16() < 500, "{method} {path}: {answer:?}");
            })
            .await;
    });
}
