//! Facts about places, programs, codes and people, as the domain takes them for arguments: from the directory, hence without a
//! statement where all is remembered.

use std::collections::HashSet;

use chassis::{StoreError, Tx};
use directory::{
    Snapshot,
    model::{Closure, Place, Scope},
};
use jiff::civil::Date;
use kernel::{DateRange, DestinationId, ServiceId, SiteId};

use super::Context;
use crate::requests::domain::{
    Agent, Content, CourseFacts, DestinationFacts, PlacementDays, PlacementRequest, ProgramFacts, References,
    ServiceFacts, SiteFacts,
};

/// What is known of all that a request refers to.
pub(super) async fn references(
    tx: &mut Tx,
    cx: &Context,
    content: &Content,
    wish: Option<DestinationId>,
) -> Result<References, StoreError> {
    let known = cx.directory.snapshot();
    let program = known.program(content.program).and_then(|program| {
        let school = known.agency(program.agency)?;
        Some(ProgramFacts {
            school: school.id,
            is_user: program.is_user && school.is_user,
            active: program.active && school.active,
        })
    });
    Ok(References {
        program,
        course: known.course(content.course).map(|c| CourseFacts { program: c.program, active: c.active }),
        site: site(&known, content.site),
        service: service(&known, content.service),
        destination: match wish {
            Some(id) => destination(tx, cx, id, content.service).await?,
            None => None,
        },
        placement_type: known.placement_type(&content.placement_type).map(|kind| (kind.valid_from, kind.valid_to)),
    })
}

/// A site with its agency.
pub(super) fn site(known: &Snapshot, id: SiteId) -> Option<SiteFacts> {
    let site = known.site(id)?;
    let agency = known.agency(site.agency)?;
    Some(SiteFacts { agency: agency.id, is_user: agency.is_user, active: site.active && agency.active })
}

/// A service at a site.
pub(super) fn service(known: &Snapshot, id: ServiceId) -> Option<ServiceFacts> {
    known.service(id).map(|service| ServiceFacts {
        site: service.site,
        coordinator: service.coordinator,
        redirects_automatically: service.redirects_automatically,
        active: service.active,
    })
}

/// A unit seen from a service, with what decides whether it is a user (domain §4.6).
pub(super) async fn destination(
    tx: &mut Tx,
    cx: &Context,
    id: DestinationId,
    service: ServiceId,
) -> Result<Option<DestinationFacts>, StoreError> {
    let known = cx.directory.snapshot();
    let Some(unit) = known.destination(id) else { return Ok(None) };
    let agent = match unit.agent {
        Some(person) => {
            let is_reached = match cx.directory.person(&mut **tx, person).await? {
                Some(person) => known.is_user(id, Some(&person)),
                None => false,
            };
            Some(Agent { person, is_reached })
        }
        None => None,
    };
    let serves = unit.services.contains(&service);
    Ok(Some(DestinationFacts { id, site: unit.site, serves, active: unit.active, agent }))
}

/// The closures that can touch one of some requests: all are looked at once, not once for each.
pub(super) struct Closures<'a> {
    known: &'a Snapshot,
    near: Vec<&'a Closure>,
}

impl<'a> Closures<'a> {
    pub(super) fn near<'r>(known: &'a Snapshot, requests: impl Iterator<Item = &'r PlacementRequest>) -> Self {
        let places = |request: &PlacementRequest| {
            let unit = request.destination().map(DestinationId::uuid);
            [Some(request.receiving_agency.uuid()), Some(request.content.site.uuid()), unit]
        };
        let places: HashSet<_> = requests.flat_map(places).flatten().collect();
        Self { known, near: known.closures().filter(|closure| places.contains(&closure.place.uuid())).collect() }
    }

    /// The days of the first one that touches a request.
    pub(super) fn touching(&self, request: &PlacementRequest) -> Option<DateRange> {
        let days = request.content.days();
        let place = self.known.place(Scope::Site(request.content.site))?;
        let place = Place { destination: request.destination(), ..place };
        let touching =
            self.near.iter().filter(|closure| closure.touches(&place, days.dates) && days.touch(closure.days));
        touching.map(|closure| closure.days).min_by_key(|days| days.start())
    }
}

/// The days of the first closure that touches one of `days` at a site, its agency, or the unit if there is one (domain §5.6).
pub(super) fn closure(
    known: &Snapshot,
    site: SiteId,
    unit: Option<DestinationId>,
    days: PlacementDays,
) -> Option<DateRange> {
    let place = known.place(Scope::Site(site))?;
    let place = Place { destination: unit, ..place };
    let closures = known.closures_at(&place, days.dates);
    closures.into_iter().map(|closure| closure.days).find(|closed| days.touch(*closed))
}

/// The common release date of the term that a day is in.
pub(super) fn release_date(known: &Snapshot, day: Date) -> Option<Date> {
    known.term_at(day).and_then(|term| term.release_date)
}
