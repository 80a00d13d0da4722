//! One span per page: where a trace begins. The calls of the page are joined to it.

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use chassis::telemetry;
use tokio::time::Instant;
use tracing::Instrument as _;

/// The middleware. The route is told, never the path: it may hold the secret of a link.
pub(crate) async fn trace(request: Request, next: Next) -> Response {
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!(
        "page",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        http.request.method = method,
        http.route = route,
        http.response.status_code = tracing::field::Empty,
        tandem.service = "web",
    );
    telemetry::continue_trace(&span, request.headers());
    let started = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.record("http.response.status_code", status);
    metrics::histogram!("tandem_page_seconds", "route" => route, "status" => status.to_string())
        .record(started.elapsed().as_secs_f64());
    response
}
