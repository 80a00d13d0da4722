//! What is refused before a service hears of it, told as a service would: a stable reason and a text in the caller's
//! language. The proxy and the layers around it say what they found, in English, or nothing at all.

use std::sync::LazyLock;

use axum::{
    Json,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use chassis::{error, locale};
use kernel::{ErrorKind, FieldViolation};
use serde_json::Value;
use structured_proxy::transcode::error::{StatusDetails, error_body};
use tonic::{Code, Status};

/// More than any of these answers is long.
const LONGEST: usize = 64 * 1024;

/// The middleware.
pub(crate) async fn explain(request: Request, next: Next) -> Response {
    let language = locale::asked(request.headers()).unwrap_or_default();
    // What is not under `/v1` may be a page, which explains itself.
    let is_call = request.uri().path().starts_with("/v1/");
    let response = next.run(request).await;
    locale::scope(language, locale::NO_MESSAGES, async move {
        if is_of(response.headers(), "application/grpc") {
            in_grpc(response)
        } else if response.status().is_client_error() || response.status().is_server_error() {
            in_json(response, is_call).await
        } else {
            response
        }
    })
    .await
}

/// A refusal of our own, with the fields that are wrong.
pub(crate) fn invalid(fields: &[FieldViolation]) -> Response {
    let status = error::status(ErrorKind::Invalid, "INVALID_FIELDS", Vec::new(), fields);
    (StatusCode::BAD_REQUEST, Json(body(&status))).into_response()
}

/// Rate limits are the one thing that is refused of a gRPC call outside of the routing.
fn in_grpc(mut response: Response) -> Response {
    let bare = Status::from_header_map(response.headers())
        .is_some_and(|status| status.code() == Code::ResourceExhausted && status.details().is_empty());
    if bare {
        let (kind, reason) = told(StatusCode::TOO_MANY_REQUESTS);
        let status = error::status(kind, reason, Vec::new(), &[]);
        // What can't be a header can't be a text of ours.
        let _ = status.add_header(response.headers_mut());
    }
    response
}

async fn in_json(response: Response, is_call: bool) -> Response {
    let is_json = is_of(response.headers(), "application/json");
    let is_page = is_of(response.headers(), "text/html");
    if is_page && !is_call {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LONGEST).await else {
        return parts.status.into_response();
    };
    let said: Option<Value> = serde_json::from_slice(&bytes).ok().filter(|_| is_json);
    let has_reason = said.as_ref().is_some_and(|said| said["details"].as_array().is_some_and(|all| !all.is_empty()));
    if has_reason {
        if let Some(seconds) = said.as_ref().and_then(retry_after) {
            parts.headers.insert(header::RETRY_AFTER, seconds.into());
        }
        return Response::from_parts(parts, Body::from(bytes));
    }
    let (kind, reason) = told(parts.status);
    // For whoever writes the front end: where the message could not be read.
    let cause = said.as_ref().and_then(|said| said["message"].as_str()).filter(|_| kind == ErrorKind::Invalid);
    let details = cause.map(|cause| ("cause", cause.to_owned())).into_iter().collect();
    let status = error::status(kind, reason, details, &[]);
    for gone in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING] {
        parts.headers.remove(gone);
    }
    let mut answer = Json(self::body(&status)).into_response();
    *answer.status_mut() = parts.status;
    answer.headers_mut().extend(parts.headers);
    answer
}

/// How many seconds a service says to wait, in its `google.rpc.RetryInfo`; such as `60s` or `1.5s`.
fn retry_after(said: &Value) -> Option<u64> {
    let is_retry =
        |detail: &&Value| detail["@type"].as_str().is_some_and(|kind| kind.ends_with("/google.rpc.RetryInfo"));
    let delay = said["details"].as_array()?.iter().find(is_retry)?["retryDelay"].as_str()?.strip_suffix('s')?;
    let (seconds, fraction) = delay.split_once('.').unwrap_or((delay, ""));
    let seconds: u64 = seconds.parse().ok()?;
    Some(seconds + u64::from(fraction.bytes().any(|digit| digit != b'0')))
}

/// Kind and reason of what is refused with a status.
fn told(status: StatusCode) -> (ErrorKind, &'static str) {
    match status {
        StatusCode::UNAUTHORIZED => (ErrorKind::Unauthenticated, "UNAUTHENTICATED"),
        StatusCode::NOT_FOUND => (ErrorKind::NotFound, "NOT_IMPLEMENTED"),
        StatusCode::METHOD_NOT_ALLOWED => (ErrorKind::Invalid, "METHOD_NOT_ALLOWED"),
        StatusCode::PAYLOAD_TOO_LARGE => (ErrorKind::Invalid, "BODY_TOO_LARGE"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (ErrorKind::Invalid, "UNSUPPORTED_MEDIA_TYPE"),
        StatusCode::TOO_MANY_REQUESTS => (ErrorKind::Exhausted, "RATE_LIMITED"),
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            (ErrorKind::Unavailable, "UNAVAILABLE")
        }
        status if status.is_server_error() => (ErrorKind::Internal, "INTERNAL"),
        _ => (ErrorKind::Invalid, "MALFORMED_REQUEST"),
    }
}

/// The body that the proxy makes of a service's refusal.
fn body(status: &Status) -> Value {
    static DETAILS: LazyLock<StatusDetails> = LazyLock::new(|| StatusDetails::new(proto::descriptors()));
    error_body(status, Some(&DETAILS))
}

fn is_of(headers: &HeaderMap, kind: &str) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.starts_with(kind))
}
