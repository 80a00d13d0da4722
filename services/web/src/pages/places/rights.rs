//! What a person is offered to change, from role, level and grants (domain §4.4). It decides what pages show; the services
//! decide what is done.

use kernel::ErrorKind;
use proto::{
    configuration::v1::{Closure, Destination, Site},
    identity::v1::{Level, Me, Role, ScopeKind},
};

use crate::shell::PageError;

/// The page for those who may look and not change.
pub(super) fn forbidden() -> PageError {
    PageError::own(ErrorKind::Forbidden, "places-not-yours")
}

/// The rights of whoever is signed in.
#[derive(Clone, Copy)]
pub(crate) struct Rights<'a>(pub(crate) &'a Me);

impl Rights<'_> {
    /// Whether all of a site is theirs to keep: its services, destinations and closures.
    pub(crate) fn keep_site(self, site: &Site) -> bool {
        self.operate()
            || self.administer(|kind, id| match kind {
                ScopeKind::Agency => id == site.agency_id,
                ScopeKind::Site => id == site.id,
                _ => false,
            })
    }

    /// Whether all of an agency is theirs to close.
    pub(crate) fn keep_agency(self, agency_id: &str) -> bool {
        self.operate() || self.administer(|kind, id| kind == ScopeKind::Agency && id == agency_id)
    }

    /// Whether they answer for a destination: its profile and closures are theirs.
    pub(crate) fn answer_for(self, destination: &Destination, site: &Site) -> bool {
        self.hold(Role::DestinationCoordinator, Level::Regular, |kind, id| match kind {
            ScopeKind::Province => true,
            ScopeKind::Agency => id == site.agency_id,
            ScopeKind::Site => id == site.id,
            ScopeKind::Service => destination.service_ids.iter().any(|service| service == id),
            ScopeKind::Destination => id == destination.id,
            ScopeKind::Program | ScopeKind::Unspecified => false,
        })
    }

    /// Whether they may change a destination's profile.
    pub(crate) fn edit(self, destination: &Destination, site: &Site) -> bool {
        self.keep_site(site) || self.answer_for(destination, site)
    }

    /// Whether they may change a closure that touches a site, and perhaps one destination of it.
    pub(crate) fn change(self, closure: &Closure, site: &Site, destination: Option<&Destination>) -> bool {
        if !closure.agency_id.is_empty() {
            return self.keep_agency(&closure.agency_id);
        }
        let own = destination.is_some_and(|d| d.id == closure.destination_id && self.answer_for(d, site));
        own || self.keep_site(site)
    }

    fn operate(self) -> bool {
        self.hold(Role::Operator, Level::Unspecified, |kind, _| kind == ScopeKind::Province)
    }

    fn administer(self, reaches: impl Fn(ScopeKind, &str) -> bool) -> bool {
        self.hold(Role::ReceivingCoordinator, Level::LocalAdministrator, |kind, id| {
            kind == ScopeKind::Province || reaches(kind, id)
        })
    }

    fn hold(self, role: Role, least: Level, reaches: impl Fn(ScopeKind, &str) -> bool) -> bool {
        let mut grants = self.0.grants.iter();
        self.0.active_role() == role && grants.any(|g| g.level >= least as i32 && reaches(g.scope_kind(), &g.scope_id))
    }
}

#[cfg(test)]
mod tests {
    use proto::identity::v1::Grant;

    use super::*;

    fn me(role: Role, level: Level, kind: ScopeKind, id: &str) -> Me {
        let grant = Grant {
            role: role.into(),
            level: level.into(),
            scope_kind: kind.into(),
            scope_id: id.into(),
            ..Grant::default()
        };
        Me { active_role: role.into(), grants: vec![grant], ..Me::default() }
    }

    fn site() -> Site {
        Site { id: "site".into(), agency_id: "agency".into(), ..Site::default() }
    }

    fn unit() -> Destination {
        Destination { id: "unit".into(), service_ids: vec!["service".into()], ..Destination::default() }
    }

    #[test]
    fn only_local_administrators_keep_a_site() {
        let coordinator = |level, kind, id| me(Role::ReceivingCoordinator, level, kind, id);
        assert!(Rights(&coordinator(Level::LocalAdministrator, ScopeKind::Agency, "agency")).keep_site(&site()));
        assert!(Rights(&coordinator(Level::LocalAdministrator, ScopeKind::Site, "site")).keep_site(&site()));
        assert!(!Rights(&coordinator(Level::LocalAdministrator, ScopeKind::Site, "other")).keep_site(&site()));
        assert!(!Rights(&coordinator(Level::Regular, ScopeKind::Agency, "agency")).keep_site(&site()));
        assert!(Rights(&me(Role::Operator, Level::Regular, ScopeKind::Province, "")).keep_site(&site()));
        let school = me(Role::PlacingCoordinator, Level::LocalAdministrator, ScopeKind::Agency, "agency");
        assert!(!Rights(&school).keep_site(&site()));
    }

    #[test]
    fn agents_edit_what_they_answer_for_and_nothing_else() {
        let agent = |kind, id| me(Role::DestinationCoordinator, Level::Regular, kind, id);
        assert!(Rights(&agent(ScopeKind::Destination, "unit")).edit(&unit(), &site()));
        assert!(Rights(&agent(ScopeKind::Service, "service")).edit(&unit(), &site()));
        assert!(!Rights(&agent(ScopeKind::Destination, "other")).edit(&unit(), &site()));
        assert!(!Rights(&agent(ScopeKind::Destination, "unit")).keep_site(&site()));
        let monitor = me(Role::DestinationMonitor, Level::Viewer, ScopeKind::Site, "site");
        assert!(!Rights(&monitor).edit(&unit(), &site()));
    }

    #[test]
    fn closures_belong_to_whoever_keeps_their_place() {
        let (of_site, of_unit) = (
            Closure { site_id: "site".into(), ..Closure::default() },
            Closure { destination_id: "unit".into(), ..Closure::default() },
        );
        let of_agency = Closure { agency_id: "agency".into(), ..Closure::default() };
        let agent = me(Role::DestinationCoordinator, Level::Regular, ScopeKind::Destination, "unit");
        let may = |me, closure| Rights(me).change(closure, &site(), Some(&unit()));
        assert!(may(&agent, &of_unit));
        assert!(!may(&agent, &of_site) && !may(&agent, &of_agency));
        let keeper = me(Role::ReceivingCoordinator, Level::LocalAdministrator, ScopeKind::Site, "site");
        assert!(may(&keeper, &of_site) && may(&keeper, &of_unit));
        assert!(!may(&keeper, &of_agency));
    }
}
