//! Whether what a request refers to exists, is in use and belongs together (domain §5.1, §6).

use jiff::civil::Date;
use kernel::{AgencyId, DestinationId, Fields, Invalid, PersonId, ProgramId, SiteId};

use super::{Content, Origin};

/// What is known of a request's references; `None` where there is no such thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct References {
    /// The program, with its school.
    pub program: Option<ProgramFacts>,
    pub course: Option<CourseFacts>,
    /// The site, with its agency.
    pub site: Option<SiteFacts>,
    pub service: Option<ServiceFacts>,
    /// The unit that is wished for.
    pub destination: Option<DestinationFacts>,
    /// The placement type's first and last day.
    pub placement_type: Option<(Date, Option<Date>)>,
}

/// A program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgramFacts {
    pub school: AgencyId,
    /// Whether school and program work in Tandem.
    pub is_user: bool,
    /// Whether school and program are in use.
    pub active: bool,
}

/// A course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CourseFacts {
    pub program: ProgramId,
    /// Whether it is in use.
    pub active: bool,
}

/// A site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SiteFacts {
    pub agency: AgencyId,
    /// Whether the agency works in Tandem.
    pub is_user: bool,
    /// Whether site and agency are in use.
    pub active: bool,
}

/// A service at a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceFacts {
    pub site: SiteId,
    /// Its contact.
    pub coordinator: Option<PersonId>,
    /// Whether its requests go past the coordinator (domain §7.4 no. 7).
    pub redirects_automatically: bool,
    /// Whether it is in use.
    pub active: bool,
}

/// A unit, seen from one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DestinationFacts {
    pub id: DestinationId,
    pub site: SiteId,
    /// Whether it serves the service.
    pub serves: bool,
    /// Whether it is in use.
    pub active: bool,
    /// Who answers for it, if anybody.
    pub agent: Option<Agent>,
}

/// The person whom configuration names for a unit, as far as identity knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agent {
    pub person: PersonId,
    /// Whether a request reaches them in Tandem: account, alerts and right.
    pub is_reached: bool,
}

/// References that were found good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    pub program: ProgramFacts,
    pub site: SiteFacts,
    pub service: ServiceFacts,
}

impl Checked {
    /// Who receives what is sent there.
    #[must_use]
    pub const fn receiver(&self) -> Receiver {
        Receiver { is_user: self.site.is_user, contact: self.service.coordinator }
    }
}

impl DestinationFacts {
    /// Whether the unit is a user: derived live from its agent (domain §4.6), never a stored flag.
    #[must_use]
    pub fn is_user(&self) -> bool {
        self.agent.is_some_and(|agent| agent.is_reached)
    }

    /// Its agent.
    #[must_use]
    pub fn agent(&self) -> Option<PersonId> {
        self.agent.map(|agent| agent.person)
    }
}

impl References {
    /// Checks all at once, with paths below `request`.
    ///
    /// # Errors
    /// `UNKNOWN_REFERENCE`, `INACTIVE_REFERENCE`, `MISMATCHED_REFERENCE`, `TYPE_NOT_VALID_ON_START`, `START_IN_PAST`,
    /// `NO_SUCH_DAY`, `HOURS_DO_NOT_FIT`.
    pub fn check(&self, content: &Content, wish: bool, origin: Origin, today: Date) -> Result<Checked, Invalid> {
        let mut fields = Fields::default();
        let program = known(&mut fields, "request.program_id", self.program, |p| (p.active, true));
        known(&mut fields, "request.course_id", self.course, |c| (c.active, c.program == content.program));
        let site = known(&mut fields, "request.site_id", self.site, |s| (s.active, true));
        let service = known(&mut fields, "request.service_id", self.service, |s| (s.active, s.site == content.site));
        if wish && let Err(fault) = check_destination(self.destination.as_ref(), content.site) {
            fields.fault("request.destination_id", fault);
        }
        self.check_type(&mut fields, content.dates.start());
        // Only a quick entry may record what has begun already.
        if origin == Origin::PlacingAgency && content.dates.start() < today {
            fields.fault("request.start_date", "START_IN_PAST");
        }
        let hours = content.hours_per_student.into();
        if let Some(fault) = content.days().fault(hours, "request.weekdays", "request.hours_per_student") {
            fields.violation(fault);
        }
        fields.finish(|| Some(Checked { program: program?, site: site?, service: service? }))
    }

    fn check_type(&self, fields: &mut Fields, start: Date) {
        let fault = match self.placement_type {
            None => "UNKNOWN_REFERENCE",
            Some((from, to)) if start < from || to.is_some_and(|to| start > to) => "TYPE_NOT_VALID_ON_START",
            Some(_) => return,
        };
        fields.fault("request.placement_type_code", fault);
    }
}

/// Checks a unit against the site of a request.
///
/// # Errors
/// The cause, for whichever field names the unit.
pub fn check_destination(facts: Option<&DestinationFacts>, site: SiteId) -> Result<&DestinationFacts, &'static str> {
    match facts {
        None => Err("UNKNOWN_REFERENCE"),
        Some(unit) if !unit.active => Err("INACTIVE_REFERENCE"),
        Some(unit) if unit.site != site || !unit.serves => Err("MISMATCHED_REFERENCE"),
        Some(unit) => Ok(unit),
    }
}

/// `judge` answers whether the thing is active and whether it belongs.
fn known<T: Copy>(fields: &mut Fields, path: &str, facts: Option<T>, judge: impl Fn(T) -> (bool, bool)) -> Option<T> {
    let fault = match facts.map(|facts| (facts, judge(facts))) {
        None => "UNKNOWN_REFERENCE",
        Some((_, (false, _))) => "INACTIVE_REFERENCE",
        Some((_, (_, false))) => "MISMATCHED_REFERENCE",
        Some((facts, _)) => return Some(facts),
    };
    fields.fault(path, fault);
    None
}

/// What is known of the receiving side when a request goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// Whether the agency works in Tandem.
    pub is_user: bool,
    /// The service's contact.
    pub contact: Option<PersonId>,
}

impl Receiver {
    /// Who receives the request: nobody where the agency is not a user.
    #[must_use]
    pub fn coordinator(self) -> Option<PersonId> {
        self.contact.filter(|_| self.is_user)
    }
}
