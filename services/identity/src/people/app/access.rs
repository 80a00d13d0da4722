//! Who calls, whom they see and whom they administer.

use std::sync::Arc;

use chassis::{Failure, Tx};
use directory::{
    Snapshot,
    model::{Level, Rights, Scope},
};
use kernel::{AgencyId, PersonId};

use crate::{
    grants::{self, GrantError, Location},
    people::{
        domain::person::{Person, PersonError},
        store,
    },
};

/// Who acts, in the active role, and the places as they are known at that moment.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// The active role with its grants.
    pub rights: Rights,
    /// Places.
    pub directory: Arc<Snapshot>,
}

impl Actor {
    /// Where a scope lies, as far as is known.
    pub(crate) fn locate(&self, scope: Scope) -> Option<Location> {
        let place = self.directory.place(scope)?;
        let side = self.directory.side(&place)?;
        Some(Location { place, side, active: self.directory.is_active(scope) })
    }
}

/// The people that an actor's grants reach.
pub(crate) enum Reach {
    /// The operator's.
    Everybody,
    /// Those whom these agencies employ.
    Agencies(Vec<AgencyId>),
}

impl Reach {
    pub(crate) fn holds(&self, agency: Option<AgencyId>) -> bool {
        match self {
            Self::Everybody => true,
            Self::Agencies(own) => agency.is_some_and(|agency| own.contains(&agency)),
        }
    }
}

/// The agencies in which a caller has grants of at least `level`.
pub(crate) fn reach(actor: &Actor, level: Level) -> Reach {
    if actor.rights.is_operator() {
        return Reach::Everybody;
    }
    let places = actor.rights.holds(level).filter_map(|grant| actor.directory.place(grant.scope));
    Reach::Agencies(places.map(|place| place.agency).collect())
}

/// A person within the caller's agencies, by grants of at least `level`.
pub(crate) async fn visible(tx: &mut Tx, actor: &Actor, level: Level, id: PersonId) -> Result<Person, Failure> {
    let person = store::person::find(tx, id).await?.ok_or(PersonError::NotFound)?;
    if !reach(actor, level).holds(person.agency) {
        return Err(PersonError::NotFound.into());
    }
    Ok(person)
}

/// A person within the agencies where the caller is local administrator, held until the transaction ends.
pub(crate) async fn visible_held(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Person, Failure> {
    visible(tx, actor, Level::LocalAdministrator, id).await?;
    Ok(store::person::lock(tx, id).await?.ok_or(PersonError::NotFound)?)
}

/// A person whose record and account the caller may change, held until the transaction ends. Every right of that person
/// must lie within the caller's own scope: who resets a password can sign in with it, so administering somebody
/// with wider rights would be a way to get them.
pub(crate) async fn administered(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Person, Failure> {
    let person = visible_held(tx, actor, id).await?;
    for given in grants::of_person(tx, id).await? {
        grants::check_reach(&actor.rights, given.right, actor.locate(given.right.scope).as_ref())?;
    }
    Ok(person)
}

/// Passes if the caller administers (part of) an agency.
pub(crate) fn check_agency(actor: &Actor, agency: AgencyId) -> Result<(), Failure> {
    if reach(actor, Level::LocalAdministrator).holds(Some(agency)) {
        return Ok(());
    }
    Err(GrantError::OutOfScope.into())
}
