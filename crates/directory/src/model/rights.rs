//! What a person may do, and where.

use super::{Level, Place, Reach, Role, Scope};

/// One right: a role, its level and where it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    /// What the person is.
    pub role: Role,
    /// How far the role reaches.
    pub level: Level,
    /// Where.
    pub scope: Scope,
}

/// The active role with its grants. Those of other roles do not count at the same time, so that a coordinator who also
/// teaches never acts as both (domain §4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// The active role.
    pub role: Role,
    /// Its grants.
    pub grants: Vec<Grant>,
}

impl Rights {
    /// Those among a person's grants that are of the active role.
    #[must_use]
    pub fn of(role: Role, grants: impl IntoIterator<Item = Grant>) -> Self {
        Self { role, grants: grants.into_iter().filter(|grant| grant.role == role).collect() }
    }

    /// The grants of at least this level.
    pub fn holds(&self, least: Level) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.level >= least)
    }

    /// Where grants of at least this level hold.
    #[must_use]
    pub fn reach(&self, least: Level) -> Reach {
        self.holds(least).map(|grant| grant.scope).collect()
    }

    /// Whether a grant of at least this level covers a place.
    #[must_use]
    pub fn cover(&self, least: Level, place: &Place) -> bool {
        self.holds(least).any(|grant| grant.scope.covers(place))
    }

    /// Whether all of the province is open: the operator's staff.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        self.role == Role::Operator && self.grants.iter().any(|grant| grant.scope == Scope::Province)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_grant_that_only_looks_does_not_act_beside_one_that_writes_elsewhere() {
        let id = Uuid::from_u128;
        let grant =
            |level, site: u128| Grant { role: Role::ReceivingCoordinator, level, scope: Scope::Site(id(site).into()) };
        let other = Grant { role: Role::Operator, level: Level::LocalAdministrator, scope: Scope::Province };
        let grants = [grant(Level::Viewer, 1), grant(Level::Regular, 2), other];
        let rights = Rights::of(Role::ReceivingCoordinator, grants);
        let at = |site: u128| Place::of_site(id(9).into(), id(site).into());
        assert!(rights.cover(Level::Viewer, &at(1)) && !rights.cover(Level::Regular, &at(1)));
        assert!(rights.cover(Level::Regular, &at(2)) && !rights.cover(Level::LocalAdministrator, &at(2)));
        assert!(!rights.cover(Level::Viewer, &at(3)), "the grant of another role does not count");
        assert!(!rights.is_operator() && Rights::of(Role::Operator, grants).is_operator());
    }
}
