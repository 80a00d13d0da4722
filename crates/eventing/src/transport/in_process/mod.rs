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

/// The queues of this process and a signal that something was put into one.
#[derive(Default)]
pub(crate) struct InProcess {
    queues: Mutex<Vec<Queue>>,
    arrivals: watch::Sender<u64>,
}

/// A queue, what it takes and where its table is.
#[derive(Clone)]
pub(crate) struct Queue {
    pub(crate) name: String,
    types: Vec<&'static str>,
    pub(crate) pool: PgPool,
}

impl InProcess {
    /// Makes the queue known to publishers; one that is registered again moves to the new pool.
    pub(crate) fn register(&self, pool: &PgPool, consumers: &Consumers) {
        let queue = Queue { name: consumers.queue(), types: consumers.types(), pool: pool.clone() };
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|known| known.name != queue.name);
        queues.push(queue);
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
