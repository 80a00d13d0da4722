//! What a person is offered to change, from role, level and grants (domain §4.4). It decides what pages show; the services
//! decide what is done.

use directory::{
    model::{Level, Place, Rights as Granted, Role},
    wire,
};
use kernel::ErrorKind;
use proto::{
    configuration::v1::{Closure, Destination, Site},
    identity::v1::Me,
};
use uuid::Uuid;

use crate::shell::PageError;

/// The page for those who may look and not change.
pub(super) fn forbidden() -> PageError {
    PageError::own(ErrorKind::Forbidden, "places-not-yours")
}

/// The rights of whoever is signed in; none in a role that this version does not know.
pub(crate) struct Rights(Option<Granted>);

impl Rights {
    pub(crate) fn of(me: &Me) -> Self {
        let role = Role::try_from(me.active_role()).ok();
        Self(role.map(|role| Granted::of(role, me.grants.iter().filter_map(wire::grant))))
    }

    /// Whether all of a site is theirs to keep: its services, destinations and closures.
    pub(crate) fn keep_site(&self, site: &Site) -> bool {
        self.keep(place_of_site(site))
    }

    /// Whether all of an agency is theirs to close.
    pub(crate) fn keep_agency(&self, agency_id: &str) -> bool {
        self.keep(id(agency_id).map(|agency| Place::of_agency(agency.into())))
    }

    /// Whether they answer for a destination: its profile and closures are theirs.
    pub(crate) fn answer_for(&self, destination: &Destination, site: &Site) -> bool {
        self.hold(Role::DestinationCoordinator, Level::Regular, place_of_destination(destination, site).as_ref())
    }

    /// Whether they may change a destination's profile.
    pub(crate) fn edit(&self, destination: &Destination, site: &Site) -> bool {
        self.keep_site(site) || self.answer_for(destination, site)
    }

    /// Whether they may change a closure that touches a site, and perhaps one destination of it.
    pub(crate) fn change(&self, closure: &Closure, site: &Site, destination: Option<&Destination>) -> bool {
        if !closure.agency_id.is_empty() {
            return self.keep_agency(&closure.agency_id);
        }
        let own = destination.is_some_and(|d| d.id == closure.destination_id && self.answer_for(d, site));
        own || self.keep_site(site)
    }

    fn keep(&self, place: Option<Place>) -> bool {
        self.0.as_ref().is_some_and(Granted::is_operator)
            || self.hold(Role::ReceivingCoordinator, Level::LocalAdministrator, place.as_ref())
    }

    fn hold(&self, role: Role, least: Level, place: Option<&Place>) -> bool {
        let granted = self.0.as_ref().filter(|granted| granted.role == role);
        granted.zip(place).is_some_and(|(granted, place)| granted.cover(least, place))
    }
}

fn id(text: &str) -> Option<Uuid> {
    text.parse().ok()
}

fn place_of_site(site: &Site) -> Option<Place> {
    Some(Place::of_site(id(&site.agency_id)?.into(), id(&site.id)?.into()))
}

fn place_of_destination(destination: &Destination, site: &Site) -> Option<Place> {
    let services = destination.service_ids.iter().filter_map(|service| id(service)).map(Into::into).collect();
    let (agency, site) = (id(&site.agency_id)?, id(&site.id)?);
    Some(Place::of_destination(agency.into(), site.into(), services, id(&destination.id)?.into()))
}

#[cfg(test)]
mod tests {
    use proto::identity::v1::{Grant, Level, Role, ScopeKind};

    use super::*;

    const AGENCY: &str = "00000000-0000-0000-0000-000000000001";
    const SITE: &str = "00000000-0000-0000-0000-000000000002";
    const SERVICE: &str = "00000000-0000-0000-0000-000000000003";
    const UNIT: &str = "00000000-0000-0000-0000-000000000004";
    const OTHER: &str = "00000000-0000-0000-0000-000000000009";

    fn rights(role: Role, level: Level, kind: ScopeKind, id: &str) -> Rights {
        let grant = Grant {
            role: role.into(),
            level: level.into(),
            scope_kind: kind.into(),
            scope_id: id.into(),
            ..Grant::default()
        };
        Rights::of(&Me { active_role: role.into(), grants: vec![grant], ..Me::default() })
    }

    fn site() -> Site {
        Site { id: SITE.into(), agency_id: AGENCY.into(), ..Site::default() }
    }

    fn unit() -> Destination {
        Destination { id: UNIT.into(), service_ids: vec![SERVICE.into()], ..Destination::default() }
    }

    #[test]
    fn only_local_administrators_keep_a_site() {
        let coordinator = |level, kind, id| rights(Role::ReceivingCoordinator, level, kind, id);
        assert!(coordinator(Level::LocalAdministrator, ScopeKind::Agency, AGENCY).keep_site(&site()));
        assert!(coordinator(Level::LocalAdministrator, ScopeKind::Site, SITE).keep_site(&site()));
        assert!(!coordinator(Level::LocalAdministrator, ScopeKind::Site, OTHER).keep_site(&site()));
        assert!(!coordinator(Level::Regular, ScopeKind::Agency, AGENCY).keep_site(&site()));
        assert!(rights(Role::Operator, Level::Regular, ScopeKind::Province, "").keep_site(&site()));
        let school = rights(Role::PlacingCoordinator, Level::LocalAdministrator, ScopeKind::Agency, AGENCY);
        assert!(!school.keep_site(&site()));
    }

    #[test]
    fn agents_edit_what_they_answer_for_and_nothing_else() {
        let agent = |kind, id| rights(Role::DestinationCoordinator, Level::Regular, kind, id);
        assert!(agent(ScopeKind::Destination, UNIT).edit(&unit(), &site()));
        assert!(agent(ScopeKind::Service, SERVICE).edit(&unit(), &site()));
        assert!(!agent(ScopeKind::Destination, OTHER).edit(&unit(), &site()));
        assert!(!agent(ScopeKind::Destination, UNIT).keep_site(&site()));
        assert!(!rights(Role::DestinationMonitor, Level::Viewer, ScopeKind::Site, SITE).edit(&unit(), &site()));
    }

    #[test]
    fn closures_belong_to_whoever_keeps_their_place() {
        let of_site = Closure { site_id: SITE.into(), ..Closure::default() };
        let of_unit = Closure { destination_id: UNIT.into(), ..Closure::default() };
        let of_agency = Closure { agency_id: AGENCY.into(), ..Closure::default() };
        let may = |rights: &Rights, closure| rights.change(closure, &site(), Some(&unit()));
        let agent = rights(Role::DestinationCoordinator, Level::Regular, ScopeKind::Destination, UNIT);
        assert!(may(&agent, &of_unit));
        assert!(!may(&agent, &of_site) && !may(&agent, &of_agency));
        let keeper = rights(Role::ReceivingCoordinator, Level::LocalAdministrator, ScopeKind::Site, SITE);
        assert!(may(&keeper, &of_site) && may(&keeper, &of_unit));
        assert!(!may(&keeper, &of_agency));
    }
}
