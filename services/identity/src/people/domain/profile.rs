//! All that is known of one person: what the event tells.

use directory::model::Role;

use crate::{accounts::Account, grants::Grant, people::domain::person::Person};

/// A person with account and grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The staff record.
    pub person: Person,
    /// The account, if there is one.
    pub account: Option<Account>,
    /// All grants.
    pub grants: Vec<Grant>,
}

impl Profile {
    /// The roles that could be active, in the order of the catalogue; the first is active after sign-in.
    #[must_use]
    pub fn roles(&self) -> Vec<Role> {
        let mut roles: Vec<_> = self.grants.iter().map(|grant| grant.right.role).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// The grants of one role.
    #[must_use]
    pub fn grants_of(&self, role: Role) -> Vec<Grant> {
        self.grants.iter().filter(|grant| grant.right.role == role).copied().collect()
    }
}
