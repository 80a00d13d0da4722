//! Who acts, with the rights of the active role.

use kernel::PersonId;

use super::{
    place::{Lineage, Scope},
    role::{Level, Role},
};

/// The person who acts, in the active role: rights of other roles do not count at the same time, so that a coordinator who
/// also teaches never acts as both (domain §4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// The active role.
    pub role: Role,
    /// The grants of that role.
    pub grants: Vec<(Level, Scope)>,
}

impl Actor {
    /// Whether all of the province is open.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        self.role == Role::Operator && self.grants.iter().any(|(_, scope)| *scope == Scope::Province)
    }

    /// The scopes of the grants of at least this level.
    pub fn scopes(&self, level: Level) -> impl Iterator<Item = Scope> + '_ {
        self.grants.iter().filter(move |(own, _)| *own >= level).map(|(_, scope)| *scope)
    }

    /// Whether a grant of at least this level holds at a place.
    #[must_use]
    pub fn covers(&self, level: Level, lineage: &Lineage) -> bool {
        self.scopes(level).any(|scope| lineage.is_within(scope))
    }
}
