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
use crate::Consumers;

/// The queues of this process.
#[derive(Default)]
pub(crate) struct InProcess {
    queues: Mutex<Vec<Queue>>,
}

/// A queue, what it takes, where its table is, and a signal that something was put into it.
#[derive(Clone)]
pub(crate) struct Queue {
    pub(crate) name: String,
    types: Vec<&'static str>,
    pub(crate) pool: PgPool,
    arrivals: watch::Sender<()>,
}

impl Queue {
    /// Tells its consumer that something was put into it.
    pub(crate) fn wake(&self) {
        self.arrivals.send_replace(());
    }
}

impl InProcess {
    /// Makes the queue known to publishers; one that is registered again moves to the new pool.
    pub(crate) fn register(&self, pool: &PgPool, consumers: &Consumers) {
        let (name, types, pool) = (consumers.queue(), consumers.types(), pool.clone());
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let before = queues.iter().position(|known| known.name == name).map(|at| queues.swap_remove(at));
        let arrivals = before.map_or_else(watch::Sender::default, |before| before.arrivals);
        queues.push(Queue { name, types, pool, arrivals });
    }

    /// Tells of what is put into a queue; nothing ever where there is no such queue.
    pub(crate) fn arrivals(&self, name: &str) -> watch::Receiver<()> {
        self.find(name).map_or_else(|| watch::channel(()).1, |queue| queue.arrivals.subscribe())
    }

    pub(crate) fn find(&self, name: &str) -> Option<Queue> {
        self.queues().into_iter().find(|q| q.name == name)
    }

    fn queues(&self) -> Vec<Queue> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
