//! One change of a request, as far as it says who may notice it: what those who watch are told by.

use kernel::{AgencyId, DestinationId, PlacementRequestId, ProgramId};

use super::{Place, Role, Status, Viewer, visibility};

/// What happened to which request, and whose business it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub request: PlacementRequestId,
    pub school: AgencyId,
    pub program: ProgramId,
    /// Where it is received, with the unit that was chosen.
    pub place: Place,
    /// The unit that it was taken from, if any.
    pub left: Option<DestinationId>,
    /// Whether the school may notice it.
    pub for_school: bool,
    /// From which state; none at the beginning.
    pub from: Option<Status>,
    /// To which state.
    pub to: Status,
}

impl Viewer {
    /// Whether the viewer may notice that something has changed: what they see now, or saw before.
    #[must_use]
    pub fn notices(&self, change: &Change) -> bool {
        if self.role == Role::PlacingCoordinator && !change.for_school {
            return false;
        }
        let sees = |status: Status, place: Place| {
            visibility::seen(status, self.role).is_some() && self.reaches(change.school, change.program, place)
        };
        let before = Place { destination: change.left.or(change.place.destination), ..change.place };
        sees(change.to, change.place) || change.from.is_some_and(|from| sees(from, before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use directory::model::{self, Grant, Level, Scope};
    use uuid::Uuid;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn viewer(role: Role, scope: Scope) -> Viewer {
        Viewer {
            person: id(99),
            role,
            grants: vec![Grant { role: model::Role::DestinationMonitor, level: Level::Viewer, scope }],
        }
    }

    fn change(from: Status, to: Status, unit: Option<u128>) -> Change {
        let place = Place { agency: id(1), site: id(2), service: id(3), destination: unit.map(id) };
        Change {
            request: id(7),
            school: id(5),
            program: id(6),
            place,
            left: None,
            for_school: true,
            from: Some(from),
            to,
        }
    }

    #[test]
    fn a_school_does_not_notice_what_its_destination_answers() {
        let answered =
            Change { for_school: false, ..change(Status::Redirected, Status::DeclinedByDestination, Some(4)) };
        assert!(!viewer(Role::PlacingCoordinator, Scope::Agency(id(5))).notices(&answered));
        assert!(viewer(Role::ReceivingCoordinator, Scope::Service(id(3))).notices(&answered));
        assert!(viewer(Role::DestinationCoordinator, Scope::Destination(id(4))).notices(&answered));
        assert!(!viewer(Role::ReceivingCoordinator, Scope::Service(id(8))).notices(&answered));
    }

    #[test]
    fn nobody_notices_what_they_do_not_see() {
        let drafted = change(Status::Draft, Status::Draft, None);
        assert!(viewer(Role::PlacingCoordinator, Scope::Program(id(6))).notices(&drafted));
        assert!(!viewer(Role::ReceivingCoordinator, Scope::Agency(id(1))).notices(&drafted));
        let sent = change(Status::Draft, Status::Sent, None);
        assert!(viewer(Role::ReceivingCoordinator, Scope::Agency(id(1))).notices(&sent));
        assert!(!viewer(Role::DestinationCoordinator, Scope::Agency(id(1))).notices(&sent));
    }

    #[test]
    fn whoever_loses_sight_of_a_request_notices_that_much() {
        let moved = Change { left: Some(id(4)), ..change(Status::Redirected, Status::Redirected, Some(9)) };
        for unit in [4, 9] {
            assert!(viewer(Role::DestinationCoordinator, Scope::Destination(id(unit))).notices(&moved), "{unit}");
        }
        let deleted = change(Status::Sent, Status::Deleted, None);
        assert!(viewer(Role::ReceivingCoordinator, Scope::Site(id(2))).notices(&deleted));
    }
}
