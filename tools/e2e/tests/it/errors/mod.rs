//! Bad input: each a clear error with status, stable reason and field, in the caller's language; never a fault of ours.

mod directory;
mod gateway;
mod grpc;
mod requests;

use platform::{Answer, Platform, Rest, Shape};
use reqwest::Method;
use serde_json::Value;

use crate::{shared, world::World};

/// What an error must say: HTTP status, reason, fields with their reasons.
type Expected<'a> = (u16, &'a str, &'a [(&'a str, &'a str)]);

/// Wrong input, by field.
const fn invalid<'a>(fields: &'a [(&'a str, &'a str)]) -> Expected<'a> {
    (400, "INVALID_FIELDS", fields)
}

/// Sends the same call in both languages, and checks the error in each.
pub(super) async fn check(
    what: &str,
    rest: &Rest,
    method: Method,
    path: &str,
    body: Option<Value>,
    expected: Expected<'_>,
) {
    let mut told = Vec::new();
    for language in ["fr", "en"] {
        let answer = rest.reading(language).call(method.clone(), path, body.clone()).await;
        check_one(what, &answer, expected);
        let (locale, message) = answer.message();
        assert_eq!(locale, language, "{what}: {answer:?}");
        told.push(message);
    }
    assert!(told[0] != told[1] && !told[0].is_empty() && !told[1].is_empty(), "{what}: {told:?}");
}

fn check_one(what: &str, answer: &Answer, (status, reason, fields): Expected<'_>) {
    assert_eq!((answer.status.as_u16(), answer.reason().as_str()), (status, reason), "{what}: {answer:?}");
    let wanted: Vec<_> = fields.iter().map(|(field, fault)| ((*field).to_owned(), (*fault).to_owned())).collect();
    assert_eq!(answer.fields(), wanted, "{what}: {answer:?}");
}

async fn world() -> (&'static Platform, World) {
    let platform = shared::platform(Shape::OneProcess).await;
    (platform, World::build(platform).await)
}
