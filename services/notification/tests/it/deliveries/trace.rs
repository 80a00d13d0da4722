//! One trace from the event to the mail server.

use notification::SEND_MAIL;
use proto::placement::v1::RequestRedirected;
use testkit::{telemetry::Telemetry, wait_for_some};
use tracing::Instrument as _;

use crate::world::{AGENT, UNIT, World, address, redirected, token};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sending_belongs_to_the_trace_of_its_event_and_tells_no_secret() {
    let telemetry = Telemetry::of_process();
    let world = World::new().await;
    let event = RequestRedirected { request: Some(redirected(UNIT, AGENT)) };
    world.deliver(&event, 3).instrument(tracing::info_span!("handle event of the trace test")).await;
    // Timed work has no trace of its own that could be mistaken for the event's.
    world.running.run_task(SEND_MAIL).await.unwrap();
    let token = token(&world.sink.mails()[0]);

    let (handled, sent) = wait_for_some("the sending in the event's trace", async || {
        let spans = telemetry.spans().await;
        let handled = spans.iter().find(|s| s.name == "handle event of the trace test")?.clone();
        let sent = spans.iter().find(|s| s.name == "smtp send" && s.trace_id == handled.trace_id)?.clone();
        Some((handled, sent))
    })
    .await;
    assert_eq!((sent.kind, &sent.parent_span_id), (3, &handled.span_id));
    assert_eq!(sent.attributes["tandem.template"], "REDIRECTED_LINK");
    assert_eq!(sent.attributes["tandem.outcome"], "accepted");
    for span in telemetry.spans().await {
        let told = format!("{} {:?}", span.name, span.attributes);
        assert!(!told.contains(&token) && !told.contains(&address("Dan")), "{told}");
    }
}
