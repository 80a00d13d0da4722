//! A right given.

use chassis::{Failure, Tx};
use directory::model::Grant as Right;
use kernel::{Env, PersonId};

use crate::{
    audit::{AuditEntry, What},
    grants::{
        domain::{self, Grant, GrantError},
        store,
    },
    people::{self, Actor},
};

/// Gives a person a role at a place within the caller's own scope (domain §4.4).
///
/// # Errors
/// `NOT_FOUND`, `PERSON_ARCHIVED`, and those of [`GrantError`].
pub async fn run(tx: &mut Tx, env: &Env, actor: &Actor, person: PersonId, right: Right) -> Result<Grant, Failure> {
    domain::check_kind(right)?;
    people::visible_held(tx, actor, person).await?.check_active()?;
    let location = actor.locate(right.scope);
    domain::check_giver(&actor.rights, right, location.as_ref())?;
    domain::check_place(right, location.as_ref())?;
    let grant = Grant { id: env.ids.next(), right };
    if !store::insert(tx, person, &grant, Some(actor.person), env.now()).await? {
        return Err(GrantError::Exists.into());
    }
    people::note(tx, env, AuditEntry::of(What::GrantGiven, person).by(actor.person).with(describe(right))).await?;
    people::changed(tx, env, person).await?;
    Ok(grant)
}

/// A right in words, for the record of access.
pub(crate) fn describe(right: Right) -> String {
    let id = right.scope.id().map(|id| format!(" {id}")).unwrap_or_default();
    format!("{} {} {}{id}", right.role.code(), right.level.code(), right.scope.kind().code())
}
