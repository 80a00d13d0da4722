//! The entry in the menu.

use proto::identity::v1::Role;

use crate::shell::NavEntry;

pub(crate) const ENTRY: NavEntry = NavEntry {
    address: "/occupancy",
    label: |_| "nav-occupancy",
    roles: &[
        Role::PlacingCoordinator,
        Role::ReceivingCoordinator,
        Role::DestinationCoordinator,
        Role::DestinationMonitor,
        Role::ProvincialLead,
    ],
};
