//! Rights given, listed and taken away.

use chassis::{Failure, StoreError, Tx, UseCase};
use directory::model::{Grant as Right, Level};
use jiff::Timestamp;
use kernel::{Env, GrantId, PersonId};

use crate::{
    advisory::{self, Alone},
    audit::{AuditEntry, What},
    grants::{
        domain::{self, Grant, GrantError},
        store,
    },
    people::{self, Actor, PersonError},
};

/// Gives a person a role at a place within the caller's own scope (domain §4.4).
#[derive(Clone, Debug)]
pub struct CreateGrant {
    pub actor: Actor,
    pub person: PersonId,
    pub right: Right,
}

impl UseCase for CreateGrant {
    type Context = Env;
    type Output = Grant;
    type Error = Failure;

    /// `NOT_FOUND`, `PERSON_ARCHIVED`, and those of [`GrantError`].
    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Grant, Failure> {
        let Self { actor, person, right } = self;
        let (person, right) = (*person, *right);
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
}

/// All grants of a person in an agency that the caller administers, the oldest first.
#[derive(Clone, Debug)]
pub struct ListGrants {
    pub actor: Actor,
    pub person: PersonId,
}

impl UseCase for ListGrants {
    type Context = Env;
    type Output = Vec<Grant>;
    type Error = Failure;

    /// `NOT_FOUND`.
    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<Vec<Grant>, Failure> {
        people::visible(tx, &self.actor, Level::LocalAdministrator, self.person).await?;
        Ok(store::of_person(tx, self.person).await?)
    }
}

/// Takes a right away that the caller could have given. Tokens that carry it end within minutes.
#[derive(Clone, Debug)]
pub struct DeleteGrant {
    pub actor: Actor,
    pub person: PersonId,
    pub grant: GrantId,
}

impl UseCase for DeleteGrant {
    type Context = Env;
    type Output = ();
    type Error = Failure;

    /// `NOT_FOUND` of person or grant, `GRANT_RESERVED`, `OUT_OF_SCOPE`.
    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<(), Failure> {
        let Self { actor, person, grant } = self;
        let person = *person;
        people::visible_held(tx, actor, person).await?;
        let grants = store::of_person(tx, person).await?;
        let right = grants.iter().find(|one| one.id == *grant).ok_or(PersonError::NotFound)?.right;
        domain::check_giver(&actor.rights, right, actor.locate(right.scope).as_ref())?;
        store::delete(tx, *grant).await?;
        people::note(tx, env, AuditEntry::of(What::GrantTaken, person).by(actor.person).with(describe(right))).await?;
        people::changed(tx, env, person).await?;
        Ok(())
    }
}

/// Whether nobody else is left who can sign in as operator. Until the transaction ends, no other one is taken from them.
pub(crate) async fn is_last_operator(
    tx: &mut Tx,
    person: PersonId,
    invited_after: Timestamp,
) -> Result<bool, StoreError> {
    if !store::usable_operators(tx, invited_after).await?.contains(&person) {
        return Ok(false);
    }
    // Two replicas that each disable one of the last two would leave nobody.
    advisory::lock(tx, Alone::Operators).await?;
    Ok(store::usable_operators(tx, invited_after).await? == [person])
}

/// A right in words, for the record of access.
fn describe(right: Right) -> String {
    let id = right.scope.id().map(|id| format!(" {id}")).unwrap_or_default();
    format!("{} {} {}{id}", right.role.code(), right.level.code(), right.scope.kind().code())
}
