//! What others do, messages to pages that are open: which request changed, nothing more. The page then asks again for what it shows.
//!
//! A stream ends with the token that it was opened with, when the gateway ends it, or when the process stops; the browser opens
//! it anew, as a page that refreshes itself: that keeps nobody signed in.

use std::{convert::Infallible, time::Duration};

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use futures::{Stream, StreamExt as _, stream};
use proto::placement::v1::{WatchKind, WatchRequestsRequest, WatchRequestsResponse};
use tokio::sync::OwnedSemaphorePermit;
use tonic::{Code, Status};

use crate::{
    api::LIVE,
    shell::{AppState, PageSet, Visitor},
};

/// How often a silent stream says that it is alive, so that nothing between takes it for dead.
const ALIVE_EVERY: Duration = Duration::from_secs(15);
/// When a browser tries again after a stream has ended.
const RETRY: Duration = Duration::from_secs(3);
/// The same where there was no stream to be had.
const RETRY_LATER: Duration = Duration::from_secs(30);

pub(crate) const PAGES: PageSet = PageSet { routes, entry: None };

fn routes() -> Router<AppState> {
    Router::new().route(LIVE, get(listen))
}

async fn listen(State(state): State<AppState>, visitor: Visitor) -> Response {
    // A browser does not try again after this answer: nobody is signed in, or there is nothing for them to hear.
    let nothing = || StatusCode::NO_CONTENT.into_response();
    if visitor.session.is_none() {
        return nothing();
    }
    let Some((connection, permit)) = state.live.free() else {
        tracing::warn!("no more pages can be kept up to date by this process");
        return later();
    };
    match visitor.api.over(connection).requests().watch_requests(WatchRequestsRequest {}).await {
        Ok(answer) => {
            let messages = answer.into_inner();
            let stopped = state.live.stopped();
            let first = stream::iter([Event::default().retry(RETRY).comment("")]);
            let events = first.chain(stream::unfold((messages, permit), next)).take_until(stopped);
            respond(events)
        }
        Err(status) if matches!(status.code(), Code::Unauthenticated | Code::PermissionDenied) => nothing(),
        Err(status) => {
            tracing::warn!(code = ?status.code(), "a page cannot be kept up to date");
            later()
        }
    }
}

/// An answer that ends at once and says when to try again: a browser gives up for good on errors.
fn later() -> Response {
    respond(stream::iter([Event::default().retry(RETRY_LATER).comment("")]))
}

fn respond(events: impl Stream<Item = Event> + Send + 'static) -> Response {
    let alive = KeepAlive::new().interval(ALIVE_EVERY);
    Sse::new(events.map(Ok::<_, Infallible>)).keep_alive(alive).into_response()
}

/// The next event of a stream, which holds its permit as long as it lives.
async fn next<S>((mut messages, permit): (S, OwnedSemaphorePermit)) -> Option<(Event, (S, OwnedSemaphorePermit))>
where
    S: Stream<Item = Result<WatchRequestsResponse, Status>> + Unpin,
{
    loop {
        // However it ends, the browser opens another.
        let message = messages.next().await?.ok()?;
        if let Some(event) = event(&message) {
            return Some((event, (messages, permit)));
        }
    }
}

/// What a page is told of a message, if anything.
fn event(message: &WatchRequestsResponse) -> Option<Event> {
    match message.kind() {
        WatchKind::Changed => Some(Event::default().event("changed").data(&message.request_id)),
        WatchKind::Resync => Some(Event::default().event("resync").data("all")),
        WatchKind::Heartbeat | WatchKind::Unspecified => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::Semaphore;

    use super::*;

    fn message(kind: WatchKind, id: &str) -> WatchRequestsResponse {
        WatchRequestsResponse { kind: kind.into(), request_id: id.into() }
    }

    #[tokio::test]
    async fn a_page_hears_which_request_changed_and_not_that_all_is_well() {
        let messages = stream::iter([
            Ok(message(WatchKind::Heartbeat, "")),
            Ok(message(WatchKind::Changed, "7")),
            Err(Status::unavailable("the gateway stops")),
            Ok(message(WatchKind::Changed, "8")),
        ]);
        let free = Arc::new(Semaphore::new(1));
        let permit = Arc::clone(&free).try_acquire_owned().unwrap();
        let heard: Vec<_> = stream::unfold((messages, permit), next).map(|event| format!("{event:?}")).collect().await;
        assert_eq!(heard.len(), 1, "{heard:?}");
        assert!(heard[0].contains("changed") && heard[0].contains('7'), "{heard:?}");
        assert_eq!(free.available_permits(), 1, "a stream that has ended makes room");
    }
}
