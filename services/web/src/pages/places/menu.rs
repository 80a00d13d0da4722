//! The entry in the menu.

use crate::shell::NavEntry;

pub(crate) const ENTRY: NavEntry = NavEntry { address: "/places", label: |_| "nav-places", roles: &[] };
