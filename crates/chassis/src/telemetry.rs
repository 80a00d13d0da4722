//! Logs, traces and metrics of a process. Field names are fixed here and in ARCHITECTURE; personal data is in none of them.

use std::sync::OnceLock;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use opentelemetry::{
    global,
    propagation::{Extractor, Injector},
    trace::{TraceContextExt as _, TracerProvider as _},
};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{Sampler, SdkTracerProvider},
};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use crate::{config, logs};

/// Keeps exporting until it is dropped.
#[derive(Default)]
pub struct Telemetry {
    provider: Option<SdkTracerProvider>,
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(provider) = self.provider.take() {
            // What cannot be exported any more is lost with the process; there is no one left to tell.
            let _ = provider.shutdown();
        }
    }
}

/// Sets up logs to standard output, and traces to the collector if one is configured. Call once, inside the runtime.
///
/// # Errors
/// If a filter or an address is malformed, or telemetry was set up before.
pub fn init(settings: &config::Telemetry, process: &str, province: &str) -> anyhow::Result<Telemetry> {
    global::set_text_map_propagator(TraceContextPropagator::new());
    let mut telemetry = Telemetry::default();
    // Trace ids are made even where nothing exports, so that a log line and an error page can name theirs; nothing else is
    // recorded then.
    let sampler = if settings.otlp_endpoint.is_empty() {
        Sampler::AlwaysOff
    } else {
        Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(settings.sample_ratio)))
    };
    let mut provider = SdkTracerProvider::builder().with_sampler(sampler).with_resource(
        Resource::builder()
            .with_service_name(format!("tandem-{process}"))
            .with_attribute(opentelemetry::KeyValue::new("tandem.province", province.to_owned()))
            .build(),
    );
    if !settings.otlp_endpoint.is_empty() {
        let exporter = SpanExporter::builder().with_tonic().with_endpoint(&settings.otlp_endpoint).build()?;
        provider = provider.with_batch_exporter(exporter);
    }
    let provider = provider.build();
    let tracer = provider.tracer("tandem");
    telemetry.provider = Some(provider);

    // Spans of the libraries underneath would only repeat ours.
    let spans = tracing_opentelemetry::layer()
        .with_tracer(tracer)
        .with_filter(EnvFilter::try_new("info,h2=off,hyper=off,tonic=off,sqlx=off,lapin=off,tower=off")?);
    tracing_subscriber::registry().with(logs::layer(settings)?).with(spans).try_init()?;
    let _ = metrics();
    Ok(telemetry)
}

/// The metrics of this process, in Prometheus' text format.
#[must_use]
pub fn metrics() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let recorder = PrometheusBuilder::new()
            .set_buckets(&[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])
            .expect("the buckets are not empty")
            .build_recorder();
        let handle = recorder.handle();
        // Another recorder would mean that somebody else measures already; ours then stays empty rather than failing.
        let _ = metrics::set_global_recorder(recorder);
        handle
    })
}

/// Writes the current trace into the headers of a call that goes out.
pub fn inject_trace(headers: &mut HeaderMap) {
    let context = tracing::Span::current().context();
    global::get_text_map_propagator(|p| p.inject_context(&context, &mut Outgoing(headers)));
}

/// The id of the trace under way, as errors and log lines name it; `None` where nothing is recorded.
#[must_use]
pub fn trace_id() -> Option<String> {
    let context = tracing::Span::current().context();
    let span = context.span();
    let span = span.span_context();
    span.is_valid().then(|| span.trace_id().to_string())
}

/// Makes `span` a part of the trace that the headers of a call that comes in name: for calls of our own.
pub fn continue_trace(span: &tracing::Span, headers: &HeaderMap) {
    let context = extracted(headers);
    // Fails only where nothing records spans, and then nothing is to be joined.
    let _ = span.set_parent(context);
}

/// Begins a trace of our own with `span`, for a call from outside. The trace that its headers name is linked to, so that whoever
/// sees both finds the other; it is not gone on with, or a stranger would choose what ours is called and whether it is kept. The
/// headers go, since what they name must not be passed on.
pub fn begin_trace(span: &tracing::Span, headers: &mut HeaderMap) {
    let context = extracted(headers);
    let theirs = context.span().span_context().clone();
    if theirs.is_valid() {
        span.add_link(theirs);
    }
    for name in TRACE_CONTEXT {
        headers.remove(name);
    }
}

fn extracted(headers: &HeaderMap) -> opentelemetry::Context {
    global::get_text_map_propagator(|p| p.extract(&Incoming(headers)))
}

/// The headers of W3C Trace Context and Baggage.
const TRACE_CONTEXT: [&str; 3] = ["traceparent", "tracestate", "baggage"];

/// What stands for everything that is not known, as OpenTelemetry has it: labels are bounded, and callers invent what they like.
pub const OTHER: &str = "_OTHER";

/// The name of a method for labels and spans: one of those that HTTP has, or [`OTHER`].
#[must_use]
pub fn method(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or(OTHER)
}

struct Outgoing<'a>(&'a mut HeaderMap);

impl Injector for Outgoing<'_> {
    fn set(&mut self, key: &str, value: String) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(key), HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}

struct Incoming<'a>(&'a HeaderMap);

impl Extractor for Incoming<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|v| v.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_that_somebody_invents_have_one_name() {
        assert_eq!([method(&Method::GET), method(&Method::TRACE)], ["GET", "TRACE"]);
        for invented in ["GETT", "get", "X-1", "PROPFIND", "_OTHER"] {
            assert_eq!(method(&Method::from_bytes(invented.as_bytes()).unwrap()), OTHER, "{invented}");
        }
    }

    #[test]
    fn what_names_a_stranger_s_trace_is_taken_off_the_call() {
        let mut headers = HeaderMap::new();
        for name in ["traceparent", "tracestate", "baggage", "accept"] {
            headers.append(name, HeaderValue::from_static("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"));
        }
        begin_trace(&tracing::Span::none(), &mut headers);
        assert_eq!(headers.keys().map(HeaderName::as_str).collect::<Vec<_>>(), ["accept"]);
    }
}
