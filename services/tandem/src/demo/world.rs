//! What the demonstration has made so far, with the ids that the services gave.

use directory::model::Grant;
use jiff::civil::Date;
use kernel::{AgencyId, CourseId, DestinationId, Locale, PersonId, ProgramId, ServiceId, SiteId};

use super::clinics::Clinic;

/// A person; others name people by their place in [`World::people`].
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: PersonId,
    pub(super) agency: Option<AgencyId>,
    pub(super) locale: Locale,
    pub(super) first: String,
    pub(super) last: String,
    pub(super) title: String,
    pub(super) email: String,
    pub(super) phone: String,
    /// `None` for a staff record without account.
    pub(super) login: Option<String>,
    pub(super) rights: Vec<Grant>,
}

/// A program of a school.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) id: ProgramId,
    pub(super) school: AgencyId,
    pub(super) user: bool,
    pub(super) locale: Locale,
    pub(super) discipline: &'static str,
    /// Who asks for places; nobody at a school that does not work in Tandem.
    pub(super) coordinator: Option<usize>,
    pub(super) courses: Vec<Course>,
}

/// A course of a program.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) id: CourseId,
    pub(super) hours: i32,
    /// Code of the placement type.
    pub(super) kind: &'static str,
}

/// A site.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) id: SiteId,
    /// Whether its agency works in Tandem.
    pub(super) user: bool,
    /// The language of its units' names.
    pub(super) locale: Locale,
    pub(super) coordinator: usize,
    pub(super) agents: Vec<usize>,
    /// Answers as well as any agent, where there is one.
    pub(super) backup: Option<usize>,
}

/// A service at a site.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) id: ServiceId,
    pub(super) site: usize,
    pub(super) clinic: Clinic,
    pub(super) automatic: bool,
}

/// A unit.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) id: DestinationId,
    pub(super) service: usize,
    pub(super) agent: Option<usize>,
    pub(super) capacity: i32,
    pub(super) group: i32,
}

/// How a unit learns of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Its agent has an account.
    Inbox(usize),
    /// Its agent has an address.
    Mail,
    /// It has no agent.
    Nobody,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) people: Vec<Person>,
    pub(super) programs: Vec<Program>,
    pub(super) sites: Vec<Site>,
    pub(super) services: Vec<Service>,
    pub(super) units: Vec<Unit>,
}

impl World {
    /// How a unit learns of a request.
    pub(super) fn reach(&self, unit: usize) -> Reach {
        match self.units[unit].agent {
            Some(agent) if self.people[agent].login.is_some() => Reach::Inbox(agent),
            Some(_) => Reach::Mail,
            None => Reach::Nobody,
        }
    }

    /// The service of a unit.
    pub(super) fn service_of(&self, unit: usize) -> &Service {
        &self.services[self.units[unit].service]
    }

    /// The site of a unit.
    pub(super) fn site_of(&self, unit: usize) -> &Site {
        &self.sites[self.service_of(unit).site]
    }

    /// The units of a service.
    pub(super) fn units_of(&self, service: usize) -> Vec<usize> {
        (0..self.units.len()).filter(|unit| self.units[*unit].service == service).collect()
    }
}

/// First and last day of something.
pub(super) type Days = (Date, Date);
