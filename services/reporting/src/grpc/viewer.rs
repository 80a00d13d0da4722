//! From the caller's token to who looks, and how far.

use chassis::Principal;
use directory::model::{Role, Scope};

use crate::domain::viewer::{OutOfScope, Reach, Side, Viewer};

/// Who looks: the side of the active role, and the places of its grants that mean something on that side.
///
/// # Errors
/// If the role has no side; the gate admits none of these.
pub fn viewer(who: &Principal) -> Result<Viewer, OutOfScope> {
    let side = match who.rights.role {
        Role::PlacingCoordinator => Side::School,
        Role::ReceivingCoordinator => Side::Coordinator,
        Role::DestinationCoordinator => Side::Destination,
        _ => return Err(OutOfScope),
    };
    let mut reach = Reach::default();
    for grant in &who.rights.grants {
        match (side, grant.scope) {
            (Side::School, Scope::Agency(id)) => reach.placing_agencies.push(id),
            (Side::School, Scope::Program(id)) => reach.programs.push(id),
            (Side::Coordinator | Side::Destination, Scope::Agency(id)) => reach.receiving_agencies.push(id),
            (Side::Coordinator | Side::Destination, Scope::Site(id)) => reach.sites.push(id),
            (Side::Coordinator | Side::Destination, Scope::Service(id)) => reach.services.push(id),
            (Side::Destination, Scope::Destination(id)) => reach.destinations.push(id),
            _ => {}
        }
    }
    Ok(Viewer { side, reach })
}
