//! A right given.

use chassis::{Failure, Tx};
use kernel::{Env, PersonId};

use super::{access, announce};
use crate::{
    domain::{
        actor::Actor,
        audit::{AuditEntry, What},
        grant::{Grant, GrantError, Right},
        place::{Lineage, Scope},
    },
    store::{self, StoreError},
};

/// Gives a person a role at a place within the caller's own scope (domain §4.4).
///
/// # Errors
/// `NOT_FOUND`, `PERSON_ARCHIVED`, and those of [`GrantError`].
pub async fn run(tx: &mut Tx, env: &Env, actor: &Actor, person: PersonId, right: Right) -> Result<Grant, Failure> {
    right.check_kind()?;
    access::visible_held(tx, actor, person).await?.check_active()?;
    let lineage = lineage(tx, right).await?;
    right.check_giver(actor, lineage.as_ref())?;
    right.check_place(lineage.as_ref())?;
    let grant = Grant { id: env.ids.next(), right };
    if !store::grant::insert(tx, person, &grant, Some(actor.person), env.now()).await? {
        return Err(GrantError::Exists.into());
    }
    announce::note(tx, env, AuditEntry::of(What::GrantGiven, person).by(actor.person).with(describe(right))).await?;
    announce::changed(tx, env, person).await?;
    Ok(grant)
}

/// The place of a right, as far as the copy knows it.
pub(super) async fn lineage(tx: &mut Tx, right: Right) -> Result<Option<Lineage>, StoreError> {
    match right.scope {
        Scope::Province => Ok(None),
        Scope::Place(place) => store::place::lineage(tx, place).await,
    }
}

/// A right in words, for the record of access.
pub(super) fn describe(right: Right) -> String {
    let scope = match right.scope {
        Scope::Province => "PROVINCE".to_owned(),
        Scope::Place(place) => format!("{} {}", place.kind.name(), place.id),
    };
    format!("{} {} {scope}", right.role.name(), right.level.name())
}
