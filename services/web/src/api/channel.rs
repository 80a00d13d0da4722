//! The way to the gateway: each call is a span below its page's, and counts as time that the page awaits.

use std::task::{Context, Poll};

use chassis::{Link, telemetry};
use futures::{FutureExt as _, future::BoxFuture};
use http_body_util::BodyExt as _;
use tonic::codegen::StdError as BoxError;
use tonic::{
    body::Body,
    codegen::{
        Service,
        http::{HeaderMap, Request, Response},
    },
};
use tracing::Span;

use super::timing::PageTiming;

/// A connection to the gateway; cloning shares it.
#[derive(Clone)]
pub(crate) struct Channel(Link);

impl From<Link> for Channel {
    fn from(link: Link) -> Self {
        Self(link)
    }
}

impl Service<Request<Body>> for Channel {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let path = request.uri().path().to_owned();
        let (service, method) = path.trim_start_matches('/').split_once('/').unwrap_or_default();
        let span = span(service, method);
        span.in_scope(|| telemetry::inject_trace(request.headers_mut()));
        // Outside of a page, the call is counted for nobody.
        let call = PageTiming::of_page().unwrap_or_default().begin(method, span);
        let answered = self.0.call(request);
        async move {
            let answer = answered.await?;
            call.note(code(answer.headers()));
            // What is awaited is the whole answer, not its head: the call ends with its trailers, or when nobody reads on.
            let mut call = Some(call);
            Ok(answer.map(|body| {
                Body::new(body.map_frame(move |part| {
                    if let Some(trailers) = part.trailers_ref()
                        && let Some(call) = call.take()
                    {
                        call.note(code(trailers));
                    }
                    part
                }))
            }))
        }
        .boxed()
    }
}

fn span(service: &str, method: &str) -> Span {
    tracing::info_span!(
        "call",
        otel.name = format!("{service}/{method}"),
        otel.kind = "client",
        rpc.system = "grpc",
        rpc.service = service,
        rpc.method = method,
        rpc.grpc.status_code = tracing::field::Empty,
        tandem.service = "web",
    )
}

/// The code of an answer, which is in its trailers, or in its head if there is nothing else.
fn code(headers: &HeaderMap) -> Option<i32> {
    headers.get("grpc-status")?.to_str().ok()?.parse().ok()
}
