//! What happens with requests, for everybody who watches in this process: it is read from the outbox, whichever replica did
//! it, and each stream takes what its viewer may notice.

use std::{convert::Infallible, sync::Arc};

use chassis::{Db, StoreError};
use tokio::sync::broadcast;

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

/// The streams of a process; cloning shares.
#[derive(Clone)]
pub struct Watch(broadcast::Sender<News>);

impl Default for Watch {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl Watch {
    /// Everything that is heard from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<News> {
        self.0.subscribe()
    }

    /// Listens until the database is away. What happened before it listened is missed.
    ///
    /// # Errors
    /// When the database goes away.
    pub async fn listen(&self, db: &Db) -> Result<Infallible, StoreError> {
        let mut appended = db.tail().await?;
        self.tell(News::Missed);
        loop {
            for event in appended.next().await? {
                match change_told_by(&event.event_type, &event.payload) {
                    Some(Ok(change)) => self.tell(News::Changed(Arc::new(change))),
                    // A release that knows more than this one has written it.
                    Some(Err(_)) => self.tell(News::Missed),
                    None => {}
                }
            }
        }
    }

    fn tell(&self, news: News) {
        // Nobody may be watching.
        let _ = self.0.send(news);
    }
}
