//! Query parameters that no field takes. The proxy passes them over; whoever misspells a filter would take all rows for the
//! filtered ones.

use axum::{extract::Request, http::Method, middleware::Next, response::Response};
use chassis::locale;
use kernel::FieldViolation;
use prost_reflect::{Kind, MessageDescriptor};

use crate::{contracts::Route, refusals};

/// The middleware, over the routes of the contracts.
pub(crate) async fn check(routes: &'static [Route], request: Request, next: Next) -> Response {
    let faults = faults(routes, request.method(), request.uri().path(), request.uri().query().unwrap_or_default());
    if faults.is_empty() {
        return next.run(request).await;
    }
    let language = locale::asked(request.headers()).unwrap_or_default();
    locale::scope(language, locale::NO_MESSAGES, async move { refusals::invalid(&faults) }).await
}

/// One fault for each parameter that the method's message has no field for; none where no method answers.
fn faults(routes: &[Route], method: &Method, path: &str, query: &str) -> Vec<FieldViolation> {
    if query.is_empty() {
        return Vec::new();
    }
    let Some(route) = routes.iter().find(|route| route.answers(method, path)) else { return Vec::new() };
    let mut unknown: Vec<String> = form_urlencoded::parse(query.as_bytes())
        .map(|(key, _)| key.into_owned())
        .filter(|key| !names_a_field(&route.input, key))
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

    fn named(method: Method, path: &str, query: &str) -> Vec<String> {
        faults(crate::contracts::routes(), &method, path, query).into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_parameter_that_no_field_takes_is_named_and_others_are_not() {
        let list = |query| named(Method::GET, "/v1/outbox", query);
        assert_eq!(list("page_size=10&pageSize=10&states=STATE_SENT&states=STATE_DRAFT"), [""; 0]);
        assert_eq!(list("stats=STATE_SENT&page_size=2&size=3"), ["size", "stats"]);
        assert_eq!(list("page_size.x=1"), ["page_size.x"]);
        assert_eq!(named(Method::GET, "/v1/no/such/route", "x=1"), [""; 0]);
    }

    #[test]
    fn parameters_of_a_path_with_a_variable_are_those_of_its_method() {
        assert_eq!(named(Method::GET, "/v1/requests/0197", "x=1"), ["x"]);
        assert_eq!(named(Method::PATCH, "/v1/requests/0197", "update_mask=comment"), [""; 0]);
        assert_eq!(named(Method::PATCH, "/v1/requests/0197", "request.comment=x&request.y=1"), ["request.y"]);
    }
}
