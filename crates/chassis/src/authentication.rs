//! What every gRPC call passes before a service sees it: span, metrics, deadline, language, token, access rule, and a net
//! for panics. Deny by default: a method without an access rule admits nobody.

use std::{panic::AssertUnwindSafe, str::FromStr as _, sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use directory::model::Level;
use futures::FutureExt as _;
use http::HeaderMap;
use kernel::{ErrorKind, Locale, Problem as _};
use tokio::time::Instant;
use tonic::Status;
use tracing::Instrument as _;

use crate::{
    Host, Messages,
    access::{self, Rule},
    auth::{Principal, Refusal, ServiceCaller, bearer},
    error, locale,
    security::{self, Concerned, SecurityEvent},
    telemetry,
};

/// The layer around the routes of a service.
pub(crate) struct Authentication {
    pub(crate) host: Host,
    pub(crate) messages: &'static Messages,
    pub(crate) deadline: Duration,
}

enum Caller {
    Nobody,
    Person(Principal),
    Service(ServiceCaller),
}

pub(crate) async fn authenticate(State(layer): State<Arc<Authentication>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if path.starts_with("/grpc.") {
        return next.run(request).await;
    }
    let (service, method) = names(&path);
    let span = tracing::info_span!(
        "rpc",
        otel.name = format!("{service}/{method}"),
        otel.kind = "server",
        rpc.system = "grpc",
        rpc.service = service,
        rpc.method = method,
        rpc.grpc.status_code = tracing::field::Empty,
        tandem.service = layer.host.name,
    );
    telemetry::continue_trace(&span, request.headers());
    let started = Instant::now();
    let response = admit(&layer, &path, request, next).instrument(span.clone()).await;
    let code = status_code(&response);
    span.record("rpc.grpc.status_code", code);
    metrics::histogram!("tandem_rpc_seconds", "service" => service.to_owned(), "method" => method.to_owned(), "code" => code.to_string())
        .record(started.elapsed().as_secs_f64());
    response
}

/// Service and method of a path, where the contracts have it: whoever calls may write whatever they like there.
fn names(path: &str) -> (&str, &str) {
    let known = access::rule(path).and_then(|_| path.strip_prefix('/')?.split_once('/'));
    known.unwrap_or((telemetry::OTHER, telemetry::OTHER))
}

async fn admit(layer: &Authentication, path: &str, mut request: Request, next: Next) -> Response {
    let deadline = deadline(request.headers()).map_or(layer.deadline, |asked| asked.min(layer.deadline));
    let until = Instant::now() + deadline;
    let identified = tokio::time::timeout_at(until, identify(layer, path, request.headers())).await;
    let (caller, refusal) = match identified.unwrap_or(Err(Refusal::KeysUnavailable)) {
        Ok(caller) => (caller, None),
        Err(refusal) => (Caller::Nobody, Some(refusal)),
    };
    let language = language(request.headers(), &caller);
    locale::scope(language, layer.messages, async move {
        if let Some(refusal) = refusal {
            return refuse(refusal);
        }
        if let Err(refusal) = check(path, &caller) {
            return refuse(refusal);
        }
        match caller {
            Caller::Person(principal) => drop(request.extensions_mut().insert(principal)),
            Caller::Service(service) => drop(request.extensions_mut().insert(service)),
            Caller::Nobody => {}
        }
        match tokio::time::timeout_at(until, AssertUnwindSafe(next.run(request)).catch_unwind()).await {
            Ok(Ok(response)) => explain_malformed(response),
            Ok(Err(_)) => {
                tracing::error!(trace_id = telemetry::trace_id(), path, "a handler panicked");
                into_response(&error::status(ErrorKind::Internal, "INTERNAL", Vec::new(), &[]))
            }
            Err(_) => {
                let status = error::status(ErrorKind::Unavailable, "DEADLINE_EXCEEDED", Vec::new(), &[]);
                into_response(&Status::with_details(
                    tonic::Code::DeadlineExceeded,
                    status.message(),
                    bytes::Bytes::copy_from_slice(status.details()),
                ))
            }
        }
    })
    .await
}

/// Who calls. A token that is given must hold, even where none is asked for; a public method ignores it.
async fn identify(layer: &Authentication, path: &str, headers: &HeaderMap) -> Result<Caller, Refusal> {
    let Some(token) = bearer(headers) else { return Ok(Caller::Nobody) };
    let caller = match access::rule(path) {
        Some(Rule::Public) | None => Ok(Caller::Nobody),
        Some(Rule::Internal) => layer.host.tokens.verify(token).map(Caller::Service),
        Some(Rule::SignedIn | Rule::Roles(..)) => layer.host.keys.verify(token).await.map(Caller::Person),
    };
    if let Err(refusal @ Refusal::Unauthenticated) = &caller {
        // The gateway has looked at it before: whoever brings it here goes past the gateway.
        security::record(SecurityEvent::TokenInvalid, Concerned { reason: refusal.reason(), ..Concerned::default() });
    }
    caller
}

/// Whether the method admits the caller.
fn check(path: &str, caller: &Caller) -> Result<(), Refusal> {
    match (access::rule(path), caller) {
        (Some(Rule::Public), _)
        | (Some(Rule::Internal), Caller::Service(_))
        | (Some(Rule::SignedIn), Caller::Person(_)) => Ok(()),
        (Some(Rule::Roles(roles, level)), Caller::Person(person)) => {
            // A rule that names no level admits viewers.
            let least = Level::try_from(*level).unwrap_or(Level::Viewer);
            let rights = &person.rights;
            let admitted = roles.contains(&rights.role.into()) && rights.holds(least).next().is_some();
            if admitted { Ok(()) } else { Err(Refusal::RoleNotAllowed) }
        }
        _ => Err(Refusal::Unauthenticated),
    }
}

fn language(headers: &HeaderMap, caller: &Caller) -> Locale {
    locale::asked(headers).unwrap_or(match caller {
        Caller::Person(person) => person.locale,
        _ => Locale::default(),
    })
}

/// The caller's deadline, as gRPC writes it: digits and a unit.
fn deadline(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    let amount = u64::from_str(digits).ok()?;
    Some(match unit {
        "H" => Duration::from_secs(amount.checked_mul(3600)?),
        "M" => Duration::from_secs(amount.checked_mul(60)?),
        "S" => Duration::from_secs(amount),
        "m" => Duration::from_millis(amount),
        "u" => Duration::from_micros(amount),
        "n" => Duration::from_nanos(amount),
        _ => return None,
    })
}

fn refuse(refusal: Refusal) -> Response {
    into_response(&error::status(refusal.kind(), refusal.reason(), Vec::new(), &[]))
}

/// tonic answers what it cannot decode, such as text that is not UTF-8, as an internal error. It is the caller's fault, and
/// the caller should learn so.
fn explain_malformed(response: Response) -> Response {
    let undecodable = Status::from_header_map(response.headers()).is_some_and(|status| {
        status.code() == tonic::Code::Internal && status.details().is_empty() && status.message().contains("decode")
    });
    if undecodable {
        return into_response(&error::status(ErrorKind::Invalid, "MALFORMED_REQUEST", Vec::new(), &[]));
    }
    response
}

fn into_response(status: &Status) -> Response {
    status.clone().into_http::<axum::body::Body>()
}

fn status_code(response: &Response) -> i32 {
    let header = response.headers().get("grpc-status").and_then(|v| v.to_str().ok());
    header.and_then(|code| code.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_that_somebody_invents_have_one_name() {
        let known = "/tandem.identity.v1.SessionService/SignIn";
        assert_eq!(names(known), ("tandem.identity.v1.SessionService", "SignIn"));
        for invented in
            ["/tandem.identity.v1.SessionService/SignIn2", "/x/y", "/x", "", "/tandem.identity.v1.SessionService/"]
        {
            assert_eq!(names(invented), (telemetry::OTHER, telemetry::OTHER), "{invented}");
        }
    }

    #[test]
    fn a_deadline_is_read_in_every_unit() {
        let read =
            |text: &str| deadline(&HeaderMap::from_iter([("grpc-timeout".parse().unwrap(), text.parse().unwrap())]));
        assert_eq!(read("250m"), Some(Duration::from_millis(250)));
        assert_eq!(read("2S"), Some(Duration::from_secs(2)));
        assert_eq!(read("1H"), Some(Duration::from_secs(3600)));
        for wrong in ["", "S", "5x", "-1S", "99999999999999999999S"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
