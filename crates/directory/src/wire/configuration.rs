//! `configuration.v1.*_changed`.

use kernel::{Fields, Invalid};
use proto::configuration::v1::{
    self as pb, AgencyChanged, ClosureChanged, CourseChanged, DestinationChanged, PlacementTypeChanged, ProgramChanged,
    ReasonChanged, ServiceChanged, SiteChanged, TermChanged,
};

use super::{EntryChanged, present, text};
use crate::model::{
    Agency, Aggregate, ClosedPlace, Closure, ClosureReason, Course, Destination, Entry, PlacementType, Program, Reason,
    ReasonUse, Service, Site, Term,
};

/// Longest code of a reason or a placement type.
const LONGEST_CODE: usize = 40;

impl EntryChanged for AgencyChanged {
    const AGGREGATE: Aggregate = Aggregate::Agency;

    fn entry(&self) -> Result<Entry, Invalid> {
        let agency = present(&self.agency, "agency")?;
        let mut fields = Fields::default();
        let id = fields.id("agency.id", &agency.id);
        let side = agency.kind().try_into().map_err(|_| Invalid::field("agency.kind", "REQUIRED"))?;
        fields.finish(|| {
            let (name, is_user) = (agency.name.clone(), agency.user);
            Some(Entry::Agency(Agency { id: id?, name, side, is_user, active: agency.active }))
        })
    }
}

impl EntryChanged for SiteChanged {
    const AGGREGATE: Aggregate = Aggregate::Site;

    fn entry(&self) -> Result<Entry, Invalid> {
        let site = present(&self.site, "site")?;
        let mut fields = Fields::default();
        let (id, agency) = (fields.id("site.id", &site.id), fields.id("site.agency_id", &site.agency_id));
        fields.finish(|| {
            Some(Entry::Site(Site { id: id?, agency: agency?, name: site.name.clone(), active: site.active }))
        })
    }
}

impl EntryChanged for ServiceChanged {
    const AGGREGATE: Aggregate = Aggregate::Service;

    fn entry(&self) -> Result<Entry, Invalid> {
        let service = present(&self.service, "service")?;
        let mut fields = Fields::default();
        let (id, site) = (fields.id("service.id", &service.id), fields.id("service.site_id", &service.site_id));
        let coordinator = fields.optional_id("service.receiving_coordinator_id", &service.receiving_coordinator_id);
        fields.finish(|| {
            Some(Entry::Service(Service {
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

impl EntryChanged for DestinationChanged {
    const AGGREGATE: Aggregate = Aggregate::Destination;

    fn entry(&self) -> Result<Entry, Invalid> {
        let unit = present(&self.destination, "destination")?;
        let mut fields = Fields::default();
        let id = fields.id("destination.id", &unit.id);
        let site = fields.id("destination.site_id", &unit.site_id);
        let agent = fields.optional_id("destination.agent_id", &unit.agent_id);
        let services: Option<Vec<_>> =
            unit.service_ids.iter().map(|id| fields.id("destination.service_ids", id)).collect();
        fields.finish(|| {
            Some(Entry::Destination(Destination {
                id: id?,
                site: site?,
                services: services?,
                name: unit.name.clone(),
                agent: agent?,
                capacity: unit.capacity.max(0),
                group_size: unit.maximum_group_size.max(0),
                notice_weeks: unit.minimum_notice_weeks.max(0),
                active: unit.active,
            }))
        })
    }
}

impl EntryChanged for ClosureChanged {
    const AGGREGATE: Aggregate = Aggregate::Closure;

    fn entry(&self) -> Result<Entry, Invalid> {
        let closure = present(&self.closure, "closure")?;
        let mut fields = Fields::default();
        let id = fields.id("closure.id", &closure.id);
        let place = closed_place(&mut fields, closure);
        let days = fields.dates(("closure.start_date", &closure.start_date), ("closure.end_date", &closure.end_date));
        let reason = closure_reason(closure.reason());
        fields.finish(|| {
            Some(Entry::Closure(Closure { id: id?, place: place?, days: days?, reason, active: closure.active }))
        })
    }
}

impl EntryChanged for ProgramChanged {
    const AGGREGATE: Aggregate = Aggregate::Program;

    fn entry(&self) -> Result<Entry, Invalid> {
        let program = present(&self.program, "program")?;
        let mut fields = Fields::default();
        let (id, agency) = (fields.id("program.id", &program.id), fields.id("program.agency_id", &program.agency_id));
        fields.finish(|| {
            Some(Entry::Program(Program {
                id: id?,
                agency: agency?,
                name: text(&program.name),
                is_user: program.user,
                active: program.active,
            }))
        })
    }
}

impl EntryChanged for CourseChanged {
    const AGGREGATE: Aggregate = Aggregate::Course;

    fn entry(&self) -> Result<Entry, Invalid> {
        let course = present(&self.course, "course")?;
        let mut fields = Fields::default();
        let (id, program) = (fields.id("course.id", &course.id), fields.id("course.program_id", &course.program_id));
        fields.finish(|| {
            let (code, name) = (course.code.clone(), text(&course.name));
            Some(Entry::Course(Course { id: id?, program: program?, code, name, active: course.active }))
        })
    }
}

impl EntryChanged for TermChanged {
    const AGGREGATE: Aggregate = Aggregate::Term;

    fn entry(&self) -> Result<Entry, Invalid> {
        let term = present(&self.term, "term")?;
        let mut fields = Fields::default();
        let id = fields.id("term.id", &term.id);
        let days = fields.dates(("term.start_date", &term.start_date), ("term.end_date", &term.end_date));
        let release_date = fields.optional_date("term.release_date", &term.release_date);
        fields.finish(|| {
            let (name, active) = (text(&term.name), term.active);
            Some(Entry::Term(Term { id: id?, name, days: days?, release_date: release_date?, active }))
        })
    }
}

impl EntryChanged for PlacementTypeChanged {
    const AGGREGATE: Aggregate = Aggregate::PlacementType;

    fn entry(&self) -> Result<Entry, Invalid> {
        let kind = present(&self.placement_type, "placement_type")?;
        let mut fields = Fields::default();
        let code = fields.text("placement_type.code", &kind.code, 1..=LONGEST_CODE);
        let valid_from = fields.date("placement_type.valid_from", &kind.valid_from);
        let valid_to = fields.optional_date("placement_type.valid_to", &kind.valid_to);
        fields.finish(|| {
            Some(Entry::PlacementType(PlacementType {
                code: code?,
                name: text(&kind.name),
                valid_from: valid_from?,
                valid_to: valid_to?,
            }))
        })
    }
}

impl EntryChanged for ReasonChanged {
    const AGGREGATE: Aggregate = Aggregate::Reason;

    fn entry(&self) -> Result<Entry, Invalid> {
        let reason = present(&self.reason, "reason")?;
        let mut fields = Fields::default();
        let code = fields.text("reason.code", &reason.code, 1..=LONGEST_CODE);
        // A use that a newer configuration knows and we do not is none of ours.
        let uses = reason.uses().filter_map(reason_use).collect();
        fields.finish(|| {
            Some(Entry::Reason(Reason { code: code?, name: text(&reason.name), uses, active: reason.active }))
        })
    }
}

/// Exactly one of the three is named.
fn closed_place(fields: &mut Fields, closure: &pb::Closure) -> Option<ClosedPlace> {
    if !closure.agency_id.is_empty() {
        return fields.id("closure.agency_id", &closure.agency_id).map(ClosedPlace::Agency);
    }
    if !closure.site_id.is_empty() {
        return fields.id("closure.site_id", &closure.site_id).map(ClosedPlace::Site);
    }
    fields.id("closure.destination_id", &closure.destination_id).map(ClosedPlace::Destination)
}

const fn closure_reason(reason: pb::ClosureReason) -> ClosureReason {
    match reason {
        pb::ClosureReason::Outbreak => ClosureReason::Outbreak,
        pb::ClosureReason::Construction => ClosureReason::Construction,
        pb::ClosureReason::LabourDispute => ClosureReason::LabourDispute,
        pb::ClosureReason::Security => ClosureReason::Security,
        pb::ClosureReason::Holidays => ClosureReason::Holidays,
        pb::ClosureReason::Other | pb::ClosureReason::Unspecified => ClosureReason::Other,
    }
}

const fn reason_use(used_for: pb::ReasonUse) -> Option<ReasonUse> {
    match used_for {
        pb::ReasonUse::Accept => Some(ReasonUse::Accept),
        pb::ReasonUse::Decline => Some(ReasonUse::Decline),
        pb::ReasonUse::Cancel => Some(ReasonUse::Cancel),
        pb::ReasonUse::Unspecified => None,
    }
}
