//! Whom a caller sees and administers.

use chassis::{Failure, Tx};
use kernel::{AgencyId, PersonId};

use crate::{
    domain::{
        actor::Actor,
        grant::GrantError,
        person::{Person, PersonError},
        place::Scope,
        role::Level,
    },
    store::{self, StoreError},
};

/// The people that an actor's grants reach.
pub(super) enum Reach {
    /// The operator's.
    Everybody,
    /// Those whom these agencies employ.
    Agencies(Vec<AgencyId>),
}

impl Reach {
    pub(super) fn holds(&self, agency: Option<AgencyId>) -> bool {
        match self {
            Self::Everybody => true,
            Self::Agencies(own) => agency.is_some_and(|agency| own.contains(&agency)),
        }
    }
}

/// The agencies in which a caller has grants of at least `level`.
pub(super) async fn reach(tx: &mut Tx, actor: &Actor, level: Level) -> Result<Reach, StoreError> {
    if actor.is_operator() {
        return Ok(Reach::Everybody);
    }
    let places = actor.scopes(level).filter_map(|scope| match scope {
        Scope::Province => None,
        Scope::Place(place) => Some(place.id),
    });
    Ok(Reach::Agencies(store::place::agencies_of(tx, &places.collect::<Vec<_>>()).await?))
}

/// A person within the caller's agencies, by grants of at least `level`.
pub(super) async fn visible(tx: &mut Tx, actor: &Actor, level: Level, id: PersonId) -> Result<Person, Failure> {
    let person = store::person::find(tx, id).await?.ok_or(PersonError::NotFound)?;
    if !reach(tx, actor, level).await?.holds(person.agency) {
        return Err(PersonError::NotFound.into());
    }
    Ok(person)
}

/// A person within the agencies where the caller is local administrator, held until the transaction ends.
pub(super) async fn visible_held(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Person, Failure> {
    visible(tx, actor, Level::LocalAdministrator, id).await?;
    Ok(store::person::lock(tx, id).await?.ok_or(PersonError::NotFound)?)
}

/// A person whose record and account the caller may change, held until the transaction ends. Every right of that person
/// must lie within the caller's own scope: who resets a password can sign in with it, so administering somebody
/// with wider rights would be a way to get them.
pub(super) async fn administered(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Person, Failure> {
    let person = visible_held(tx, actor, id).await?;
    for grant in store::grant::of_person(tx, id).await? {
        let lineage = match grant.right.scope {
            Scope::Province => None,
            Scope::Place(place) => store::place::lineage(tx, place).await?,
        };
        grant.right.check_reach(actor, lineage.as_ref())?;
    }
    Ok(person)
}

/// Passes if the caller administers (part of) an agency.
pub(super) async fn check_agency(tx: &mut Tx, actor: &Actor, agency: AgencyId) -> Result<(), Failure> {
    if reach(tx, actor, Level::LocalAdministrator).await?.holds(Some(agency)) {
        return Ok(());
    }
    Err(GrantError::OutOfScope.into())
}
