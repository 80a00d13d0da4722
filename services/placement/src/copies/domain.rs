//! What this service keeps of configuration's and identity's data: no more than requests need.

use jiff::civil::Date;
use kernel::{AgencyId, ClosureId, CourseId, DateRange, DestinationId, PersonId, ProgramId, ServiceId, SiteId, TermId};

use crate::requests::{CardLines, ReasonUse, Scope, Text};
use uuid::Uuid;

/// One aggregate of another service, as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is what its type is")]
pub enum Copy {
    Agency(Agency),
    Site(Site),
    Service(Service),
    Destination(Destination),
    Program(Program),
    Course(Course),
    Term(Term),
    PlacementType(PlacementType),
    Reason(Reason),
    Person(Person),
}

/// A school or a health organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Which.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// Whether it works in Tandem.
    pub is_user: bool,
    /// Whether it is in use.
    pub active: bool,
}

/// A site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Which.
    pub id: SiteId,
    /// Its agency.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// Whether it is in use.
    pub active: bool,
}

/// A service at a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Which.
    pub id: ServiceId,
    /// Its site.
    pub site: SiteId,
    /// Its name.
    pub name: Text,
    /// Its contact.
    pub coordinator: Option<PersonId>,
    /// Whether its requests go past the coordinator.
    pub redirects_automatically: bool,
    /// Whether it is in use.
    pub active: bool,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Which.
    pub id: DestinationId,
    /// Its site.
    pub site: SiteId,
    /// The services that it serves.
    pub services: Vec<ServiceId>,
    /// Its name.
    pub name: String,
    /// Who answers for it.
    pub agent: Option<PersonId>,
    /// Most students at the same time.
    pub capacity: i32,
    /// Most students in one group; 0 for no maximum of its own.
    pub group_size: i32,
    /// Whether it is in use.
    pub active: bool,
}

/// Days on which a place, and everything below it, takes no students.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// Which.
    pub id: ClosureId,
    /// The agency, site or destination.
    pub place: Uuid,
    /// First and last day.
    pub days: DateRange,
    /// False once withdrawn.
    pub active: bool,
}

/// A program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Which.
    pub id: ProgramId,
    /// Its school.
    pub agency: AgencyId,
    /// Its name.
    pub name: Text,
    /// Whether it works in Tandem.
    pub is_user: bool,
    /// Whether it is in use.
    pub active: bool,
}

/// A course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Which.
    pub id: CourseId,
    /// Its program.
    pub program: ProgramId,
    /// The school's code for it.
    pub code: String,
    /// Whether it is in use.
    pub active: bool,
}

/// A term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Which.
    pub id: TermId,
    /// First day.
    pub start: Date,
    /// Last day, included.
    pub end: Date,
    /// The common day on which held requests go out.
    pub release_date: Option<Date>,
    /// Whether it is in use.
    pub active: bool,
}

/// A placement type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementType {
    /// Its code.
    pub code: String,
    /// First day on which it may be used.
    pub valid_from: Date,
    /// Last day, included.
    pub valid_to: Option<Date>,
}

/// A coded reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its code.
    pub code: String,
    /// What it may be given for.
    pub uses: Vec<ReasonUse>,
    /// Whether it is still offered.
    pub active: bool,
}

/// A person, as far as requests ask: business card, whether they can be reached here, what they may answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Given and family name.
    pub name: String,
    /// The rest of the business card; nothing of who was archived.
    pub card: CardLines,
    /// False once archived.
    pub active: bool,
    /// Whether the staff record and the account are active.
    pub account_active: bool,
    /// Whether alerts are taken (domain §4.6).
    pub alerts_accepted: bool,
    /// Where the person may answer for destinations.
    pub answers_for: Vec<Scope>,
}
