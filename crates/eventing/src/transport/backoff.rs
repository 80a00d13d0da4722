//! Waiting longer each time, up to a limit.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// Doubles from 100 ms to 10 s.
pub(crate) struct Backoff {
    next: Duration,
}

const FIRST: Duration = Duration::from_millis(100);
const CAP: Duration = Duration::from_secs(10);

impl Default for Backoff {
    fn default() -> Self {
        Self { next: FIRST }
    }
}

impl Backoff {
    /// Waits; answers false, at once, when `stop` is cancelled.
    pub(crate) async fn wait(&mut self, stop: &CancellationToken) -> bool {
        let delay = self.next;
        self.next = (self.next * 2).min(CAP);
        stop.run_until_cancelled(tokio::time::sleep(delay)).await.is_some()
    }

    /// Begins anew, after something went well.
    pub(crate) fn reset(&mut self) {
        self.next = FIRST;
    }
}
