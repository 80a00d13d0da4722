//! People in memory: those who were asked for lately.

use std::{collections::HashMap, sync::Arc};

use eventing::Tx;
use kernel::PersonId;
use moka::future::Cache;
use sqlx::PgExecutor;
use tokio::sync::RwLock;

use crate::{model::Person, store};

/// How many people are remembered; a few hundred bytes each.
const CAPACITY: u64 = 20_000;
/// How many changed people are forgotten one by one; beyond that, everybody is.
const ONE_BY_ONE: usize = 1_000;

/// The people of one revision, as far as they are remembered. Whoever has read older rows does not get to insert them: that
/// would undo the forgetting of those who have changed since.
pub(crate) struct People(RwLock<Remembered>);

struct Remembered {
    revision: i64,
    people: Cache<PersonId, Arc<Person>>,
}

impl Remembered {
    fn nobody(revision: i64) -> Self {
        Self { revision, people: Cache::new(CAPACITY) }
    }
}

impl Default for People {
    fn default() -> Self {
        Self(RwLock::new(Remembered::nobody(0)))
    }
}

impl People {
    /// Those who are known among `ids`, in one statement for all who are not remembered.
    pub(crate) async fn find(
        &self,
        executor: impl PgExecutor<'_>,
        ids: &[PersonId],
    ) -> Result<HashMap<PersonId, Arc<Person>>, sqlx::Error> {
        let mut found = HashMap::new();
        let mut missing = Vec::new();
        {
            let remembered = self.0.read().await;
            for &id in ids {
                match remembered.people.get(&id).await {
                    Some(person) => drop(found.insert(id, person)),
                    None => missing.push(id),
                }
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let read = store::read_people(executor, &missing).await?;
        let people: Vec<_> = read.people.into_iter().map(Arc::new).collect();
        if let Some(revision) = read.revision {
            self.remember(revision, &people).await;
        }
        found.extend(people.into_iter().map(|person| (person.id, person)));
        Ok(found)
    }

    async fn remember(&self, revision: i64, people: &[Arc<Person>]) {
        let remembered = self.0.read().await;
        if revision < remembered.revision {
            return;
        }
        for person in people {
            remembered.people.insert(person.id, Arc::clone(person)).await;
        }
    }

    /// Forgets those who have changed up to `revision`. One caller at a time.
    pub(crate) async fn follow(&self, tx: &mut Tx, revision: i64) -> Result<(), sqlx::Error> {
        let since = self.0.read().await.revision;
        let changed = store::changed_people(tx, since, ONE_BY_ONE).await?;
        let mut remembered = self.0.write().await;
        match changed {
            Some(changed) if revision >= since => {
                for id in changed {
                    remembered.people.invalidate(&id).await;
                }
                remembered.revision = revision;
            }
            _ => *remembered = Remembered::nobody(revision),
        }
        Ok(())
    }
}
