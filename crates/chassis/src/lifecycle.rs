//! Stopping in two phases: first nothing new, then nothing at all. Before them a process may linger: it says that it is
//! leaving, and still takes what comes.

use std::{future::Future, time::Duration};

use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Shared by all parts of a process; cloning shares.
#[derive(Clone, Debug, Default)]
pub struct Lifecycle {
    leaving: CancellationToken,
    soft: CancellationToken,
    hard: CancellationToken,
    tracker: TaskTracker,
}

impl Lifecycle {
    /// Cancelled when the process begins to stop: take nothing new, finish what is in hand.
    #[must_use]
    pub const fn soft(&self) -> &CancellationToken {
        &self.soft
    }

    /// Cancelled when the grace period is over.
    #[must_use]
    pub const fn hard(&self) -> &CancellationToken {
        &self.hard
    }

    pub fn stop(&self) {
        self.soft.cancel();
    }

    /// Whether the process is stopping, or about to.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.leaving.is_cancelled() || self.soft.is_cancelled()
    }

    /// Runs `work` until it ends by itself or the grace period is over. Work that fails stops the whole process: a part
    /// that is silently missing is worse than a restart.
    pub fn spawn<F>(&self, name: &'static str, work: F)
    where
        F: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let (soft, hard) = (self.soft.clone(), self.hard.clone());
        self.tracker.spawn(async move {
            tokio::select! {
                outcome = work => if let Err(error) = outcome {
                    tracing::error!(part = name, error = format!("{error:#}"), "a part of the process failed; stopping");
                    soft.cancel();
                },
                () = hard.cancelled() => tracing::warn!(part = name, "cut at the end of the grace period"),
            }
        });
    }

    /// Waits until the process is asked to stop and all parts have ended, cutting them when `grace` is over.
    pub async fn finished(&self, grace: Duration) {
        self.soft.cancelled().await;
        self.tracker.close();
        if tokio::time::timeout(grace, self.tracker.wait()).await.is_err() {
            self.hard.cancel();
            self.tracker.wait().await;
        }
    }

    /// Turns SIGTERM and Ctrl-C into a stop after `linger`, a second one into a stop at once, and one more into a cut.
    ///
    /// # Errors
    /// If the operating system refuses the handlers.
    pub fn listen_to_signals(&self, linger: Duration) -> anyhow::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let lifecycle = self.clone();
        tokio::spawn(async move {
            let mut signalled = async || {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            };
            signalled().await;
            lifecycle.leaving.cancel();
            let _ = tokio::time::timeout(linger, signalled()).await;
            lifecycle.soft.cancel();
            signalled().await;
            lifecycle.hard.cancel();
        });
        Ok(())
    }

    /// Stops also when the standard input ends: whoever has started this process holds the other end, so that a parent that is
    /// gone, however it went, leaves nobody behind.
    pub fn end_with_input(&self) {
        let lifecycle = self.clone();
        std::thread::spawn(move || {
            // That it cannot be read means that nobody holds it.
            let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
            lifecycle.leaving.cancel();
            lifecycle.soft.cancel();
        });
    }
}
