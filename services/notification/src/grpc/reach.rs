//! From a caller's grants to the places of the receiving side.

use chassis::Principal;
use directory::model::{Grant, Level, Scope};

use crate::domain::{Place, Reach};

/// Where the caller may look, and where act.
pub(super) fn of(who: &Principal) -> Reach {
    let places = |level| who.rights.holds(level).filter_map(place).collect();
    Reach { sees: places(Level::Viewer), acts: places(Level::Regular) }
}

fn place(grant: &Grant) -> Option<Place> {
    match grant.scope {
        Scope::Province => Some(Place::Province),
        Scope::Agency(agency) => Some(Place::Agency(agency)),
        Scope::Site(site) => Some(Place::Site(site)),
        Scope::Service(service) => Some(Place::Service(service)),
        Scope::Destination(destination) => Some(Place::Destination(destination)),
        // A program is of the placing side.
        Scope::Program(_) => None,
    }
}
