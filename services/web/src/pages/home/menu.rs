//! The entry in the menu.

use crate::shell::NavEntry;

pub(crate) const ENTRY: NavEntry = NavEntry { address: "/", label: |_| "nav-home", roles: &[] };
