//! The trace across the delivery row: taken up where the event is handled, continued where the mail is sent.

use eventing::TraceContext;
use tracing::Span;

use super::domain::Trace;

/// The trace of the span that is being executed.
pub(super) fn current() -> Trace {
    let TraceContext { traceparent, tracestate } = TraceContext::current();
    Trace { parent: traceparent, state: tracestate }
}

/// Makes `span` a part of a stored trace. Without one the span begins a trace of its own.
pub(super) fn adopt(trace: &Trace, span: &Span) {
    TraceContext { traceparent: trace.parent.clone(), tracestate: trace.state.clone() }.adopt(span);
}
