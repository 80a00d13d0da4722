//! The principal of the token as the domain's viewer.

use chassis::Principal;
use directory::model;

use super::domain::{Role, Viewer};

/// The caller with the grants of the active role.
pub(crate) fn viewer(who: &Principal) -> Viewer {
    let role = match who.rights.role {
        model::Role::ReceivingCoordinator => Role::ReceivingCoordinator,
        model::Role::DestinationCoordinator => Role::DestinationCoordinator,
        model::Role::PlacingCoordinator => Role::PlacingCoordinator,
        // No other role is admitted to requests; whoever came here all the same only looks.
        _ => Role::DestinationMonitor,
    };
    Viewer { person: who.person, role, grants: who.rights.grants.clone() }
}
