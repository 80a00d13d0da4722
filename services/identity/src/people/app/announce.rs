//! Telling other services of a change, and the record of access.

use chassis::{StoreError, Tx};
use eventing::outbox::{self, Fact};
use kernel::{Env, PersonId};
use uuid::Uuid;

use crate::{
    audit::{self, AuditEntry},
    people::{domain::profile::Profile, store, wire},
};

/// Counts a change of a person, account or grants, and publishes all three as they are now. The caller holds the person's
/// row and has written the change.
pub(crate) async fn changed(tx: &mut Tx, env: &Env, person: PersonId) -> Result<Profile, StoreError> {
    let version = store::person::next_version(tx, person, env.now()).await?;
    let profile = store::profile::get(tx, person).await?;
    let fact = Fact {
        id: env.ids.next(),
        aggregate_id: person.to_string(),
        aggregate_version: version,
        occurred_at: profile.person.updated_at,
    };
    outbox::append(tx, &fact, &wire::event::person_changed(&profile)).await?;
    Ok(profile)
}

/// Adds a line to the record of access.
pub(crate) async fn note(tx: &mut Tx, env: &Env, entry: AuditEntry) -> Result<(), StoreError> {
    audit::append(tx, env.ids.next::<Uuid>(), env.now(), &entry).await
}
