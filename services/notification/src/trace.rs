//! The trace across the delivery row: taken up where the event is handled, continued where the mail is sent.

use std::collections::HashMap;

use opentelemetry::global;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::domain::Trace;

/// The trace of the span that is being executed.
pub(crate) fn current() -> Trace {
    let mut headers = HashMap::new();
    global::get_text_map_propagator(|propagator| propagator.inject_context(&Span::current().context(), &mut headers));
    let mut take = |key| headers.remove(key).filter(|value: &String| !value.is_empty());
    Trace { parent: take("traceparent"), state: take("tracestate") }
}

/// Makes `span` a part of a stored trace. Without one the span begins a trace of its own.
pub(crate) fn adopt(trace: &Trace, span: &Span) {
    let Some(parent) = &trace.parent else { return };
    let mut headers = HashMap::from([("traceparent".to_owned(), parent.clone())]);
    headers.extend(trace.state.clone().map(|state| ("tracestate".to_owned(), state)));
    let context = global::get_text_map_propagator(|propagator| propagator.extract(&headers));
    // Fails only where nothing records spans, and then nothing is to be joined.
    let _ = span.set_parent(context);
}
