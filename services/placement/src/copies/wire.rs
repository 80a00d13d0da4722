//! Events of configuration and identity, as far as placement keeps them.

use std::str::FromStr;

use kernel::{Fields, Invalid};
use proto::{
    Event,
    configuration::v1::{
        AgencyChanged, ClosureChanged, CourseChanged, DestinationChanged, PlacementTypeChanged, ProgramChanged,
        ReasonChanged, ReasonUse as UseCode, ServiceChanged, SiteChanged, TermChanged,
    },
    identity::v1::{AccountState, Grant, Level, PersonChanged, Role, ScopeKind},
    text::v1::LocalizedText,
};

use super::domain::{
    Agency, Closure, Copy, Course, Destination, Person, PlacementType, Program, Reason, Service, Site, Term,
};
use crate::requests::{CardLines, ReasonUse, Scope, Text};

/// An event that holds the whole of an aggregate, of which a copy is kept.
pub trait ToCopy: Event {
    /// What is kept.
    ///
    /// # Errors
    /// If the event cannot be what its owner promises.
    fn to_copy(&self) -> Result<Copy, Invalid>;
}

impl ToCopy for AgencyChanged {
    fn to_copy(&self) -> Result<Copy, Invalid> {
        let agency = present(&self.agency, "agency")?;
        let mut fields = Fields::default();
        let id = fields.id("agency.id", &agency.id);
        fields.finish(|| {
            Some(Copy::Agency(Agency {
                id: id?,
                name: agency.name.clone(),
                is_user: agency.user,
                active: agency.active,
            }))
        })
    }
}

impl ToCopy for SiteChanged {
    fn to_copy(&self) -> Result<Copy, Invalid> {
        let site = present(&self.site, "site")?;
        let mut fields = Fields::default();
        let (id, agency) = (fields.id("site.id", &site.id), fields.id("site.agency_id", &site.agency_id));
        fields.finish(|| {
            Some(Copy::Site(Site { id: id?, agency: agency?, name: site.name.clone(), active: site.active }))
        })
    }
}

impl ToCopy for ServiceChanged {
    fn to_copy(&self) -> Result<Copy, Invalid> {
        let service = present(&self.service, "service")?;
        let mut fields = Fields::default();
        let (id, site) = (fields.id("service.id", &service.id), fields.id("service.site_id", &service.site_id));
        let coordinator = fields.optional_id("service.receiving_coordinator_id", &service.receiving_coordinator_id);
        fields.finish(|| {
            Some(Copy::Service(Service {
                id: id?,
                site: site?,
                name: text(&service.name),
                coordinator: coordinator?,
                redirects_automatically: service.automatic_redirect,
                active: service.active,
            }))
        })
    }
}

impl ToCopy for DestinationChanged {
    fn to_copy(&self) -> Result<Copy, Invalid> {
        let destination = present(&self.destination, "destination")?;
        let mut fields = Fields::default();
        let id = fields.id("destination.id", &destination.id);
        let site = fields.id("destination.site_id", &destination.site_id);
        let agent = fields.optional_id("destination.agent_id", &destination.agent_id);
        let services: Option<Vec<_>> =
            destination.service_ids.iter().map(|id| fields.id("destination.service_ids", id)).collect();
        fields.finish(|| {
            Some(Copy::Destination(Destination {
                id: id?,
                site: site?,
                services: services?,
                name: destination.name.clone(),
                agent: agent?,
                capacity: destination.capacity.max(0),
                group_size: destination.maximum_group_size.max(0),
                active: destination.active,
            }))
        })
    }
}

/// What is kept of a closure.
///
/// # Errors
/// If the event cannot be what its owner promises.
pub fn closure(event: &ClosureChanged) -> Result<Closure, Invalid> {
    let closure = present(&event.closure, "closure")?;
    let mut fields = Fields::default();
    let id = fields.id("closure.id", &closure.id);
    // Exactly one of the three is named; which of them it is does not matter here.
    let place = [&closure.agency_id, &closure.site_id, &closure.destination_id].into_iter().find(|id| !id.is_empty());
    let place = fields.id("closure.destination_id", place.map_or("", String::as_str));
    let days = fields.dates(("closure.start_date", &closure.start_date), ("closure.end_date", &closure.end_date));
    fields.finish(|| Some(Closure { id: id?, place: place?, days: days?, active: closure.active }))
}

impl ToCopy for ProgramChanged {
    fn to_copy(&self) -> Result<Copy, Invalid> {
        let program = present(&self.program, "program")?;
        let mut fields = Fields::default();
        let (id, agency) = (fields.id("program.id", &program.id), fields.id("program.agency_id", &program.agency_id));
        fields.finish(|| {
            Some(Copy::Program(Program {
                id: id?,
                agency: agency?,
                name: text(&program.name),
                is_user: program.user,
                active: program.active,
            }))
        })
    }
}

impl ToCopy for CourseChanged {
    fn to_copy(&self) -> Result<Copy, Invalid> {
        let course = present(&self.course, "course")?;
        let mut fields = Fields::default();
        let (id, program) = (fields.id("course.id", &course.id), fields.id("course.program_id", &course.program_id));
        fields.finish(|| {
            Some(Copy::Course(Course { id: id?, program: program?, code: course.code.clone(), active: course.active }))
        })
    }
}

impl ToCopy for TermChanged {
    fn to_copy(&self) -> Result<Copy, Invalid> {
        let term = present(&self.term, "term")?;
        let mut fields = Fields::default();
        let id = fields.id("term.id", &term.id);
        let dates = fields.dates(("term.start_date", &term.start_date), ("term.end_date", &term.end_date));
        let release_date = fields.optional_date("term.release_date", &term.release_date);
        fields.finish(|| {
            let dates = dates?;
            Some(Copy::Term(Term {
                id: id?,
                start: dates.start(),
                end: dates.end(),
                release_date: release_date?,
                active: term.active,
            }))
        })
    }
}

impl ToCopy for PlacementTypeChanged {
    fn to_copy(&self) -> Result<Copy, Invalid> {
        let kind = present(&self.placement_type, "placement_type")?;
        let mut fields = Fields::default();
        let valid_from = fields.date("placement_type.valid_from", &kind.valid_from);
        let valid_to = fields.optional_date("placement_type.valid_to", &kind.valid_to);
        fields.finish(|| {
            Some(Copy::PlacementType(PlacementType {
                code: kind.code.clone(),
                valid_from: valid_from?,
                valid_to: valid_to?,
            }))
        })
    }
}

impl ToCopy for ReasonChanged {
    fn to_copy(&self) -> Result<Copy, Invalid> {
        let reason = present(&self.reason, "reason")?;
        // A use that a newer configuration knows and we do not is none of ours.
        let uses = reason.uses().filter_map(|used_for| match used_for {
            UseCode::Accept => Some(ReasonUse::Accept),
            UseCode::Decline => Some(ReasonUse::Decline),
            UseCode::Cancel => Some(ReasonUse::Cancel),
            UseCode::Unspecified => None,
        });
        Ok(Copy::Reason(Reason { code: reason.code.clone(), uses: uses.collect(), active: reason.active }))
    }
}

impl ToCopy for PersonChanged {
    fn to_copy(&self) -> Result<Copy, Invalid> {
        let mut fields = Fields::default();
        let id = fields.id("person_id", &self.person_id);
        fields.finish(|| {
            Some(Copy::Person(Person {
                id: id?,
                name: full_name(&self.first_name, &self.last_name),
                card: if self.active { card_lines(self) } else { CardLines::default() },
                active: self.active,
                account_active: self.active && self.account_state() == AccountState::Active,
                alerts_accepted: self.alerts_accepted,
                answers_for: self.grants.iter().filter_map(answers_for).collect(),
            }))
        })
    }
}

fn present<'a, T>(part: &'a Option<T>, path: &str) -> Result<&'a T, Invalid> {
    part.as_ref().ok_or_else(|| Invalid::field(path, "REQUIRED"))
}

fn text(text: &Option<LocalizedText>) -> Text {
    text.as_ref().map(|text| Text { fr: text.fr.clone(), en: text.en.clone() }).unwrap_or_default()
}

fn card_lines(person: &PersonChanged) -> CardLines {
    CardLines { title: person.title.clone(), email: person.email.clone(), phone: person.phone.clone() }
}

/// People with one name have it in both fields (domain §4.2).
fn full_name(first: &str, last: &str) -> String {
    if first == last { first.to_owned() } else { format!("{first} {last}") }
}

/// Where a grant lets a person answer for destinations, if it does.
fn answers_for(grant: &Grant) -> Option<Scope> {
    if grant.role() != Role::DestinationCoordinator || grant.level() < Level::Regular {
        return None;
    }
    match grant.scope_kind() {
        ScopeKind::Agency => parsed(&grant.scope_id).map(Scope::Agency),
        ScopeKind::Site => parsed(&grant.scope_id).map(Scope::Site),
        ScopeKind::Service => parsed(&grant.scope_id).map(Scope::Service),
        ScopeKind::Destination => parsed(&grant.scope_id).map(Scope::Destination),
        ScopeKind::Unspecified | ScopeKind::Province | ScopeKind::Program => None,
    }
}

fn parsed<T: FromStr>(id: &str) -> Option<T> {
    id.parse().ok()
}
