//! A receiver of OTLP/gRPC traces.

use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use opentelemetry_proto::tonic::{
    collector::trace::v1::{
        ExportTraceServiceRequest, ExportTraceServiceResponse,
        trace_service_server::{TraceService, TraceServiceServer},
    },
    common::v1::{AnyValue, KeyValue, any_value::Value},
};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status, transport::Server};

use crate::wait_for_some;

/// A span as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// `service.name` of the resource.
    pub service: String,
    /// Name.
    pub name: String,
    /// 32 hexadecimal digits.
    pub trace_id: String,
    /// 16 hexadecimal digits.
    pub span_id: String,
    /// 16 hexadecimal digits, or empty for a root.
    pub parent_span_id: String,
    /// OTLP number: 1 internal, 2 server, 3 client, 4 producer, 5 consumer.
    pub kind: i32,
    /// From its beginning to its end.
    pub took: Duration,
    /// Attributes, as text.
    pub attributes: HashMap<String, String>,
    /// The traces that it is linked to.
    pub links: Vec<String>,
}

/// Listens on a free loopback port and keeps every span.
#[derive(Debug)]
pub struct Receiver {
    endpoint: String,
    spans: Spans,
    task: JoinHandle<()>,
}

#[derive(Clone, Debug, Default)]
struct Spans(Arc<Mutex<Vec<Span>>>);

impl Receiver {
    /// Starts listening.
    ///
    /// # Panics
    /// If no loopback port is free.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a loopback port is free");
        let endpoint = format!("http://{}", listener.local_addr().expect("a bound listener has an address"));
        let spans = Spans::default();
        let service = TraceServiceServer::new(spans.clone());
        let serving = Server::builder().add_service(service).serve_with_incoming(TcpListenerStream::new(listener));
        let task = tokio::spawn(async move {
            // Ends with the test; whoever exports then has nobody to tell.
            let _ = serving.await;
        });
        Self { endpoint, spans, task }
    }

    /// What to set as `OTEL_EXPORTER_OTLP_ENDPOINT`.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Every span so far.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        self.spans.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for a trace whose spans fulfil `condition`, and answers its spans.
    ///
    /// # Panics
    /// If none does in time.
    pub async fn wait_for_trace(&self, condition: impl Fn(&[Span]) -> bool) -> Vec<Span> {
        wait_for_some("a trace", async || self.traces().into_values().find(|spans| condition(spans))).await
    }

    /// Waits until the spans of one trace fulfil `condition`, and answers them.
    ///
    /// # Panics
    /// If they do not in time.
    pub async fn wait_for_spans(&self, trace_id: &str, condition: impl Fn(&[Span]) -> bool) -> Vec<Span> {
        let of_trace = || {
            let all = self.spans.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.iter().filter(|span| span.trace_id == trace_id).cloned().collect::<Vec<_>>()
        };
        let what = format!("the spans of {trace_id}");
        wait_for_some(&what, async || Some(of_trace()).filter(|spans| condition(spans))).await
    }

    fn traces(&self) -> HashMap<String, Vec<Span>> {
        let mut traces: HashMap<String, Vec<Span>> = HashMap::new();
        for span in self.spans() {
            traces.entry(span.trace_id.clone()).or_default().push(span);
        }
        traces
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[tonic::async_trait]
impl TraceService for Spans {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for resource in request.into_inner().resource_spans {
            let described = resource.resource.map(|r| attributes(r.attributes)).unwrap_or_default();
            let service = described.get("service.name").cloned().unwrap_or_default();
            kept.extend(resource.scope_spans.into_iter().flat_map(|scope| scope.spans).map(|span| Span {
                service: service.clone(),
                name: span.name,
                trace_id: hex(&span.trace_id),
                span_id: hex(&span.span_id),
                parent_span_id: hex(&span.parent_span_id),
                kind: span.kind,
                took: Duration::from_nanos(span.end_time_unix_nano.saturating_sub(span.start_time_unix_nano)),
                attributes: attributes(span.attributes),
                links: span.links.iter().map(|link| hex(&link.trace_id)).collect(),
            }));
        }
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

fn attributes(pairs: Vec<KeyValue>) -> HashMap<String, String> {
    pairs.into_iter().map(|pair| (pair.key, text(pair.value))).collect()
}

fn text(value: Option<AnyValue>) -> String {
    match value.and_then(|v| v.value) {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::BoolValue(truth)) => truth.to_string(),
        Some(Value::DoubleValue(number)) => number.to_string(),
        other => format!("{other:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
