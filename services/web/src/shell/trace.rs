//! One span per page: where a trace begins. The calls of the page are joined to it, and it says how much of its time was its
//! own: all but that in which it awaited the gateway. A page is done when it is complete and compressed.

use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use chassis::telemetry;
use tokio::time::Instant;
use tracing::{Instrument as _, Span};

use crate::api::{Breakdown, PageTiming};

/// Whether browsers are told where the time of a page went.
#[derive(Clone, Copy)]
pub(crate) struct ServerTiming(pub(crate) bool);

/// The middleware. The route is told, never the path: it may hold the secret of a link.
pub(crate) async fn trace(
    State(ServerTiming(shown)): State<ServerTiming>,
    mut request: Request,
    next: Next,
) -> Response {
    let method = telemetry::method(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!(
        "page",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        http.request.method = method,
        http.route = route,
        http.response.status_code = tracing::field::Empty,
        tandem.page.own_ms = tracing::field::Empty,
        tandem.page.gateway_ms = tracing::field::Empty,
        tandem.service = "web",
    );
    telemetry::begin_trace(&span, request.headers_mut());
    let (started, timing) = (Instant::now(), PageTiming::default());
    let page = async { completed(next.run(request).await).await };
    let mut response = timing.count(page).instrument(span.clone()).await;
    let breakdown = timing.close(started);
    record(&span, route, response.status(), &breakdown);
    if shown && let Ok(timing_header) = HeaderValue::try_from(server_timing(&breakdown)) {
        response.headers_mut().insert("server-timing", timing_header);
    }
    response
}

/// A page with all of its body, which is in memory and only waits to be compressed; anything else, such as a stream or a
/// file that passes through, as it is.
async fn completed(response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if !kind.starts_with(b"text/html") {
        return response;
    }
    let (head, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => Response::from_parts(head, Body::from(bytes)),
        Err(error) => {
            tracing::error!(error = error.to_string(), "a page could not be completed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn record(span: &Span, route: String, status: StatusCode, breakdown: &Breakdown) {
    let status = status.as_u16();
    span.record("http.response.status_code", status);
    span.record("tandem.page.own_ms", breakdown.own.as_secs_f64() * 1e3);
    span.record("tandem.page.gateway_ms", breakdown.gateway.as_secs_f64() * 1e3);
    let labels = [("route", route), ("status", status.to_string())];
    metrics::histogram!("tandem_page_seconds", &labels).record((breakdown.own + breakdown.gateway).as_secs_f64());
    metrics::histogram!("tandem_page_own_seconds", &labels).record(breakdown.own.as_secs_f64());
}

/// As the header `Server-Timing` has it, in milliseconds: own time, time of the gateway, then each call.
fn server_timing(breakdown: &Breakdown) -> String {
    let all = [("own", breakdown.own), ("gateway", breakdown.gateway)].into_iter();
    let calls = breakdown.calls.iter().map(|(method, took)| (method.as_str(), *took));
    let timing_header = all.chain(calls).map(|(name, took)| format!("{name};dur={:.3}", took.as_secs_f64() * 1e3));
    timing_header.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::{Router, middleware, response::Html, routing::get};
    use tokio::time::advance;
    use tower::ServiceExt as _;
    use tower_http::compression::CompressionLayer;

    use super::*;

    const MS: Duration = Duration::from_millis(1);

    /// Needs two milliseconds itself, and forty of the gateway.
    async fn page() -> Html<String> {
        advance(2 * MS).await;
        let call = PageTiming::of_page().unwrap().begin("GetWorklist", Span::none());
        advance(40 * MS).await;
        drop(call);
        Html("Bonjour ".repeat(100))
    }

    /// Each test asks for a path of its own, since all count in the same metrics.
    async fn ask(path: &str, tells: bool) -> Response {
        let router = Router::new().route(path, get(page)).layer(CompressionLayer::new());
        let router = router.layer(middleware::from_fn_with_state(ServerTiming(tells), trace));
        let request = Request::get(format!("{path}?query=secret")).header(header::ACCEPT_ENCODING, "gzip");
        router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_tells_its_own_time_apart_from_that_of_its_calls() {
        let _ = telemetry::metrics();
        let page = ask("/measured", true).await;
        let timing_header = &page.headers()["server-timing"];
        assert_eq!(timing_header, "own;dur=2.000, gateway;dur=40.000, GetWorklist;dur=40.000");
        let metrics = telemetry::metrics().render();
        for line in [
            r#"tandem_page_own_seconds_bucket{route="/measured",status="200",le="0.0025"} 1"#,
            r#"tandem_page_seconds_bucket{route="/measured",status="200",le="0.025"} 0"#,
            r#"tandem_page_seconds_bucket{route="/measured",status="200",le="0.05"} 1"#,
        ] {
            assert!(metrics.contains(line), "{line} in {metrics}");
        }
        assert!(!metrics.contains("secret"));
    }

    #[tokio::test]
    async fn a_page_is_complete_and_compressed_when_its_time_is_told() {
        tokio::time::pause();
        let page = ask("/compressed", false).await;
        assert!(!page.headers().contains_key("server-timing"), "nobody has asked for it");
        assert_eq!(page.headers()[header::CONTENT_ENCODING], "gzip");
        let length = axum::body::HttpBody::size_hint(page.body()).exact().unwrap();
        assert!(length < 100, "{length}");
    }
}
