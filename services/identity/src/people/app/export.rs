//! Everybody, for the copies of other services.

use std::sync::Arc;

use chassis::{StoreError, Tx, UseCase};
use eventing::outbox::{self, Fact};
use kernel::{Env, PersonId};
use proto::event::v1::Envelope;

use crate::people::{domain::profile::Profile, store, wire};

/// People per transaction.
const BATCH: i64 = 200;

/// The next people behind `after` as envelopes.
#[derive(Clone, Debug)]
pub struct ExportPeople {
    pub province: Arc<str>,
    pub after: Option<PersonId>,
}

impl UseCase for ExportPeople {
    type Context = Env;
    /// The envelopes, and the last person among them; nothing at the end.
    type Output = Option<(Vec<Envelope>, PersonId)>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Self::Output, StoreError> {
        let profiles = store::profile::page(tx, self.after, BATCH).await?;
        let Some(last) = profiles.last().map(|profile| profile.person.id) else { return Ok(None) };
        let envelope = |profile: &Profile| {
            let person = &profile.person;
            let fact = Fact {
                id: env.ids.next(),
                aggregate_id: person.id.to_string(),
                aggregate_version: person.version,
                occurred_at: person.updated_at,
            };
            outbox::envelope(&fact, &self.province, &wire::event::person_changed(profile))
        };
        Ok(Some((profiles.iter().map(envelope).collect(), last)))
    }
}
