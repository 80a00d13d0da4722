//! The entry in the menu.

use proto::identity::v1::Role;

use crate::shell::NavEntry;

pub(crate) const ENTRY: NavEntry = NavEntry {
    address: "/reports",
    label: |_| "nav-reports",
    roles: &[Role::PlacingCoordinator, Role::ReceivingCoordinator, Role::DestinationCoordinator],
};
