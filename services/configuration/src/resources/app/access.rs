//! Whose grants reach what (domain §4.4).

use chassis::Principal;
use directory::model::{Level, Place, Role};
use kernel::{AgencyId, ProgramId, SiteId};

use crate::{organisations::Destination, profiles::Standing, resources::app::refusal::Refusal};

/// The operator of the province may do everything; nobody else may do what is the operator's.
pub fn operator(who: &Principal) -> Result<(), Refusal> {
    allow(who.rights.is_operator())
}

/// Receiving coordinators keep the services and destinations of the sites that they administer.
pub fn keeper_of_site(who: &Principal, agency: AgencyId, site: SiteId) -> Result<(), Refusal> {
    keeper(who, Role::ReceivingCoordinator, &Place::of_site(agency, site))
}

/// Receiving coordinators keep what concerns all of an agency that they administer.
pub fn keeper_of_receiver(who: &Principal, agency: AgencyId) -> Result<(), Refusal> {
    keeper(who, Role::ReceivingCoordinator, &Place::of_agency(agency))
}

/// Placing coordinators keep the programs of the schools that they administer.
pub fn keeper_of_agency(who: &Principal, agency: AgencyId) -> Result<(), Refusal> {
    keeper(who, Role::PlacingCoordinator, &Place::of_agency(agency))
}

/// A program that is there, and its courses, may also be kept by who administers it alone.
pub fn keeper_of_program(who: &Principal, agency: AgencyId, program: ProgramId) -> Result<(), Refusal> {
    keeper(who, Role::PlacingCoordinator, &Place::of_program(agency, program))
}

/// Whether the caller answers for a destination as its coordinator.
pub fn answers_for(who: &Principal, agency: AgencyId, unit: &Destination) -> bool {
    let place = Place::of_destination(agency, unit.site_id, unit.service_ids.clone(), unit.id);
    who.rights.role == Role::DestinationCoordinator && who.rights.cover(Level::Regular, &place)
}

/// Those of the receiving side whose grants reach a place, at whatever level, and the operator.
pub fn works_at(who: &Principal, standing: &Standing) -> Result<(), Refusal> {
    let place = Place {
        services: standing.services.clone(),
        destination: standing.destination,
        ..Place::of_site(standing.agency, standing.site)
    };
    allow(who.rights.is_operator() || who.rights.cover(Level::Viewer, &place))
}

/// Local administrators of one role, and the operator, at what their grants cover.
fn keeper(who: &Principal, role: Role, place: &Place) -> Result<(), Refusal> {
    let administers = who.rights.role == role && who.rights.cover(Level::LocalAdministrator, place);
    allow(who.rights.is_operator() || administers)
}

fn allow(is_allowed: bool) -> Result<(), Refusal> {
    if is_allowed { Ok(()) } else { Err(Refusal::OutOfScope) }
}
