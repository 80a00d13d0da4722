//! How much of a page's time it awaits the gateway. The rest is its own: session, rendering, compression.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;
use tracing::Span;

tokio::task_local! {
    static PAGE: PageTiming;
}

/// The calls of one page; cloning shares them.
#[derive(Clone, Default)]
pub(crate) struct PageTiming(Arc<Mutex<Vec<Call>>>);

struct Call {
    method: String,
    began: Instant,
    ended: Option<Instant>,
    /// Open as long as the call is.
    span: Option<Span>,
}

impl Call {
    /// Ends it, unless it has ended.
    fn end(&mut self, now: Instant) {
        if let Some(span) = self.span.take() {
            // A span is exported with the moment at which it was left last as its end.
            span.in_scope(|| ());
            self.ended = Some(now);
        }
    }
}

/// A call that is under way. It ends when this is dropped.
pub(crate) struct OpenCall {
    timing: PageTiming,
    at: usize,
}

/// Where the time of a page went.
#[derive(Debug, PartialEq)]
pub(crate) struct Breakdown {
    /// What the page needed itself.
    pub(crate) own: Duration,
    /// While at least one call was under way.
    pub(crate) gateway: Duration,
    /// Each call by its method, in the order in which they began.
    pub(crate) calls: Vec<(String, Duration)>,
}

impl PageTiming {
    /// Of the page under way, if one is.
    pub(crate) fn of_page() -> Option<Self> {
        PAGE.try_with(Self::clone).ok()
    }

    /// Makes a page whose calls are counted here.
    pub(crate) async fn count<F: Future>(&self, page: F) -> F::Output {
        PAGE.scope(self.clone(), page).await
    }

    /// Counts a call from now on.
    pub(crate) fn begin(&self, method: &str, span: Span) -> OpenCall {
        let mut calls = self.calls();
        calls.push(Call { method: method.to_owned(), began: Instant::now(), ended: None, span: Some(span) });
        OpenCall { timing: self.clone(), at: calls.len() - 1 }
    }

    /// Draws the line under a page that began then. A stream that it has opened is none of its time from now on.
    pub(crate) fn close(&self, began: Instant) -> Breakdown {
        let mut calls = self.calls();
        let now = Instant::now();
        calls.iter_mut().for_each(|call| call.end(now));
        let ended = |call: &Call| call.ended.unwrap_or(now);
        let gateway = covered(calls.iter().map(|call| (call.began, ended(call))));
        let calls = calls.iter().map(|call| (call.method.clone(), ended(call) - call.began)).collect();
        Breakdown { own: (now - began).saturating_sub(gateway), gateway, calls }
    }

    fn calls(&self) -> MutexGuard<'_, Vec<Call>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenCall {
    /// Notes the code of the answer, if it is known by now.
    pub(crate) fn note(&self, code: Option<i32>) {
        if let (Some(call), Some(code)) = (self.timing.calls().get(self.at), code)
            && let Some(span) = &call.span
        {
            span.record("rpc.grpc.status_code", code);
        }
    }
}

impl Drop for OpenCall {
    fn drop(&mut self) {
        if let Some(call) = self.timing.calls().get_mut(self.at) {
            call.end(Instant::now());
        }
    }
}

/// How long at least one of some stretches lasted, which come in the order of their beginnings.
fn covered(stretches: impl Iterator<Item = (Instant, Instant)>) -> Duration {
    let (mut sum, mut until) = (Duration::ZERO, None);
    for (began, ended) in stretches {
        let from = until.map_or(began, |until| began.max(until));
        sum += ended.saturating_duration_since(from);
        until = Some(until.map_or(ended, |until| ended.max(until)));
    }
    sum
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[tokio::test(start_paused = true)]
    async fn calls_at_the_same_time_count_once() {
        let (timing, began) = (PageTiming::default(), Instant::now());
        advance(2 * MS).await;
        let first = timing.begin("First", Span::none());
        advance(3 * MS).await;
        let second = timing.begin("Second", Span::none());
        advance(4 * MS).await;
        drop(first);
        advance(5 * MS).await;
        drop(second);
        advance(6 * MS).await;
        let third = timing.begin("Third", Span::none());
        advance(7 * MS).await;
        drop(third);
        let calls = [("First", 7 * MS), ("Second", 9 * MS), ("Third", 7 * MS)].map(|(m, t)| (m.to_owned(), t)).into();
        assert_eq!(timing.close(began), Breakdown { own: 8 * MS, gateway: 19 * MS, calls });
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_still_open_counts_until_the_page_is_done() {
        let (timing, began) = (PageTiming::default(), Instant::now());
        let stream = timing.begin("WatchRequests", Span::none());
        advance(4 * MS).await;
        let breakdown = timing.close(began);
        advance(60_000 * MS).await;
        drop(stream);
        assert_eq!((breakdown.own, breakdown.gateway), (Duration::ZERO, 4 * MS));
    }

    #[tokio::test]
    async fn calls_outside_of_pages_are_nobodys() {
        assert!(PageTiming::of_page().is_none());
        let timing = PageTiming::default();
        timing.count(async { drop(PageTiming::of_page().unwrap().begin("GetMe", Span::none())) }).await;
        assert_eq!(timing.close(Instant::now()).calls.len(), 1);
    }
}
