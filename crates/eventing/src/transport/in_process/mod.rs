//! Events through a table of the consumer's schema.

mod dead;
mod publisher;
mod server;

use std::sync::{Mutex, PoisonError};

use sqlx::PgPool;
use tokio::sync::watch;

pub(crate) use self::{
    dead::{list, replay},
    publisher::Publisher,
    server::serve,
};
use crate::consumers::Subscription;

/// The queues of this process and a signal that something was put into one.
#[derive(Default)]
pub(crate) struct InProcess {
    queues: Mutex<Vec<Queue>>,
    arrivals: watch::Sender<u64>,
}

/// A queue and where its table is.
#[derive(Clone)]
pub(crate) struct Queue {
    pub(crate) name: String,
    event_type: &'static str,
    pub(crate) pool: PgPool,
}

impl InProcess {
    /// Makes the queues known to publishers; a queue that is registered again moves to the new pool.
    pub(crate) fn register(&self, pool: &PgPool, subscriptions: &[Subscription]) {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|known| subscriptions.iter().all(|s| s.queue != known.name));
        queues.extend(subscriptions.iter().map(|s| Queue {
            name: s.queue.clone(),
            event_type: s.event_type,
            pool: pool.clone(),
        }));
    }

    pub(crate) fn find(&self, name: &str) -> Option<Queue> {
        self.queues().into_iter().find(|q| q.name == name)
    }

    pub(crate) fn wake(&self) {
        self.arrivals.send_modify(|count| *count = count.wrapping_add(1));
    }

    fn queues(&self) -> Vec<Queue> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
