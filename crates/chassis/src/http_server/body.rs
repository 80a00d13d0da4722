//! Bodies that keep account: of a request, how long it takes; of an answer, until when it is under way.

use std::{
    io::{Error, ErrorKind},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body as Answer, Bytes};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use super::connection::InFlight;

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// How many bytes a second make up for a second: slower lines than any on which somebody works.
const SLOWEST: u64 = 1000;

/// How long so many bytes may take.
const fn on_the_slowest(bytes: usize) -> Duration {
    Duration::from_millis(bytes as u64 * 1000 / SLOWEST)
}

/// The body of a request, which may be waited for so long, and for longer as more of it comes.
pub(super) struct Timed {
    body: Incoming,
    most: Duration,
    left: Duration,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Timed {
    pub(super) const fn new(body: Incoming, most: Duration) -> Self {
        Self { body, most, left: most, waiting: None }
    }

    /// Something has come: the wait is over, and what came is made good.
    fn came(&mut self, bytes: usize) {
        if let Some((since, _)) = self.waiting.take() {
            self.left = self.left.saturating_sub(since.elapsed());
        }
        self.left = self.left.saturating_add(on_the_slowest(bytes)).min(self.most);
    }
}

impl Body for Timed {
    type Data = Bytes;
    type Error = Fault;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Fault>>> {
        let this = self.get_mut();
        if let Poll::Ready(part) = Pin::new(&mut this.body).poll_frame(cx) {
            this.came(part.as_ref().and_then(|part| part.as_ref().ok()?.data_ref()).map_or(0, Bytes::len));
            return Poll::Ready(part.map(|part| part.map_err(Fault::from)));
        }
        let left = this.left;
        let (_, end) = this.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        match end.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Some(Err(Error::new(ErrorKind::TimedOut, "the body is too slow").into()))),
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of an answer, whose request is in flight until it has been sent or given up. It is asked for more of it when there is
/// somebody to take it.
pub(super) struct Held {
    body: Answer,
    in_flight: InFlight,
}

impl Held {
    pub(super) fn new(body: Answer, in_flight: InFlight) -> Self {
        in_flight.offers(Duration::ZERO);
        Self { body, in_flight }
    }
}

impl Body for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.in_flight.is_asked();
        let part = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(part))) = &part {
            self.in_flight.offers(on_the_slowest(part.data_ref().map_or(0, Bytes::len)));
        }
        part
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
