//! The entry in the menu.

use proto::identity::v1::Role;

use crate::shell::NavEntry;

pub(crate) const ENTRY: NavEntry = NavEntry {
    address: "/requests/new",
    label: |_| "nav-new-request",
    roles: &[Role::PlacingCoordinator, Role::ReceivingCoordinator],
};
