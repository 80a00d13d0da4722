//! What is no call of a method, though it comes to the path of one: the proxy passes over what it does not know. It takes a body
//! that is not JSON for one without fields, and a query parameter that is misspelt for none; whoever misspells a filter would
//! take all rows for the filtered ones. And it knows the verbs of a path only as far as one of the two proxies has them.

use axum::{
    body::HttpBody as _,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use chassis::locale;
use kernel::FieldViolation;
use prost_reflect::{Kind, MessageDescriptor};

use crate::{
    contracts::{self, Found},
    refusals,
};

/// The middleware.
pub(crate) async fn check(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let route = match contracts::find(request.method(), path) {
        Found::Call(route) => route,
        Found::Verbs(verbs) if !is_preflight(&request) => return not_allowed(&verbs),
        Found::Nothing if path.starts_with("/v1/") => return StatusCode::NOT_FOUND.into_response(),
        Found::Verbs(_) | Found::Nothing => return next.run(request).await,
    };
    if !is_json(request.headers()) && !request.body().is_end_stream() {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let faults = faults(&route.input, request.uri().query().unwrap_or_default());
    if faults.is_empty() {
        return next.run(request).await;
    }
    let language = locale::asked(request.headers()).unwrap_or_default();
    locale::scope(language, locale::NO_MESSAGES, async move { refusals::invalid(&faults) }).await
}

/// Whether a browser asks what a page of another origin may do.
fn is_preflight(request: &Request) -> bool {
    let has = |name| request.headers().contains_key(name);
    request.method() == Method::OPTIONS && has(header::ORIGIN) && has(header::ACCESS_CONTROL_REQUEST_METHOD)
}

fn not_allowed(verbs: &[&Method]) -> Response {
    let verbs = verbs.iter().map(|verb| verb.as_str()).collect::<Vec<_>>().join(", ");
    let allow = HeaderValue::from_str(&verbs).expect("the names of verbs can be a header");
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, allow)]).into_response()
}

/// Whether a body calls itself JSON, `application/json` or `application/problem+json`, or nothing at all.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else { return true };
    let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// One fault for each parameter that a method's message has no field for.
fn faults(input: &MessageDescriptor, query: &str) -> Vec<FieldViolation> {
    let mut unknown: Vec<String> = form_urlencoded::parse(query.as_bytes())
        .map(|(key, _)| key.into_owned())
        .filter(|key| !names_a_field(input, key))
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    unknown.into_iter().map(|key| FieldViolation::new(key, "UNKNOWN_FIELD")).collect()
}

/// Whether a dotted path names a field, each part by its own name or as JSON writes it.
fn names_a_field(message: &MessageDescriptor, path: &str) -> bool {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let field = message.get_field_by_name(name).or_else(|| message.get_field_by_json_name(name));
    match (field.map(|field| field.kind()), rest) {
        (Some(_), None) => true,
        (Some(Kind::Message(inner)), Some(rest)) => names_a_field(&inner, rest),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(method: &Method, path: &str, query: &str) -> Vec<String> {
        let Found::Call(route) = contracts::find(method, path) else { panic!("{method} {path} is no method") };
        faults(&route.input, query).into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_parameter_that_no_field_takes_is_named_and_others_are_not() {
        let list = |query| named(&Method::GET, "/v1/outbox", query);
        assert_eq!(list("page_size=10&pageSize=10&states=STATE_SENT&states=STATE_DRAFT"), [""; 0]);
        assert_eq!(list("stats=STATE_SENT&page_size=2&size=3"), ["size", "stats"]);
        assert_eq!(list("page_size.x=1"), ["page_size.x"]);
    }

    #[test]
    fn parameters_of_a_path_with_a_variable_are_those_of_its_method() {
        assert_eq!(named(&Method::GET, "/v1/requests/0197", "x=1"), ["x"]);
        assert_eq!(named(&Method::PATCH, "/v1/requests/0197", "update_mask=comment"), [""; 0]);
        assert_eq!(named(&Method::PATCH, "/v1/requests/0197", "request.comment=x&request.y=1"), ["request.y"]);
    }
}
