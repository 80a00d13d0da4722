//! What became of many requests at once, kept until the session ends: whoever leaves in the middle finds it again.

use chassis::{Db, Failure};
use jiff::{SignedDuration, Timestamp};
use kernel::Env;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::shell::{AppState, BrowserKey};

/// How long one who works on it may be silent before another takes over; longer than any call takes.
const LEASE: SignedDuration = SignedDuration::from_secs(30);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BulkJob {
    pub(super) action: String,
    /// The role that it is done in, by its number.
    pub(super) role: i32,
    pub(super) reason_code: String,
    pub(super) comment: String,
    pub(super) back: String,
    pub(super) parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) id: String,
    pub(super) etag: String,
    /// The id of the call, which makes it harmless to make it again.
    pub(super) call: String,
    pub(super) reference: String,
    /// What does not fit, as it was ticked.
    #[serde(default)]
    pub(super) despite: String,
    pub(super) outcome: Option<Outcome>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Outcome {
    /// It has come to a state, by its number.
    Done(i32),
    /// It was refused, in the language of that moment.
    Refused(String),
}

impl BulkJob {
    /// Whether all of it is done or refused.
    pub(super) fn is_over(&self) -> bool {
        self.parts.iter().all(|part| part.outcome.is_some())
    }
}

pub(super) struct StoredJob {
    pub(super) job: BulkJob,
    version: i32,
    held_until: Timestamp,
}

/// Who works on one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lease {
    pub(super) id: Uuid,
    version: i32,
}

/// Where they are kept.
#[derive(Clone)]
pub(crate) struct JobStore {
    db: Db,
    env: Env,
}

impl JobStore {
    pub(super) fn of(state: &AppState) -> Self {
        Self { db: state.db.clone(), env: state.env.clone() }
    }

    /// Keeps one that begins now.
    pub(super) async fn begin(&self, key: &BrowserKey, job: &BulkJob) -> Result<Lease, Failure> {
        let id = self.env.ids.next();
        let now = self.env.now();
        let sealed = &seal(key, job);
        let insert = store::Insert { key: (id, &key.digest()), sealed, created_at: now, held_until: now + LEASE };
        self.db.write(&insert, &self.env).await?;
        Ok(Lease { id, version: 1 })
    }

    /// The one of an id, if it is the browser's.
    pub(super) async fn find(&self, key: &BrowserKey, id: Uuid) -> Result<Option<StoredJob>, Failure> {
        let row = self.db.read(&store::Find((id, &key.digest())), &self.env).await?;
        Ok(row.and_then(|row| {
            let job = serde_json::from_slice(&key.open(&row.sealed)?).ok()?;
            Some(StoredJob { job, version: row.version, held_until: row.held_until })
        }))
    }

    /// Takes over one that is not over and that nobody works on any more.
    pub(super) async fn take(&self, key: &BrowserKey, id: Uuid, kept: &StoredJob) -> Result<Option<Lease>, Failure> {
        let now = self.env.now();
        if kept.job.is_over() || kept.held_until > now {
            return Ok(None);
        }
        let take = store::Take { key: (id, &key.digest()), version: kept.version, now, held_until: now + LEASE };
        Ok(self.db.write(&take, &self.env).await?.then_some(Lease { id, version: kept.version + 1 }))
    }

    /// Notes how far it is; false where somebody else has taken over.
    pub(super) async fn note(&self, key: &BrowserKey, lease: Lease, job: &BulkJob) -> Result<bool, Failure> {
        let note = store::Note {
            key: (lease.id, &key.digest()),
            version: lease.version,
            sealed: &seal(key, job),
            held_until: self.env.now() + LEASE,
        };
        self.db.write(&note, &self.env).await
    }
}

fn seal(key: &BrowserKey, job: &BulkJob) -> Vec<u8> {
    key.seal(&serde_json::to_vec(job).expect("texts and numbers are written to memory"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_over_when_each_part_is() {
        let part = |outcome| Part {
            id: String::new(),
            etag: String::new(),
            call: String::new(),
            reference: String::new(),
            despite: String::new(),
            outcome,
        };
        let job = |parts| BulkJob {
            action: "send".into(),
            role: 1,
            reason_code: String::new(),
            comment: String::new(),
            back: "/".into(),
            parts,
        };
        assert!(!job(vec![part(Some(Outcome::Done(3))), part(None)]).is_over());
        let over = job(vec![part(Some(Outcome::Done(3))), part(Some(Outcome::Refused("non".into())))]);
        assert!(over.is_over());
        let key = BrowserKey::random();
        let opened: BulkJob = serde_json::from_slice(&key.open(&seal(&key, &over)).unwrap()).unwrap();
        assert_eq!(opened, over);
    }
}
