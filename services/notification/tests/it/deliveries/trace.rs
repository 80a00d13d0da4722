//! One trace from the event to the mail server.

use std::sync::{Arc, OnceLock, mpsc};

use notification::SEND_MAIL;
use opentelemetry::{global, trace::TracerProvider as _};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{propagation::TraceContextPropagator, trace::SdkTracerProvider};
use proto::placement::v1::RequestRedirected;
use testkit::{otlp::Receiver, wait_for_some};
use tracing::Instrument as _;
use tracing_subscriber::{filter::LevelFilter, layer::SubscriberExt as _};

use crate::world::{AGENT, UNIT, World, address, redirected, token};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sending_belongs_to_the_trace_of_its_event_and_tells_no_secret() {
    let telemetry = telemetry();
    let world = World::new().await;
    let event = RequestRedirected { request: Some(redirected(UNIT, AGENT)) };
    world.deliver(&event, 3).instrument(tracing::info_span!("handle event of the trace test")).await;
    // Timed work has no trace of its own that could be mistaken for the event's.
    world.running.run_task(SEND_MAIL).await.unwrap();
    let token = token(&world.sink.mails()[0]);

    let (handled, sent) = wait_for_some("the sending in the event's trace", async || {
        let provider = telemetry.provider.clone();
        tokio::task::spawn_blocking(move || provider.force_flush()).await.unwrap().unwrap();
        let spans = telemetry.receiver.spans();
        let handled = spans.iter().find(|s| s.name == "handle event of the trace test")?.clone();
        let sent = spans.iter().find(|s| s.name == "smtp send" && s.trace_id == handled.trace_id)?.clone();
        Some((handled, sent))
    })
    .await;
    assert_eq!((sent.kind, &sent.parent_span_id), (3, &handled.span_id));
    assert_eq!(sent.attributes["tandem.template"], "REDIRECTED_LINK");
    assert_eq!(sent.attributes["tandem.outcome"], "accepted");
    for span in telemetry.receiver.spans() {
        let told = format!("{} {:?}", span.name, span.attributes);
        assert!(!told.contains(&token) && !told.contains(&address("Dan")), "{told}");
    }
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
