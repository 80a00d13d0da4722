//! Whose grants reach what (domain §4.4).

use chassis::{Principal, Scope};
use kernel::{AgencyId, ProgramId, SiteId};
use proto::identity::v1::{Level, Role};

use super::Refusal;
use crate::domain::{Destination, profile_history::Standing};

/// The operator of the province may do everything; nobody else may do what is the operator's.
pub fn operator(who: &Principal) -> Result<(), Refusal> {
    allow(is_operator(who))
}

/// Receiving coordinators keep the services and destinations of the sites that they administer.
pub fn keeper_of_site(who: &Principal, agency: AgencyId, site: SiteId) -> Result<(), Refusal> {
    allow(is_operator(who) || administers(who, Role::ReceivingCoordinator, &[Scope::Agency(agency), Scope::Site(site)]))
}

/// Receiving coordinators keep what concerns all of an agency that they administer.
pub fn keeper_of_receiver(who: &Principal, agency: AgencyId) -> Result<(), Refusal> {
    allow(is_operator(who) || administers(who, Role::ReceivingCoordinator, &[Scope::Agency(agency)]))
}

/// Placing coordinators keep the programs of the schools that they administer.
pub fn keeper_of_agency(who: &Principal, agency: AgencyId) -> Result<(), Refusal> {
    allow(is_operator(who) || administers(who, Role::PlacingCoordinator, &[Scope::Agency(agency)]))
}

/// A program that is there, and its courses, may also be kept by who administers it alone.
pub fn keeper_of_program(who: &Principal, agency: AgencyId, program: ProgramId) -> Result<(), Refusal> {
    let scopes = [Scope::Agency(agency), Scope::Program(program)];
    allow(is_operator(who) || administers(who, Role::PlacingCoordinator, &scopes))
}

/// Whether the caller answers for a destination as its coordinator.
pub fn answers_for(who: &Principal, agency: AgencyId, destination: &Destination) -> bool {
    who.role == Role::DestinationCoordinator
        && who.holds(Level::Regular).any(|grant| match grant.scope {
            Scope::Province => true,
            Scope::Agency(id) => id == agency,
            Scope::Site(id) => id == destination.site_id,
            Scope::Service(id) => destination.service_ids.contains(&id),
            Scope::Destination(id) => id == destination.id,
            Scope::Program(_) => false,
        })
}

/// Those of the receiving side whose grants reach a place, at whatever level, and the operator.
pub fn works_at(who: &Principal, place: &Standing) -> Result<(), Refusal> {
    let reaches = who.grants.iter().any(|grant| match grant.scope {
        Scope::Province => true,
        Scope::Agency(id) => id == place.agency,
        Scope::Site(id) => id == place.site,
        Scope::Service(id) => place.services.contains(&id),
        Scope::Destination(id) => Some(id) == place.destination,
        Scope::Program(_) => false,
    });
    allow(is_operator(who) || reaches)
}

fn allow(is_allowed: bool) -> Result<(), Refusal> {
    if is_allowed { Ok(()) } else { Err(Refusal::OutOfScope) }
}

fn is_operator(who: &Principal) -> bool {
    who.role == Role::Operator && who.grants.iter().any(|grant| grant.scope == Scope::Province)
}

fn administers(who: &Principal, role: Role, scopes: &[Scope]) -> bool {
    let mut grants = who.holds(Level::LocalAdministrator);
    who.role == role && grants.any(|grant| grant.scope == Scope::Province || scopes.contains(&grant.scope))
}
