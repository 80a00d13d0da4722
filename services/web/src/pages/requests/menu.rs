//! The entry in the menu: outbox or inbox.

use proto::identity::v1::Role;

use crate::shell::NavEntry;

pub(crate) const ENTRY: NavEntry = NavEntry {
    address: "/requests",
    label: title,
    roles: &[
        Role::PlacingCoordinator,
        Role::ReceivingCoordinator,
        Role::DestinationCoordinator,
        Role::DestinationMonitor,
    ],
};

/// The key of what the list is called for a role.
pub(crate) fn title(role: Role) -> &'static str {
    if role == Role::PlacingCoordinator { "nav-outbox" } else { "nav-inbox" }
}
