//! One span per HTTP request: where a trace begins, or goes on from a front end's.

use axum::{extract::Request, middleware::Next, response::Response};
use chassis::telemetry;
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::callers::Caller;

/// The middleware. The path is left out on purpose: pages carry secrets of links in theirs; the span of the call inside
/// tells the method.
pub(crate) async fn trace(mut request: Request, next: Next) -> Response {
    let method = telemetry::method(request.method());
    let span = tracing::info_span!(
        "http",
        otel.name = format!("HTTP {method}"),
        otel.kind = "server",
        http.request.method = method,
        http.response.status_code = tracing::field::Empty,
        tandem.service = "gateway",
    );
    if request.extensions().get::<Caller>().is_some_and(|caller| caller.is_front_end) {
        telemetry::continue_trace(&span, request.headers());
    } else {
        telemetry::begin_trace(&span, request.headers_mut());
    }
    let started = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.record("http.response.status_code", status);
    metrics::histogram!("tandem_http_seconds", "method" => method, "status" => status.to_string())
        .record(started.elapsed().as_secs_f64());
    response
}
