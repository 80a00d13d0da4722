//! A province small enough to know by heart: two schools that are users and one that is not, two hospitals that are users and
//! one that is not.

use eventing::{
    copy,
    outbox::{self, Fact},
};
use jiff::{SignedDuration, Timestamp};
use kernel::{EventId, PersonId};
use placement::{Config, Placement};
use proto::{
    Event,
    configuration::v1::{
        Agency, AgencyChanged, AgencyKind, Course, CourseChanged, Destination, DestinationChanged, PlacementType,
        PlacementTypeChanged, Program, ProgramChanged, Reason, ReasonChanged, ReasonUse, Service, ServiceChanged, Site,
        SiteChanged, Term, TermChanged,
    },
    event::v1::Envelope,
    identity::v1::{AccountState, Grant, Level, PersonChanged, Role, ScopeKind},
    placement::v1::{
        CreateRequestRequest, Kind, PlacementRequest,
        internal_placement_service_client::InternalPlacementServiceClient,
        placement_request_service_client::PlacementRequestServiceClient,
    },
    text::v1::LocalizedText,
};
use testkit::service::{Caller, PROVINCE, Running, User, start};
use tonic::Status;
use tonic_types::StatusExt as _;
use uuid::Uuid;

pub const SCHOOL: Uuid = Uuid::from_u128(0x5c01);
pub const OTHER_SCHOOL: Uuid = Uuid::from_u128(0x5c02);
pub const NON_USER_SCHOOL: Uuid = Uuid::from_u128(0x5c03);
pub const PROGRAM: Uuid = Uuid::from_u128(0x9e01);
pub const SECOND_PROGRAM: Uuid = Uuid::from_u128(0x9e02);
pub const OTHER_PROGRAM: Uuid = Uuid::from_u128(0x9e03);
pub const NON_USER_PROGRAM: Uuid = Uuid::from_u128(0x9e04);
pub const COURSE: Uuid = Uuid::from_u128(0xc001);
pub const OTHER_COURSE: Uuid = Uuid::from_u128(0xc003);
pub const NON_USER_COURSE: Uuid = Uuid::from_u128(0xc004);
pub const HOSPITAL: Uuid = Uuid::from_u128(0xa001);
pub const OTHER_HOSPITAL: Uuid = Uuid::from_u128(0xa002);
pub const NON_USER_CLINIC: Uuid = Uuid::from_u128(0xa003);
pub const SITE: Uuid = Uuid::from_u128(0xb001);
pub const SECOND_SITE: Uuid = Uuid::from_u128(0xb002);
pub const OTHER_SITE: Uuid = Uuid::from_u128(0xb003);
pub const CLINIC_SITE: Uuid = Uuid::from_u128(0xb004);
pub const SERVICE: Uuid = Uuid::from_u128(0xe001);
pub const AUTOMATIC_SERVICE: Uuid = Uuid::from_u128(0xe002);
pub const OTHER_SERVICE: Uuid = Uuid::from_u128(0xe003);
pub const CLINIC_SERVICE: Uuid = Uuid::from_u128(0xe004);
/// Its agent has an active account.
pub const UNIT: Uuid = Uuid::from_u128(0xd001);
/// Its agent has no account.
pub const MAIL_UNIT: Uuid = Uuid::from_u128(0xd002);
/// Somebody else's, at the same site.
pub const NEXT_UNIT: Uuid = Uuid::from_u128(0xd003);
pub const OTHER_UNIT: Uuid = Uuid::from_u128(0xd004);

pub const COORDINATOR: Uuid = Uuid::from_u128(0xf001);
pub const RECEIVER: Uuid = Uuid::from_u128(0xf002);
pub const AGENT: Uuid = Uuid::from_u128(0xf003);
pub const MAIL_AGENT: Uuid = Uuid::from_u128(0xf004);
pub const NEXT_AGENT: Uuid = Uuid::from_u128(0xf005);

pub type Client = PlacementRequestServiceClient<Caller>;

pub struct World {
    pub running: Running,
}

impl World {
    pub async fn new() -> Self {
        Self::with(Config::default()).await
    }

    /// With an operator's settings.
    pub async fn with(config: Config) -> Self {
        let world = Self { running: start::<Placement>(config).await };
        world.refill(province()).await;
        world
    }

    /// A service that knows nobody yet.
    pub async fn empty() -> Self {
        Self { running: start::<Placement>(Config::default()).await }
    }

    /// Fills the copies from an owner's export.
    pub async fn refill(&self, export: Vec<Envelope>) {
        let count = export.len() as u64;
        let stream = futures::stream::iter(export.into_iter().map(Ok::<_, anyhow::Error>));
        let applied = copy::refill(
            &self.running.db,
            "configuration",
            &placement::consumers(&self.running.host.env, &self.running.host.directory),
            stream,
        )
        .await;
        assert_eq!(applied.expect("a good export"), count);
    }

    pub fn client(&self, user: &User) -> Client {
        PlacementRequestServiceClient::new(self.running.as_user(user))
    }

    pub fn internal(&self) -> InternalPlacementServiceClient<Caller> {
        InternalPlacementServiceClient::new(self.running.as_service("notification"))
    }

    /// A draft of the school.
    pub async fn draft(&self) -> PlacementRequest {
        self.create(&school(), request()).await.expect("the draft is good")
    }

    pub async fn create(&self, user: &User, request: PlacementRequest) -> Result<PlacementRequest, Status> {
        // Two requests of a test never change in the same moment, so that lists have one order.
        self.running.clock.advance(SignedDuration::from_secs(1));
        let message = CreateRequestRequest { request: Some(request), request_id: String::new() };
        let answer = self.client(user).create_request(message).await?;
        Ok(answer.into_inner().request.expect("the request that was made"))
    }

    pub async fn person(&self, version: i64, person: &PersonChanged) {
        self.running.deliver(person, &person.person_id, version).await.expect("a good person");
    }

    pub async fn agency(&self, version: i64, agency: Agency) {
        let id = agency.id.clone();
        let event = AgencyChanged { agency: Some(agency) };
        self.running.deliver(&event, id, version).await.expect("a good agency");
    }

    pub async fn service(&self, version: i64, service: Service) {
        let id = service.id.clone();
        let event = ServiceChanged { service: Some(service) };
        self.running.deliver(&event, id, version).await.expect("a good service");
    }

    pub async fn destination(&self, version: i64, destination: Destination) {
        let id = destination.id.clone();
        let event = DestinationChanged { destination: Some(destination) };
        self.running.deliver(&event, id, version).await.expect("a good destination");
    }
}

/// Everything that configuration and identity export, in their first versions.
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

/// What the school asks for unless a test says otherwise.
pub fn request() -> PlacementRequest {
    PlacementRequest {
        program_id: PROGRAM.to_string(),
        course_id: COURSE.to_string(),
        site_id: SITE.to_string(),
        service_id: SERVICE.to_string(),
        destination_id: UNIT.to_string(),
        placement_type_code: "PRECEPTORSHIP".into(),
        kind: Kind::Group.into(),
        student_count: 6,
        start_date: "2027-01-11".into(),
        end_date: "2027-04-02".into(),
        weekdays: vec![1, 2],
        shift_code: "D8".into(),
        hours_per_student: 240,
        comment: "Première année".into(),
        ..PlacementRequest::default()
    }
}

pub fn school() -> User {
    User::new(PersonId::from(COORDINATOR), Role::PlacingCoordinator, [chassis::Scope::Agency(SCHOOL.into())])
}

pub fn receiver() -> User {
    User::new(PersonId::from(RECEIVER), Role::ReceivingCoordinator, [chassis::Scope::Service(SERVICE.into())])
}

pub fn agent() -> User {
    User::new(PersonId::from(AGENT), Role::DestinationCoordinator, [chassis::Scope::Destination(UNIT.into())])
}

pub fn monitor() -> User {
    User::new(
        PersonId::from(Uuid::from_u128(0xf0ff)),
        Role::DestinationMonitor,
        [chassis::Scope::Destination(UNIT.into())],
    )
}

pub fn agency(id: Uuid, kind: AgencyKind, name: &str, user: bool) -> Agency {
    Agency { id: id.to_string(), kind: kind.into(), name: name.into(), user, active: true, ..Agency::default() }
}

pub fn site(id: Uuid, agency: Uuid, name: &str) -> Site {
    Site { id: id.to_string(), agency_id: agency.to_string(), name: name.into(), active: true, ..Site::default() }
}

pub fn service(id: Uuid, site: Uuid, automatic_redirect: bool) -> Service {
    Service {
        id: id.to_string(),
        site_id: site.to_string(),
        name: text("Médecine"),
        receiving_coordinator_id: RECEIVER.to_string(),
        automatic_redirect,
        active: true,
        etag: String::new(),
    }
}

pub fn destination(id: Uuid, site: Uuid, services: &[Uuid], name: &str, agent: Uuid) -> Destination {
    Destination {
        id: id.to_string(),
        site_id: site.to_string(),
        service_ids: services.iter().map(Uuid::to_string).collect(),
        name: name.into(),
        agent_id: agent.to_string(),
        capacity: 8,
        active: true,
        ..Destination::default()
    }
}

pub fn person(id: Uuid, first: &str, last: &str, state: AccountState, grants: Vec<Grant>) -> PersonChanged {
    PersonChanged {
        person_id: id.to_string(),
        agency_id: HOSPITAL.to_string(),
        first_name: first.into(),
        last_name: last.into(),
        email: "quelquun@example.org".into(),
        language: "fr".into(),
        active: true,
        account_state: state.into(),
        alerts_accepted: true,
        grants,
        title: "Infirmière".into(),
        phone: "418 555-0100".into(),
    }
}

pub fn agent_of(kind: ScopeKind, id: Uuid) -> Grant {
    Grant {
        id: Uuid::from_u128(1).to_string(),
        role: Role::DestinationCoordinator.into(),
        level: Level::Regular.into(),
        scope_kind: kind.into(),
        scope_id: id.to_string(),
    }
}

pub fn text(text: &str) -> Option<LocalizedText> {
    Some(LocalizedText { fr: text.into(), en: format!("{text} (EN)") })
}

/// The reason code of a refusal.
pub fn reason(status: &Status) -> String {
    status.get_details_error_info().expect("every refusal has its reason").reason
}

/// `field=REASON` of each fault.
pub fn faults(status: &Status) -> String {
    let violations = status.get_details_bad_request().expect("the fields").field_violations;
    violations.iter().map(|v| format!("{}={}", v.field, v.reason)).collect::<Vec<_>>().join(",")
}
