//! What the code of a test process tells of its work: spans, and statements.

use std::{
    cell::Cell,
    sync::{Arc, OnceLock, mpsc},
};

use opentelemetry::{global, trace::TracerProvider as _};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{propagation::TraceContextPropagator, trace::SdkTracerProvider};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    layer::{Context, SubscriberExt as _},
};

use crate::otlp::{Receiver, Span};

/// As sqlx calls each statement that it has executed.
const STATEMENT: &str = "sqlx::query";

thread_local! {
    static EXECUTED: Cell<usize> = const { Cell::new(0) };
}

/// What is listened to.
pub struct Telemetry {
    receiver: Arc<Receiver>,
    provider: SdkTracerProvider,
}

impl Telemetry {
    /// Of the whole test process, from the first call on: a subscriber of one test alone is not noticed by threads of the
    /// others, and the spans that they touch first would never be recorded.
    ///
    /// # Panics
    /// If the process has a subscriber already.
    pub fn of_process() -> &'static Self {
        static TELEMETRY: OnceLock<Telemetry> = OnceLock::new();
        TELEMETRY.get_or_init(|| {
            let (send, receive) = mpsc::channel();
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime").block_on(async move {
                    let receiver = Arc::new(Receiver::start().await);
                    let exporter = SpanExporter::builder().with_tonic().with_endpoint(receiver.endpoint()).build();
                    let exporter = exporter.expect("an exporter");
                    let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).build();
                    send.send(Self { receiver, provider }).expect("somebody waits for it");
                    std::future::pending::<()>().await;
                });
            });
            let telemetry = receive.recv().expect("the receiver starts");
            global::set_text_map_propagator(TraceContextPropagator::new());
            let spans = tracing_opentelemetry::layer().with_tracer(telemetry.provider.tracer("test"));
            let statements = Statements.with_filter(Targets::new().with_target(STATEMENT, Level::TRACE));
            let subscriber = tracing_subscriber::registry().with(spans.with_filter(LevelFilter::INFO)).with(statements);
            tracing::subscriber::set_global_default(subscriber).expect("nobody else listens to the whole process");
            telemetry
        })
    }

    /// The spans that have ended.
    ///
    /// # Panics
    /// If they cannot be handed over.
    pub async fn spans(&self) -> Vec<Span> {
        let provider = self.provider.clone();
        let flushed = tokio::task::spawn_blocking(move || provider.force_flush()).await;
        flushed.expect("it does not panic").expect("the receiver takes them");
        self.receiver.spans()
    }

    /// How many statements this thread has executed since it was asked last, `COMMIT` among them and `BEGIN` not: of all that
    /// a `#[tokio::test]` starts, unless it asks for more threads.
    #[must_use]
    pub fn statements(&self) -> usize {
        EXECUTED.take()
    }
}

struct Statements;

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        EXECUTED.set(EXECUTED.get() + 1);
    }
}
