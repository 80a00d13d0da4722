//! A right taken away.

use chassis::{Failure, Tx};
use kernel::{Env, GrantId, PersonId};

use crate::{
    audit::{AuditEntry, What},
    grants::{app::create_grant::describe, domain, store},
    people::{self, Actor, PersonError},
};

/// Takes a right away that the caller could have given. Tokens that carry it end within minutes.
///
/// # Errors
/// `NOT_FOUND` of person or grant, `GRANT_RESERVED`, `OUT_OF_SCOPE`.
pub async fn run(tx: &mut Tx, env: &Env, actor: &Actor, person: PersonId, id: GrantId) -> Result<(), Failure> {
    people::visible_held(tx, actor, person).await?;
    let grants = store::of_person(tx, person).await?;
    let right = grants.iter().find(|grant| grant.id == id).ok_or(PersonError::NotFound)?.right;
    domain::check_giver(&actor.rights, right, actor.locate(right.scope).as_ref())?;
    store::delete(tx, id).await?;
    people::note(tx, env, AuditEntry::of(What::GrantTaken, person).by(actor.person).with(describe(right))).await?;
    people::changed(tx, env, person).await?;
    Ok(())
}
