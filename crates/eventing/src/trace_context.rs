//! The W3C trace context on its way through rows and headers.

use std::collections::HashMap;

use opentelemetry::{Context, global};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// The two headers of W3C Trace Context. Other headers that the propagator may write, such as baggage, stay behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TraceContext {
    /// Trace, span and flags.
    pub traceparent: Option<String>,
    /// What tracing systems add.
    pub tracestate: Option<String>,
}

impl TraceContext {
    /// The context of the span that is being executed.
    #[must_use]
    pub fn current() -> Self {
        Self::of(&Span::current())
    }

    /// The context of a span.
    pub(crate) fn of(span: &Span) -> Self {
        let mut headers = HashMap::new();
        global::get_text_map_propagator(|propagator| propagator.inject_context(&span.context(), &mut headers));
        let mut take = |key| headers.remove(key).filter(|value: &String| !value.is_empty());
        Self { traceparent: take("traceparent"), tracestate: take("tracestate") }
    }

    /// Makes `span` a child of this context. Without a context the span begins a trace of its own.
    pub fn adopt(&self, span: &Span) {
        if self.traceparent.is_some() {
            // Fails only where nothing records spans, and then nothing is to be joined.
            let _ = span.set_parent(self.context());
        }
    }

    fn context(&self) -> Context {
        let pairs = [("traceparent", &self.traceparent), ("tracestate", &self.tracestate)];
        let headers: HashMap<String, String> =
            pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.clone()?))).collect();
        global::get_text_map_propagator(|propagator| propagator.extract(&headers))
    }
}
