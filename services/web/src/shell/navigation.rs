//! The menu: each page that has an entry in it declares the entry beside itself.

use proto::identity::v1::Role;

/// An entry of the menu.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NavEntry {
    pub(crate) address: &'static str,
    /// The key of what it is called for a role.
    pub(crate) label: fn(Role) -> &'static str,
    /// The roles that have anything to do there, which is all where none is named. Whether they may is for the services to say.
    pub(crate) roles: &'static [Role],
}

impl NavEntry {
    pub(crate) fn is_open_to(&self, role: Role) -> bool {
        self.roles.is_empty() || self.roles.contains(&role)
    }
}
