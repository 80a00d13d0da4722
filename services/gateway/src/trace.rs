//! One span per HTTP request: where a trace begins, or goes on from a front end's.

use axum::{extract::Request, middleware::Next, response::Response};
use chassis::telemetry;
use tokio::time::Instant;
use tracing::Instrument as _;

/// The middleware. The path is left out on purpose: pages carry secrets of links in theirs; the span of the call inside
/// tells the method.
pub(crate) async fn trace(request: Request, next: Next) -> Response {
    let method = request.method().as_str().to_owned();
    let span = tracing::info_span!(
        "http",
        otel.name = format!("HTTP {method}"),
        otel.kind = "server",
        http.request.method = method,
        http.response.status_code = tracing::field::Empty,
        tandem.service = "gateway",
    );
    telemetry::continue_trace(&span, request.headers());
    let started = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.record("http.response.status_code", status);
    metrics::histogram!("tandem_http_seconds", "method" => method, "status" => status.to_string())
        .record(started.elapsed().as_secs_f64());
    response
}
