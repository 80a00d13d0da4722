//! Timed work. A task takes no input, finds its own work, and does not retry inside: the next run does.

use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Starts tasks ahead of their time.
#[derive(Clone, Default)]
pub struct Waker(Arc<Mutex<HashMap<String, Arc<Notify>>>>);

impl Waker {
    /// Makes the task run now, or once more if it is running. Call it after the commit that made the work.
    pub fn wake(&self, task: &str) {
        self.signal(task).notify_one();
    }

    fn signal(&self, task: &str) -> Arc<Notify> {
        let mut signals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(signals.entry(task.to_owned()).or_default())
    }
}

type Run = Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send>>;

pub type TaskRun = Arc<dyn Fn() -> Run + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Task {
    pub(crate) name: &'static str,
    pub(crate) every: Duration,
    pub(crate) run: TaskRun,
}

impl Task {
    /// Runs at once, then whenever the time has come or somebody wakes it, until the process stops.
    pub(crate) async fn keep_running(self, waker: Waker, stop: CancellationToken) -> anyhow::Result<()> {
        let signal = waker.signal(self.name);
        while !stop.is_cancelled() {
            if let Err(error) = (self.run)().await {
                metrics::counter!("tandem_task_failures_total", "task" => self.name).increment(1);
                tracing::warn!(task = self.name, error = format!("{error:#}"), "a task failed; it will run again");
            }
            tokio::select! {
                () = tokio::time::sleep(self.every) => {}
                () = signal.notified() => {}
                () = stop.cancelled() => {}
            }
        }
        Ok(())
    }
}
