//! What a service of this process knows of who and where.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use eventing::{AfterCommit, Received, Tx};
use futures::{FutureExt as _, future::BoxFuture};
use kernel::PersonId;
use sqlx::{PgExecutor, PgPool};
use tokio::sync::Mutex;

use crate::{
    model::{Entry, Person},
    people::People,
    snapshot::Snapshot,
    store,
    wire::EntryChanged,
};

/// The directory of one service in one process. Cheap to clone.
#[derive(Clone)]
pub struct Directory(Arc<Inner>);

struct Inner {
    pool: PgPool,
    snapshot: RwLock<Arc<Snapshot>>,
    people: People,
    /// The newest revision that a transaction of this process has written, whether or not it was committed.
    announced: AtomicI64,
    following: Mutex<()>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is as the event says now.
    Newer,
    /// What is there is as new, or newer; nothing has changed.
    Older,
}

impl Directory {
    /// The directory in the schema of `pool`, with nothing in memory yet.
    #[must_use]
    pub fn new(pool: PgPool) -> Self {
        Self(Arc::new(Inner {
            pool,
            snapshot: RwLock::default(),
            people: People::default(),
            announced: AtomicI64::new(0),
            following: Mutex::new(()),
        }))
    }

    /// All but people, as of the revision that this process has seen last. Whoever answers one call asks once, so that the
    /// answer is of one piece.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A person, if known; read by `executor` where not remembered: a caller with a transaction passes that one on, since two
    /// connections for one call would bring the pool to a standstill.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn person(
        &self,
        executor: impl PgExecutor<'_>,
        id: PersonId,
    ) -> Result<Option<Arc<Person>>, sqlx::Error> {
        Ok(self.people(executor, &[id]).await?.remove(&id))
    }

    /// Those who are known among `ids`; at most one statement.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn people(
        &self,
        executor: impl PgExecutor<'_>,
        ids: &[PersonId],
    ) -> Result<HashMap<PersonId, Arc<Person>>, sqlx::Error> {
        self.0.people.find(executor, ids).await
    }

    /// Keeps what an event tells, unless something newer is there: the handler of those to whom the event means more than
    /// that calls this first.
    ///
    /// # Errors
    /// [`Reject`](eventing::HandlerError::Reject) if the event is none that its owner could publish, or if the database fails.
    pub async fn keep<E: EntryChanged>(
        &self,
        tx: &mut Tx,
        received: &Received<E>,
    ) -> Result<Kept, eventing::HandlerError> {
        let entry = received.event.entry().map_err(eventing::HandlerError::reject)?;
        Ok(self.put_all(tx, &[(received.aggregate_version, entry)]).await?)
    }

    /// Keeps entries in their versions, with one statement for each kind. [`Kept::Newer`] if one of them was news.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn put_all(&self, tx: &mut Tx, entries: &[(i64, Entry)]) -> Result<Kept, sqlx::Error> {
        let Some(revision) = store::put(tx, entries).await? else { return Ok(Kept::Older) };
        self.0.announced.fetch_max(revision, Ordering::AcqRel);
        Ok(Kept::Newer)
    }

    /// Looks whether another process has written, and takes it over.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn follow(&self) -> Result<(), sqlx::Error> {
        if store::revision(&self.0.pool).await? != self.snapshot().revision {
            self.refresh().await?;
        }
        Ok(())
    }

    /// Takes over what was committed.
    async fn refresh(&self) -> Result<(), sqlx::Error> {
        let _one_at_a_time = self.0.following.lock().await;
        let mut tx = eventing::begin_reading(&self.0.pool).await?;
        let before = self.snapshot();
        let mut next = before.followed(&mut tx).await?;
        if next.revision < before.revision {
            // The database is an older one now, restored: what was known since is not so any more.
            next = Snapshot::default().followed(&mut tx).await?;
        }
        self.0.people.follow(&mut tx, next.revision).await?;
        tx.commit().await?;
        *self.0.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        Ok(())
    }
}

impl AfterCommit for Directory {
    /// A commit of this process may have been that of an announced revision. It is not asked which: whatever was committed is
    /// taken over, and what is still under way will be told by its own commit.
    fn committed(&self) -> BoxFuture<'_, ()> {
        async {
            if self.0.announced.load(Ordering::Acquire) <= self.snapshot().revision {
                return;
            }
            if let Err(error) = self.refresh().await {
                // The next look at the revision finds it.
                tracing::warn!(error = %error, "what was written to the directory is not in memory yet");
            }
        }
        .boxed()
    }
}
