//! One trace from whoever appends to whoever handles.

use opentelemetry::{global, trace::TracerProvider as _};
use opentelemetry_otlp::WithExportConfig as _;
use opentelemetry_sdk::{propagation::TraceContextPropagator, trace::SdkTracerProvider};
use testkit::otlp::{Receiver, Span};
use tracing::Instrument as _;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::world::{Recorder, World};

/// On one thread, so that a subscriber of this test alone sees all of it.
#[tokio::test]
async fn appending_publishing_and_handling_are_one_trace_through_a_broker() {
    one_trace(World::on_rabbitmq().await, "publish tandem.events:source.v1.changed").await;
}

#[tokio::test]
async fn appending_publishing_and_handling_are_one_trace_in_process() {
    one_trace(World::in_process().await, "publish source.v1.changed").await;
}

async fn one_trace(world: World, publish: &str) {
    let receiver = Receiver::start().await;
    let exporter =
        opentelemetry_otlp::SpanExporter::builder().with_tonic().with_endpoint(receiver.endpoint()).build().unwrap();
    let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).build();
    global::set_text_map_propagator(TraceContextPropagator::new());
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer));

    let _consumer = world.consume(&Recorder::taking()).await;
    world.publish("traced").instrument(tracing::info_span!("accept request")).await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("traced").await;
    let flush = provider.clone();
    let process = "process target.source.v1.changed";
    // The handling span ends a moment after its effect is to be seen.
    testkit::wait_for("the spans to be exported", async || {
        let flush = flush.clone();
        tokio::task::spawn_blocking(move || flush.force_flush()).await.unwrap().unwrap();
        receiver.spans().iter().any(|span| span.name == process)
    })
    .await;

    let named = |spans: &[Span], name: &str| spans.iter().find(|span| span.name == name).cloned();
    let trace = receiver.wait_for_trace(|spans| named(spans, process).is_some()).await;
    let [accept, publish, process] = ["accept request", publish, process].map(|name| named(&trace, name).unwrap());
    assert_eq!(publish.parent_span_id, accept.span_id);
    assert_eq!(process.parent_span_id, publish.span_id);
    assert_eq!((publish.kind, process.kind), (4, 5));
    assert_eq!(process.attributes["messaging.destination.name"], crate::world::QUEUE);
    assert!(trace.iter().all(|span| span.attributes.values().all(|value| !value.contains("traced"))));
}
