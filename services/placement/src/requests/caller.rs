//! The principal of the token as the domain's viewer.

use chassis::Principal;
use directory::model::{Level, Role, Scope};

use super::domain;

/// The caller with the grants of the active role. A grant on the province covers no request: it is for those who see counts.
pub(crate) fn viewer(who: &Principal) -> domain::Viewer {
    let role = match who.rights.role {
        Role::ReceivingCoordinator => domain::Role::ReceivingCoordinator,
        Role::DestinationCoordinator => domain::Role::DestinationCoordinator,
        Role::PlacingCoordinator => domain::Role::PlacingCoordinator,
        // No other role is admitted to requests; whoever came here all the same only looks.
        _ => domain::Role::DestinationMonitor,
    };
    let grants = who.rights.holds(Level::Viewer).filter_map(|grant| {
        let scope = match grant.scope {
            Scope::Province => return None,
            Scope::Agency(id) => domain::Scope::Agency(id),
            Scope::Site(id) => domain::Scope::Site(id),
            Scope::Service(id) => domain::Scope::Service(id),
            Scope::Destination(id) => domain::Scope::Destination(id),
            Scope::Program(id) => domain::Scope::Program(id),
        };
        Some(domain::Grant { writes: grant.level >= Level::Regular, scope })
    });
    domain::Viewer { person: who.person, role, grants: grants.collect() }
}
