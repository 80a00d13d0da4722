//! The directory as of one revision, in memory.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use eventing::Tx;
use jiff::civil::Date;
use kernel::{AgencyId, ClosureId, CourseId, DateRange, DestinationId, ProgramId, ServiceId, SiteId, TermId};

use crate::{
    model::{
        Agency, Aggregate, Closure, Course, Destination, Person, Place, PlacementType, Program, Reason, Scope, Service,
        Side, Site, Term,
    },
    store::{
        self, AgencyRow, ClosureRow, CourseRow, DestinationRow, Inconsistent, PlacementTypeRow, ProgramRow, ReasonRow,
        Row, ServiceRow, SiteRow, TermRow,
    },
};

/// Entries by id. A snapshot shares those with the one before it that have not changed.
type Entries<I, T> = Arc<HashMap<I, Arc<T>>>;

/// Places, programs, courses, terms, types, reasons and closures, all of one revision. What a service does not keep is not in
/// it, and neither are people, who are too many: [`Directory::people`](crate::Directory::people).
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub(crate) revision: i64,
    agencies: Entries<AgencyId, Agency>,
    sites: Entries<SiteId, Site>,
    services: Entries<ServiceId, Service>,
    destinations: Entries<DestinationId, Destination>,
    closures: Entries<ClosureId, Closure>,
    programs: Entries<ProgramId, Program>,
    courses: Entries<CourseId, Course>,
    terms: Entries<TermId, Term>,
    placement_types: Entries<String, PlacementType>,
    reasons: Entries<String, Reason>,
}

/// One look-up and one walk for each kind.
macro_rules! entries {
    ($($field:ident, $one:ident: $id:ty => $entry:ident);* $(;)?) => {
        impl Snapshot {$(
            /// One, if it is known.
            #[must_use]
            pub fn $one(&self, id: $id) -> Option<&$entry> {
                self.$field.get(&id).map(AsRef::as_ref)
            }

            /// All that are known, also those that are not in use any more, in no order.
            pub fn $field(&self) -> impl Iterator<Item = &$entry> {
                self.$field.values().map(AsRef::as_ref)
            }
        )*}
    };
}

entries! {
    agencies, agency: AgencyId => Agency;
    sites, site: SiteId => Site;
    services, service: ServiceId => Service;
    destinations, destination: DestinationId => Destination;
    closures, closure: ClosureId => Closure;
    programs, program: ProgramId => Program;
    courses, course: CourseId => Course;
    terms, term: TermId => Term;
}

impl Snapshot {
    /// A placement type, if it is known.
    #[must_use]
    pub fn placement_type(&self, code: &str) -> Option<&PlacementType> {
        self.placement_types.get(code).map(AsRef::as_ref)
    }

    /// All placement types, in no order.
    pub fn placement_types(&self) -> impl Iterator<Item = &PlacementType> {
        self.placement_types.values().map(AsRef::as_ref)
    }

    /// A reason, if it is known.
    #[must_use]
    pub fn reason(&self, code: &str) -> Option<&Reason> {
        self.reasons.get(code).map(AsRef::as_ref)
    }

    /// All reasons, also those that are not offered any more, in no order.
    pub fn reasons(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.values().map(AsRef::as_ref)
    }

    /// Where a scope lies: itself with all above it. `None` for the province, and as long as one of these is not known.
    #[must_use]
    pub fn place(&self, scope: Scope) -> Option<Place> {
        match scope {
            Scope::Province => None,
            Scope::Agency(id) => self.agency(id).map(|agency| Place::of_agency(agency.id)),
            Scope::Site(id) => {
                let site = self.site(id)?;
                self.agency(site.agency).map(|agency| Place::of_site(agency.id, id))
            }
            Scope::Service(id) => {
                let above = self.place(Scope::Site(self.service(id)?.site))?;
                Some(Place { services: vec![id], ..above })
            }
            Scope::Destination(id) => {
                let unit = self.destination(id)?;
                let above = self.place(Scope::Site(unit.site))?;
                Some(Place { services: unit.services.clone(), destination: Some(id), ..above })
            }
            Scope::Program(id) => {
                let program = self.program(id)?;
                self.agency(program.agency).map(|agency| Place::of_program(agency.id, id))
            }
        }
    }

    /// Whether a place is in use, itself; what lies above it may have been retired.
    #[must_use]
    pub fn is_active(&self, scope: Scope) -> bool {
        let active = match scope {
            Scope::Province => Some(true),
            Scope::Agency(id) => self.agency(id).map(|agency| agency.active),
            Scope::Site(id) => self.site(id).map(|site| site.active),
            Scope::Service(id) => self.service(id).map(|service| service.active),
            Scope::Destination(id) => self.destination(id).map(|unit| unit.active),
            Scope::Program(id) => self.program(id).map(|program| program.active),
        };
        active.unwrap_or(false)
    }

    /// The side of a place's agency.
    #[must_use]
    pub fn side(&self, place: &Place) -> Option<Side> {
        self.agency(place.agency).map(|agency| agency.side)
    }

    /// Whether a unit is a user (domain §4.6): its agent, who is given as far as known, can be reached in Tandem and may answer
    /// for it.
    #[must_use]
    pub fn is_user(&self, unit: DestinationId, agent: Option<&Person>) -> bool {
        let named = self.destination(unit).and_then(|unit| unit.agent);
        let agent = agent.filter(|agent| named == Some(agent.id));
        let place = self.place(Scope::Destination(unit));
        agent.zip(place).is_some_and(|(agent, place)| agent.answers_for(&place))
    }

    /// The closures that are in force at a place on one of `days`, the earliest first. All are looked at: a province has some
    /// thousands.
    #[must_use]
    pub fn closures_at(&self, place: &Place, days: DateRange) -> Vec<&Closure> {
        let mut found: Vec<_> = self.closures().filter(|closure| closure.touches(place, days)).collect();
        found.sort_by_key(|closure| (closure.days.start(), closure.id));
        found
    }

    /// The term in use that a day is in; of overlapping ones that which began last.
    #[must_use]
    pub fn term_at(&self, day: Date) -> Option<&Term> {
        let around = self.terms().filter(|term| term.active && term.days.start() <= day && day <= term.days.end());
        around.max_by(|a, b| a.days.start().cmp(&b.days.start()).then(b.id.cmp(&a.id)))
    }

    /// What has changed since this snapshot, on top of it. All is read in one transaction, hence as of one moment.
    pub(crate) async fn followed(&self, tx: &mut Tx) -> Result<Self, sqlx::Error> {
        let (revision, newest) = store::revisions(tx).await?;
        let mut next = self.clone();
        next.revision = revision;
        for (aggregate, newest) in Aggregate::ALL.iter().zip(newest) {
            if newest > self.revision {
                next.take(tx, *aggregate, self.revision).await?;
            }
        }
        Ok(next)
    }

    async fn take(&mut self, tx: &mut Tx, aggregate: Aggregate, since: i64) -> Result<(), sqlx::Error> {
        match aggregate {
            Aggregate::Agency => merge::<AgencyRow, _, _>(tx, since, &mut self.agencies, |a: &Agency| a.id).await,
            Aggregate::Site => merge::<SiteRow, _, _>(tx, since, &mut self.sites, |s: &Site| s.id).await,
            Aggregate::Service => merge::<ServiceRow, _, _>(tx, since, &mut self.services, |s: &Service| s.id).await,
            Aggregate::Destination => {
                merge::<DestinationRow, _, _>(tx, since, &mut self.destinations, |d: &Destination| d.id).await
            }
            Aggregate::Closure => merge::<ClosureRow, _, _>(tx, since, &mut self.closures, |c: &Closure| c.id).await,
            Aggregate::Program => merge::<ProgramRow, _, _>(tx, since, &mut self.programs, |p: &Program| p.id).await,
            Aggregate::Course => merge::<CourseRow, _, _>(tx, since, &mut self.courses, |c: &Course| c.id).await,
            Aggregate::Term => merge::<TermRow, _, _>(tx, since, &mut self.terms, |t: &Term| t.id).await,
            Aggregate::PlacementType => {
                let code = |kind: &PlacementType| kind.code.clone();
                merge::<PlacementTypeRow, _, _>(tx, since, &mut self.placement_types, code).await
            }
            Aggregate::Reason => {
                merge::<ReasonRow, _, _>(tx, since, &mut self.reasons, |r: &Reason| r.code.clone()).await
            }
            Aggregate::Person => Ok(()),
        }
    }
}

async fn merge<R, I, T>(
    tx: &mut Tx,
    since: i64,
    into: &mut Entries<I, T>,
    id: impl Fn(&T) -> I,
) -> Result<(), sqlx::Error>
where
    R: Row,
    I: Hash + Eq + Clone,
    T: TryFrom<R, Error = Inconsistent>,
{
    let rows: Vec<R> = store::newer_than(tx, since).await?;
    let entries = Arc::make_mut(into);
    for row in rows {
        let entry = T::try_from(row)?;
        entries.insert(id(&entry), Arc::new(entry));
    }
    Ok(())
}
