//! One trace from whoever appends to whoever handles.

use std::sync::{Arc, OnceLock, mpsc};

use opentelemetry::{global, trace::TracerProvider as _};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{propagation::TraceContextPropagator, trace::SdkTracerProvider};
use testkit::{
    otlp::{Receiver, Span},
    wait_for_some,
};
use tracing::Instrument as _;
use tracing_subscriber::{filter::LevelFilter, layer::SubscriberExt as _};

use crate::world::{QUEUE, Recorder, World};

#[tokio::test(flavor = "multi_thread")]
async fn appending_publishing_and_handling_are_one_trace_through_a_broker() {
    one_trace(World::on_rabbitmq().await, "publish tandem.events:source.v1.changed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn appending_publishing_and_handling_are_one_trace_in_process() {
    one_trace(World::in_process().await, "publish source.v1.changed").await;
}

async fn one_trace(world: World, publish: &str) {
    let telemetry = telemetry();
    let _consumer = world.consume(&Recorder::taking()).await;
    world.publish("traced").instrument(tracing::info_span!("accept request")).await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("traced").await;

    let names = ["accept request", publish, "process target.events"];
    // The handling span ends a moment after its effect is to be seen.
    let trace = wait_for_some("a trace of appending, publishing and handling", async || {
        let provider = telemetry.provider.clone();
        tokio::task::spawn_blocking(move || provider.force_flush()).await.unwrap().unwrap();
        let traces = telemetry.receiver.spans();
        let accepted = traces.iter().filter(|span| span.name == names[0]);
        let trace = accepted.map(|root| traces.iter().filter(|s| s.trace_id == root.trace_id).cloned());
        trace.map(Iterator::collect).find(|trace: &Vec<Span>| names.iter().all(|n| trace.iter().any(|s| s.name == *n)))
    })
    .await;
    let [accept, publish, process] = names.map(|name| trace.iter().find(|span| span.name == name).unwrap());
    assert_eq!(publish.parent_span_id, accept.span_id);
    assert_eq!(process.parent_span_id, publish.span_id);
    assert_eq!((publish.kind, process.kind), (4, 5));
    assert_eq!(process.attributes["messaging.destination.name"], QUEUE);
    assert!(trace.iter().all(|span| span.attributes.values().all(|value| !value.contains("traced"))));
}

struct Telemetry {
    receiver: Arc<Receiver>,
    provider: SdkTracerProvider,
}

/// For the whole test process: a subscriber of one test alone is not noticed by threads of the others, and the spans that
/// they touch first would never be recorded.
fn telemetry() -> &'static Telemetry {
    static TELEMETRY: OnceLock<Telemetry> = OnceLock::new();
    TELEMETRY.get_or_init(|| {
        let (send, receive) = mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let receiver = Arc::new(Receiver::start().await);
                let exporter = SpanExporter::builder().with_tonic().with_endpoint(receiver.endpoint()).build().unwrap();
                let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).build();
                send.send(Telemetry { receiver, provider }).unwrap();
                std::future::pending::<()>().await;
            });
        });
        let telemetry = receive.recv().unwrap();
        global::set_text_map_propagator(TraceContextPropagator::new());
        let layer = tracing_opentelemetry::layer().with_tracer(telemetry.provider.tracer("test"));
        let subscriber = tracing_subscriber::registry().with(LevelFilter::INFO).with(layer);
        tracing::subscriber::set_global_default(subscriber).unwrap();
        telemetry
    })
}
