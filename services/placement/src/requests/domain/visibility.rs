//! Which states each side may see (domain §7.3). The stored state never leaves the service towards people.

use super::{Delivery, Role, Status};

/// The stored state as a role may see it; nothing where the request does not exist for the role.
#[must_use]
pub const fn seen(status: Status, role: Role) -> Option<Status> {
    match (role, status) {
        (Role::System, _) => Some(status),
        (_, Status::Deleted) => None,
        // Internal until the agency has ratified it.
        (Role::PlacingCoordinator, Status::AcceptedByDestination | Status::DeclinedByDestination) => {
            Some(Status::Redirected)
        }
        (Role::PlacingCoordinator, _) => Some(status),
        (_, Status::Draft | Status::Held | Status::SentOffline) => None,
        (Role::ReceivingCoordinator, _) => Some(status),
        (Role::DestinationCoordinator | Role::DestinationMonitor, Status::Sent) => None,
        (Role::DestinationCoordinator | Role::DestinationMonitor, _) => Some(status),
    }
}

/// The states that look like another one to a role: the request waits for it as it waited before.
#[must_use]
pub fn hidden(role: Role) -> Vec<Status> {
    let looks_otherwise = |status: &Status| seen(*status, role).is_some_and(|looks| looks != *status);
    Status::ALL.iter().copied().filter(looks_otherwise).collect()
}

/// The stored states that may look like one of `wanted` to a role; all that it sees where nothing is wanted. Which of the
/// hidden ones do, says [`asked`].
#[must_use]
pub fn stored(wanted: &[Status], role: Role) -> Vec<Status> {
    let hidden = hidden(role);
    let may_look_wanted = |status: Status| {
        let looks = seen(status, role);
        let any =
            if hidden.contains(&status) { wanted.iter().any(|wanted| Delivery::of(*wanted).is_some()) } else { false };
        looks.is_some_and(|looks| wanted.is_empty() || any || wanted.contains(&looks))
    };
    Status::ALL.iter().copied().filter(|status| may_look_wanted(*status)).collect()
}

/// The states among `wanted` in which a unit is asked; all of these where nothing is wanted.
#[must_use]
pub fn asked(wanted: &[Status]) -> Vec<Status> {
    let asked = |status: &Status| Delivery::of(*status).is_some() && (wanted.is_empty() || wanted.contains(status));
    Status::ALL.iter().copied().filter(asked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_filters_by_what_it_sees() {
        assert_eq!(
            stored(&[Status::Redirected], Role::PlacingCoordinator),
            [Status::Redirected, Status::AcceptedByDestination, Status::DeclinedByDestination]
        );
        assert_eq!(stored(&[Status::DeclinedByDestination], Role::PlacingCoordinator), []);
        assert_eq!(asked(&[Status::Sent, Status::RedirectedOffline]), [Status::RedirectedOffline]);
        assert_eq!(asked(&[]).len(), 3);
        assert_eq!(stored(&[Status::Redirected], Role::ReceivingCoordinator), [Status::Redirected]);
        let answers = [Status::AcceptedByDestination, Status::DeclinedByDestination];
        assert_eq!(hidden(Role::PlacingCoordinator), answers);
        assert_eq!(hidden(Role::ReceivingCoordinator), []);
    }

    #[test]
    fn a_unit_sees_nothing_before_it_is_asked() {
        let all = stored(&[], Role::DestinationCoordinator);
        assert!(!all.contains(&Status::Sent) && !all.contains(&Status::Draft) && !all.contains(&Status::Deleted));
        assert!(all.contains(&Status::Redirected) && all.contains(&Status::Cancelled));
    }
}
