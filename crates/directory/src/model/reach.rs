//! How far rights reach, for single things and for lists alike.

use uuid::Uuid;

use super::{Place, Scope, ScopeKind};

/// The scopes of some grants. One thing is compared by [`Reach::covers`], a list by a condition of its statement on
/// [`Reach::is_province`] and [`Reach::ids`], so that a list shows what may be opened, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach(Vec<Scope>);

impl Reach {
    /// The scopes.
    #[must_use]
    pub fn scopes(&self) -> &[Scope] {
        &self.0
    }

    /// Without the scopes of other kinds: for roles whose rights mean nothing there.
    #[must_use]
    pub fn only(mut self, kinds: &[ScopeKind]) -> Self {
        self.0.retain(|scope| kinds.contains(&scope.kind()));
        self
    }

    /// Whether it holds nowhere at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all of the province is in reach.
    #[must_use]
    pub fn is_province(&self) -> bool {
        self.0.contains(&Scope::Province)
    }

    /// Whether one of the scopes covers a place.
    #[must_use]
    pub fn covers(&self, place: &Place) -> bool {
        self.0.iter().any(|scope| scope.covers(place))
    }

    /// The ids of a kind, for SQL; none for the province.
    #[must_use]
    pub fn ids(&self, kind: ScopeKind) -> Vec<Uuid> {
        self.0.iter().filter(|scope| scope.kind() == kind).filter_map(|scope| scope.id()).collect()
    }
}

impl FromIterator<Scope> for Reach {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    #[test]
    fn kinds_that_mean_nothing_to_a_role_are_left_out_for_one_thing_and_for_lists() {
        let scopes = [Scope::Agency(id(1)), Scope::Destination(id(5)), Scope::Program(id(7))];
        let reach: Reach = scopes.into_iter().collect();
        let only = reach.only(&[ScopeKind::Agency, ScopeKind::Program]);
        assert_eq!(only.scopes(), [Scope::Agency(id(1)), Scope::Program(id(7))]);
        assert!(!only.covers(&Place::of_destination(id(2), id(3), vec![], id(5))));
        assert!(only.ids(ScopeKind::Destination).is_empty() && !only.is_province() && !only.is_empty());
    }
}
