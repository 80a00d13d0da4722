//! Everything that configuration and identity export.

use eventing::outbox::{self, Fact};
use jiff::Timestamp;
use kernel::EventId;
use proto::{
    Event,
    configuration::v1::{
        AgencyChanged, AgencyKind, Course, CourseChanged, DestinationChanged, PlacementType, PlacementTypeChanged,
        Program, ProgramChanged, Reason, ReasonChanged, ReasonUse, ServiceChanged, SiteChanged, Term, TermChanged,
    },
    event::v1::Envelope,
    identity::v1::{AccountState, ScopeKind},
};
use testkit::service::PROVINCE;
use uuid::Uuid;

use super::{
    AGENT, AUTOMATIC_SERVICE, CLINIC_SERVICE, CLINIC_SITE, COORDINATOR, COURSE, HOSPITAL, MAIL_AGENT, MAIL_UNIT,
    NEXT_AGENT, NEXT_UNIT, NON_USER_CLINIC, NON_USER_COURSE, NON_USER_PROGRAM, NON_USER_SCHOOL, OTHER_COURSE,
    OTHER_HOSPITAL, OTHER_PROGRAM, OTHER_SCHOOL, OTHER_SERVICE, OTHER_SITE, OTHER_UNIT, PROGRAM, RECEIVER, SCHOOL,
    SECOND_PROGRAM, SECOND_SITE, SERVICE, SITE, UNIT,
    messages::{agency, agent_of, destination, person, service, site, text},
};

/// Each in its first version.
pub fn province() -> Vec<Envelope> {
    let mut export = Vec::new();
    for (id, kind, name, user) in [
        (SCHOOL, AgencyKind::Placing, "Cégep de Sainte-Foy", true),
        (OTHER_SCHOOL, AgencyKind::Placing, "Université Laval", true),
        (NON_USER_SCHOOL, AgencyKind::Placing, "Collège d'Ailleurs", false),
        (HOSPITAL, AgencyKind::Receiving, "CHU de Québec", true),
        (OTHER_HOSPITAL, AgencyKind::Receiving, "CISSS du Bas-Saint-Laurent", true),
        (NON_USER_CLINIC, AgencyKind::Receiving, "Clinique du Coin", false),
    ] {
        export.push(exported(id, 1, &AgencyChanged { agency: Some(agency(id, kind, name, user)) }));
    }
    for (id, agency, name) in [
        (SITE, HOSPITAL, "Hôpital Saint-François d'Assise"),
        (SECOND_SITE, HOSPITAL, "Hôtel-Dieu"),
        (OTHER_SITE, OTHER_HOSPITAL, "Hôpital de Rimouski"),
        (CLINIC_SITE, NON_USER_CLINIC, "Clinique"),
    ] {
        export.push(exported(id, 1, &SiteChanged { site: Some(site(id, agency, name)) }));
    }
    for (id, site, automatic) in [
        (SERVICE, SITE, false),
        (AUTOMATIC_SERVICE, SITE, true),
        (OTHER_SERVICE, OTHER_SITE, false),
        (CLINIC_SERVICE, CLINIC_SITE, false),
    ] {
        export.push(exported(id, 1, &ServiceChanged { service: Some(service(id, site, automatic)) }));
    }
    for (id, site, services, name, agent) in [
        (UNIT, SITE, vec![SERVICE, AUTOMATIC_SERVICE], "4 Ouest", AGENT),
        (MAIL_UNIT, SITE, vec![SERVICE, AUTOMATIC_SERVICE], "5 Est", MAIL_AGENT),
        (NEXT_UNIT, SITE, vec![SERVICE], "6 Nord", NEXT_AGENT),
        (OTHER_UNIT, OTHER_SITE, vec![OTHER_SERVICE], "Médecine", NEXT_AGENT),
    ] {
        let destination = Some(destination(id, site, &services, name, agent));
        export.push(exported(id, 1, &DestinationChanged { destination }));
    }
    programs(&mut export);
    codes(&mut export);
    for person in [
        person(COORDINATOR, "Jeanne", "Mance", AccountState::Active, vec![]),
        person(RECEIVER, "Marie", "Rollet", AccountState::Active, vec![]),
        person(AGENT, "Louis", "Hébert", AccountState::Active, vec![agent_of(ScopeKind::Destination, UNIT)]),
        person(MAIL_AGENT, "Anne", "Duquet", AccountState::Unspecified, vec![]),
        person(NEXT_AGENT, "Ko", "Ko", AccountState::Active, vec![agent_of(ScopeKind::Agency, HOSPITAL)]),
    ] {
        export.push(exported(&person.person_id, 1, &person));
    }
    export
}

fn programs(export: &mut Vec<Envelope>) {
    for (id, school, course, name) in [
        (PROGRAM, SCHOOL, Some(COURSE), "Soins infirmiers"),
        (SECOND_PROGRAM, SCHOOL, None, "Inhalothérapie"),
        (OTHER_PROGRAM, OTHER_SCHOOL, Some(OTHER_COURSE), "Ergothérapie"),
        (NON_USER_PROGRAM, NON_USER_SCHOOL, Some(NON_USER_COURSE), "Physiothérapie"),
    ] {
        let program = Program {
            id: id.to_string(),
            agency_id: school.to_string(),
            name: text(name),
            discipline: "nursing".into(),
            user: school != NON_USER_SCHOOL,
            active: true,
            etag: String::new(),
        };
        export.push(exported(id, 1, &ProgramChanged { program: Some(program) }));
        if let Some(course) = course {
            let message = Course {
                id: course.to_string(),
                program_id: id.to_string(),
                code: "180-A1".into(),
                name: text("Stage"),
                active: true,
                ..Course::default()
            };
            export.push(exported(course, 1, &CourseChanged { course: Some(message) }));
        }
    }
}

fn codes(export: &mut Vec<Envelope>) {
    for (id, start, end, release) in
        [(0x7001, "2027-01-01", "2027-04-30", ""), (0x7002, "2027-09-01", "2027-12-31", "2027-05-03")]
    {
        let id = Uuid::from_u128(id);
        let term = Term {
            id: id.to_string(),
            name: text("Session"),
            start_date: start.into(),
            end_date: end.into(),
            release_date: release.into(),
            active: true,
            etag: String::new(),
        };
        export.push(exported(id, 1, &TermChanged { term: Some(term) }));
    }
    for (code, from, to) in [("PRECEPTORSHIP", "2025-01-01", ""), ("OLD", "2003-04-01", "2024-12-31")] {
        let kind = PlacementType {
            code: code.into(),
            name: text(code),
            valid_from: from.into(),
            valid_to: to.into(),
            etag: String::new(),
        };
        export.push(exported(code, 1, &PlacementTypeChanged { placement_type: Some(kind) }));
    }
    for (code, used_for, active) in [
        ("A1", ReasonUse::Accept, true),
        ("D1", ReasonUse::Decline, true),
        ("C1", ReasonUse::Cancel, true),
        ("D9", ReasonUse::Decline, false),
    ] {
        let reason =
            Reason { code: code.into(), name: text(code), uses: vec![used_for.into()], active, etag: String::new() };
        export.push(exported(code, 1, &ReasonChanged { reason: Some(reason) }));
    }
}

/// One aggregate of an export.
pub fn exported<E: Event>(id: impl ToString, version: i64, event: &E) -> Envelope {
    let fact = Fact {
        id: EventId::from(Uuid::nil()),
        aggregate_id: id.to_string(),
        aggregate_version: version,
        occurred_at: Timestamp::UNIX_EPOCH,
    };
    outbox::envelope(&fact, PROVINCE, event)
}
