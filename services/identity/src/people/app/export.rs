//! Everybody, for the copies of other services.

use chassis::{StoreError, Tx};
use eventing::outbox::{self, Fact};
use kernel::{Env, PersonId};
use proto::event::v1::Envelope;

use crate::people::{domain::profile::Profile, store, wire};

/// People per transaction.
const BATCH: i64 = 200;

/// The next people behind `after` as envelopes, and where they end; nobody at the end.
///
/// # Errors
/// [`StoreError`].
pub async fn run(
    tx: &mut Tx,
    env: &Env,
    province: &str,
    after: Option<PersonId>,
) -> Result<Option<(Vec<Envelope>, PersonId)>, StoreError> {
    let profiles = store::profile::page(tx, after, BATCH).await?;
    let Some(last) = profiles.last().map(|profile| profile.person.id) else { return Ok(None) };
    let envelope = |profile: &Profile| {
        let person = &profile.person;
        let fact = Fact {
            id: env.ids.next(),
            aggregate_id: person.id.to_string(),
            aggregate_version: person.version,
            occurred_at: person.updated_at,
        };
        outbox::envelope(&fact, province, &wire::event::person_changed(profile))
    };
    Ok(Some((profiles.iter().map(envelope).collect(), last)))
}
