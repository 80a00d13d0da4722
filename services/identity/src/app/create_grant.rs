//! A right given.

use chassis::{Failure, Tx};
use kernel::{Env, PersonId};

use super::{
    access::{self, Actor},
    announce,
};
use crate::{
    domain::{
        audit::{AuditEntry, What},
        grant::{self, Grant, GrantError, Right},
    },
    store,
};

/// Gives a person a role at a place within the caller's own scope (domain §4.4).
///
/// # Errors
/// `NOT_FOUND`, `PERSON_ARCHIVED`, and those of [`GrantError`].
pub async fn run(tx: &mut Tx, env: &Env, actor: &Actor, person: PersonId, right: Right) -> Result<Grant, Failure> {
    grant::check_kind(right)?;
    access::visible_held(tx, actor, person).await?.check_active()?;
    let location = actor.locate(right.scope);
    grant::check_giver(&actor.rights, right, location.as_ref())?;
    grant::check_place(right, location.as_ref())?;
    let grant = Grant { id: env.ids.next(), right };
    if !store::grant::insert(tx, person, &grant, Some(actor.person), env.now()).await? {
        return Err(GrantError::Exists.into());
    }
    announce::note(tx, env, AuditEntry::of(What::GrantGiven, person).by(actor.person).with(describe(right))).await?;
    announce::changed(tx, env, person).await?;
    Ok(grant)
}

/// A right in words, for the record of access.
pub(super) fn describe(right: Right) -> String {
    let id = right.scope.id().map(|id| format!(" {id}")).unwrap_or_default();
    format!("{} {} {}{id}", right.role.code(), right.level.code(), right.scope.kind().code())
}
