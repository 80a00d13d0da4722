//! One trace from whoever appends to whoever handles.

use testkit::{otlp::Span, telemetry::Telemetry, wait_for_some};
use tracing::Instrument as _;

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
    let telemetry = Telemetry::of_process();
    let _consumer = world.consume(&Recorder::taking()).await;
    world.publish("traced").instrument(tracing::info_span!("accept request")).await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("traced").await;

    let names = ["accept request", publish, "process target.events"];
    // The handling span ends a moment after its effect is to be seen.
    let trace = wait_for_some("a trace of appending, publishing and handling", async || {
        let traces = telemetry.spans().await;
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
