//! What happens with requests, for everybody who watches in this process: it is read from the outbox, whichever replica did
//! it, and each stream takes what its viewer may notice.

use std::{
    convert::Infallible,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use chassis::{Appended, Db, StoreError, Tail};
use kernel::AgencyId;
use tokio::sync::broadcast;

use super::domain::Moments;
use crate::requests::{Change, change_told_by};

/// How far a stream may fall behind before it is told that it has missed something.
const BACKLOG: usize = 1024;

/// What a stream hears.
#[derive(Clone, Debug)]
pub enum News {
    /// A request has changed.
    Changed(Arc<Change>),
    /// Some changes may have been missed.
    Missed,
}

/// What a process hears; cloning shares.
#[derive(Clone)]
pub struct Watch(Arc<Shared>);

struct Shared {
    streams: broadcast::Sender<News>,
    /// How many have asked for what is there.
    asked: AtomicU64,
    reading: tokio::sync::Mutex<Reading>,
    moments: Mutex<Moments>,
}

/// How far the outbox was read.
#[derive(Default)]
struct Reading {
    /// None where listening begins, or begins again.
    tail: Option<Tail>,
    /// How many had asked when the last reading began: it answers them all.
    asked: u64,
}

impl Default for Watch {
    fn default() -> Self {
        Self(Arc::new(Shared {
            streams: broadcast::Sender::new(BACKLOG),
            asked: AtomicU64::default(),
            reading: tokio::sync::Mutex::default(),
            moments: Mutex::default(),
        }))
    }
}

impl Watch {
    /// Everything that is heard from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<News> {
        self.0.streams.subscribe()
    }

    /// Listens until the database is away. What happened before it listened is missed.
    ///
    /// # Errors
    /// When the database goes away.
    pub async fn listen(&self, db: &Db) -> Result<Infallible, StoreError> {
        let mut appends = db.appends();
        self.0.reading.lock().await.tail = None;
        loop {
            self.catch_up(db).await?;
            appends.wait().await;
        }
    }

    /// Hears of all that was committed before, in whichever process. Those who ask at the same time share one reading.
    ///
    /// # Errors
    /// If the database is away.
    pub async fn catch_up(&self, db: &Db) -> Result<(), StoreError> {
        let own = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut reading = self.0.reading.lock().await;
        if reading.asked >= own {
            return Ok(());
        }
        let asked = self.0.asked.load(Ordering::SeqCst);
        self.read(&mut reading.tail, db).await?;
        reading.asked = asked;
        Ok(())
    }

    /// When the last thing happened that one of these agencies may notice.
    #[must_use]
    pub fn last(&self, agencies: &[AgencyId]) -> u64 {
        self.moments(|moments| moments.last(agencies))
    }

    async fn read(&self, tail: &mut Option<Tail>, db: &Db) -> Result<(), StoreError> {
        let Some(tail) = tail else {
            *tail = Some(db.tail().await?);
            self.tell(News::Missed);
            return Ok(());
        };
        loop {
            tail.read().await?.iter().for_each(|event| self.hear(event));
            if !tail.has_more() {
                return Ok(());
            }
        }
    }

    fn hear(&self, event: &Appended) {
        match change_told_by(&event.event_type, &event.payload) {
            Some(Ok(change)) => self.tell(News::Changed(Arc::new(change))),
            // A release that knows more than this one has written it.
            Some(Err(_)) => self.tell(News::Missed),
            None => {}
        }
    }

    fn tell(&self, news: News) {
        self.moments(|moments| match &news {
            News::Changed(change) => moments.changed(change),
            News::Missed => moments.missed(),
        });
        // Nobody may be watching.
        let _ = self.0.streams.send(news);
    }

    fn moments<T>(&self, with: impl FnOnce(&mut Moments) -> T) -> T {
        with(&mut self.0.moments.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
