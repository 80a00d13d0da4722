//! What a connection is doing, and since when.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Times;

/// A connection, as its conversation, its socket and the registry see it.
#[derive(Debug)]
pub(super) struct Connection {
    times: Times,
    state: Mutex<State>,
    eviction: CancellationToken,
}

#[derive(Debug)]
struct State {
    in_flight: usize,
    /// Until when each answer that has more to give may go without being asked for it.
    offered: HashMap<u64, Instant>,
    /// How many requests there have been.
    asked: u64,
    /// Whether many requests share it: what comes over it in between are no heads.
    is_http2: bool,
    /// When the last request ended, or the connection began.
    waits_since: Instant,
    /// When the first byte of the next request came.
    head_since: Option<Instant>,
    /// Since when nothing that is sent is taken.
    stalls_since: Option<Instant>,
}

impl Connection {
    pub(super) fn new(times: Times) -> Self {
        let state = State {
            in_flight: 0,
            offered: HashMap::new(),
            asked: 0,
            is_http2: false,
            waits_since: Instant::now(),
            head_since: None,
            stalls_since: None,
        };
        Self { times, state: Mutex::new(state), eviction: CancellationToken::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) const fn times(&self) -> Times {
        self.times
    }

    /// A request has come. It is in flight until what this yields goes.
    pub(super) fn begin(connection: &Arc<Self>) -> InFlight {
        let mut state = connection.state();
        state.in_flight += 1;
        state.asked += 1;
        state.head_since = None;
        let number = state.asked;
        drop(state);
        InFlight { connection: Arc::clone(connection), number }
    }

    /// Something was read.
    pub(super) fn has_sent(&self, bytes: &[u8]) {
        let mut state = self.state();
        if state.asked == 0 && bytes.starts_with(b"PRI") {
            state.is_http2 = true;
        }
        if state.in_flight == 0 && !state.is_http2 && state.head_since.is_none() {
            state.head_since = Some(Instant::now());
        }
    }

    /// Something was to be sent, and was taken or not.
    pub(super) fn takes(&self, is_taken: bool) {
        let mut state = self.state();
        if is_taken {
            state.stalls_since = None;
        } else if state.stalls_since.is_none() {
            state.stalls_since = Some(Instant::now());
        }
    }

    /// Whether a request is under way.
    pub(super) fn is_busy(&self) -> bool {
        self.waits_since().is_none()
    }

    /// Since when it waits for a request, or for whoever has asked to take any of the answers; `None` while something is under way.
    /// Over HTTP/2 that nothing is taken does not show at the socket.
    pub(super) fn waits_since(&self) -> Option<Instant> {
        let (state, now) = (self.state(), Instant::now());
        if state.in_flight == 0 {
            return Some(state.waits_since);
        }
        let overdue = state.offered.values().filter(|until| **until <= now);
        if overdue.count() < state.in_flight {
            return None;
        }
        state.offered.values().min().copied()
    }

    /// Whether whoever is at the other end has taken nothing for too long.
    pub(super) fn is_stuck(&self) -> bool {
        self.state().stalls_since.is_some_and(|since| since.elapsed() >= self.times.body)
    }

    /// Whether the next request is too long in coming.
    pub(super) fn is_overdue(&self) -> bool {
        let state = self.state();
        state.in_flight == 0 && self.due(&state) <= Instant::now()
    }

    fn due(&self, state: &State) -> Instant {
        match state.head_since {
            Some(since) if state.asked > 0 => since + self.times.head,
            _ if state.asked > 0 => state.waits_since + self.times.idle,
            _ => state.waits_since + self.times.head,
        }
    }

    /// When to look at it again: when it is overdue, unless something happens, and before a head that has not begun yet could be.
    pub(super) fn look_again(&self) -> Instant {
        let state = self.state();
        let soon = Instant::now() + self.times.head;
        if state.in_flight == 0 { self.due(&state).min(soon) } else { soon.min(Instant::now() + self.times.body) }
    }

    pub(super) fn evict(&self) {
        self.eviction.cancel();
    }

    pub(super) async fn evicted(&self) {
        self.eviction.cancelled().await;
    }
}

/// A request under way.
#[derive(Debug)]
pub(super) struct InFlight {
    connection: Arc<Connection>,
    number: u64,
}

impl InFlight {
    /// There is an answer, or more of it, for whoever asks; what went before may take so long.
    pub(super) fn offers(&self, longer: Duration) {
        let until = Instant::now() + self.connection.times.body + longer;
        self.connection.state().offered.insert(self.number, until);
    }

    /// It was asked for.
    pub(super) fn is_asked(&self) {
        self.connection.state().offered.remove(&self.number);
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        let mut state = self.connection.state();
        state.in_flight -= 1;
        state.offered.remove(&self.number);
        state.waits_since = Instant::now();
    }
}
