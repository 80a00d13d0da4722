//! Two schools, two health organisations, and requests that live through whatever a test tells.

use jiff::Timestamp;
use kernel::{AgencyId, DestinationId, Locale, PersonId, ProgramId, ServiceId, SiteId};
use proto::{
    configuration::v1::{
        Agency, AgencyChanged, AgencyKind, Destination, DestinationChanged, Program, ProgramChanged, Service,
        ServiceChanged, Site, SiteChanged,
    },
    event::v1::Envelope,
    identity::v1::Role,
    placement::v1::{
        RequestAccepted, RequestAcceptedByDestination, RequestCancelled, RequestConfirmed, RequestDatesChanged,
        RequestDeclined, RequestDeclinedByDestination, RequestDeleted, RequestDestinationChanged, RequestDrafted,
        RequestFacts, RequestHeld, RequestPostponed, RequestReactivated, RequestRedirected, RequestSent,
        RequestSentOffline, RequestView, RequestViews, State,
    },
    reporting::v1::{
        ListRequestReportRequest, ListRequestReportResponse, RequestReportFilter, RequestReportRow,
        report_service_client::ReportServiceClient,
    },
    text::v1::LocalizedText,
};
use reporting::{Reporting, config::Config};
use testkit::service::{Caller, Running, User, start};
use tonic::Status;
use uuid::Uuid;

pub const SCHOOL: Uuid = Uuid::from_u128(0x5c01);
pub const OTHER_SCHOOL: Uuid = Uuid::from_u128(0x5c02);
pub const PROGRAM: Uuid = Uuid::from_u128(0x9e01);
pub const OTHER_PROGRAM: Uuid = Uuid::from_u128(0x9e02);
pub const HOST: Uuid = Uuid::from_u128(0xa001);
pub const SITE: Uuid = Uuid::from_u128(0xb001);
pub const OTHER_SITE: Uuid = Uuid::from_u128(0xb002);
pub const SERVICE: Uuid = Uuid::from_u128(0xc001);
pub const UNIT: Uuid = Uuid::from_u128(0xd001);
pub const OTHER_UNIT: Uuid = Uuid::from_u128(0xd002);

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happens {
    /// It comes into a state in the usual way.
    To(State),
    /// It is pending again after a cancellation.
    Reactivated,
    /// Its dates move and it is pending again.
    Resubmitted,
    /// Its dates move, the state stays.
    DatesChanged,
    /// It moves to the other unit, the state stays.
    UnitChanged,
}

/// One event of a request.
#[derive(Clone, Debug)]
pub struct Step {
    pub version: i64,
    pub time: Timestamp,
    pub happens: Happens,
    pub facts: RequestFacts,
}

pub struct World {
    pub running: Running,
}

impl World {
    pub async fn new() -> Self {
        Self::with(Config::default()).await
    }

    pub async fn with(config: Config) -> Self {
        Self { running: start::<Reporting>(config).await }
    }

    pub fn client(&self, user: &User) -> ReportServiceClient<Caller> {
        ReportServiceClient::new(self.running.as_user(user))
    }

    pub async fn list(&self, user: &User) -> Result<ListRequestReportResponse, Status> {
        self.list_where(user, RequestReportFilter::default()).await
    }

    pub async fn list_where(
        &self,
        user: &User,
        filter: RequestReportFilter,
    ) -> Result<ListRequestReportResponse, Status> {
        let request = ListRequestReportRequest { filter: Some(filter), ..Default::default() };
        Ok(self.client(user).list_request_report(request).await?.into_inner())
    }

    /// The numbers of the requests that the user sees, newest first.
    pub async fn seen(&self, user: &User) -> Vec<u128> {
        numbers(&self.list(user).await.expect("the report").rows)
    }

    /// The one request that there is, as the user sees it.
    pub async fn only(&self, user: &User) -> RequestReportRow {
        let mut rows = self.list(user).await.expect("the report").rows;
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    /// Lets a request of the usual places live.
    pub async fn live(&self, number: u128, life: &[(Happens, &str)]) {
        self.live_with(facts(number), life).await;
    }

    /// Lets a request live, each event at the given time.
    pub async fn live_with(&self, first: RequestFacts, life: &[(Happens, &str)]) {
        for step in steps(first, life) {
            self.deliver(&step).await;
        }
    }

    /// Hands one event to the service.
    pub async fn deliver(&self, step: &Step) {
        self.deliver_all(std::slice::from_ref(step)).await;
    }

    /// Hands events to the service as one batch.
    pub async fn deliver_all(&self, steps: &[Step]) {
        let arriving: Vec<Envelope> = steps.iter().map(|step| self.arriving(step)).collect();
        self.running.deliver_all(&arriving).await.expect("the events are taken");
    }

    /// An event as having happened at its own time.
    fn arriving(&self, step: &Step) -> Envelope {
        let now = self.running.host.env.now();
        self.running.clock.set(step.time);
        let (id, version, request) = (step.facts.id.as_str(), step.version, Some(step.facts.clone()));
        macro_rules! arriving {
            ($event:ident) => {
                self.running.arriving(&$event { request }, id, version)
            };
        }
        let arriving = match step.happens {
            Happens::Reactivated => arriving!(RequestReactivated),
            Happens::Resubmitted => arriving!(RequestPostponed),
            Happens::DatesChanged => arriving!(RequestDatesChanged),
            Happens::UnitChanged => arriving!(RequestDestinationChanged),
            Happens::To(state) => match state {
                State::Draft => arriving!(RequestDrafted),
                State::Held => arriving!(RequestHeld),
                State::Sent => arriving!(RequestSent),
                State::SentOffline => arriving!(RequestSentOffline),
                State::Redirected | State::RedirectedOffline | State::RedirectedAutomatically => {
                    arriving!(RequestRedirected)
                }
                State::AcceptedByDestination => arriving!(RequestAcceptedByDestination),
                State::DeclinedByDestination => arriving!(RequestDeclinedByDestination),
                State::Accepted => arriving!(RequestAccepted),
                State::Declined => arriving!(RequestDeclined),
                State::Confirmed => arriving!(RequestConfirmed),
                State::Cancelled => arriving!(RequestCancelled),
                State::Deleted => arriving!(RequestDeleted),
                State::Unspecified => unreachable!("no request is in no state"),
            },
        };
        self.running.clock.set(now);
        arriving
    }

    /// The names of the usual places.
    pub async fn name_everything(&self) {
        let r = &self.running;
        let agency_id = HOST.to_string();
        let site_id = SITE.to_string();
        let site =
            Site { id: site_id.clone(), agency_id, name: "Hôpital Notre-Dame".to_owned(), ..Default::default() };
        let service = Service {
            id: SERVICE.to_string(),
            site_id: site_id.clone(),
            name: text("Médecine", "Medicine"),
            ..Default::default()
        };
        let unit = Destination { id: UNIT.to_string(), site_id, name: "4 Ouest".to_owned(), ..Default::default() };
        let program = Program {
            id: PROGRAM.to_string(),
            agency_id: SCHOOL.to_string(),
            name: text("Soins infirmiers", "Nursing"),
            ..Default::default()
        };
        r.deliver(&agency(SCHOOL, "Cégep de l'Érable"), SCHOOL, 1).await.expect("taken");
        r.deliver(&agency(HOST, "CIUSSS du Centre"), HOST, 1).await.expect("taken");
        r.deliver(&SiteChanged { site: Some(site) }, SITE, 1).await.expect("taken");
        r.deliver(&ServiceChanged { service: Some(service) }, SERVICE, 1).await.expect("taken");
        r.deliver(&DestinationChanged { destination: Some(unit) }, UNIT, 1).await.expect("taken");
        r.deliver(&ProgramChanged { program: Some(program) }, PROGRAM, 1).await.expect("taken");
    }
}

/// An agency of that name; the school sends students, the others receive them.
pub fn agency(id: Uuid, name: &str) -> AgencyChanged {
    let kind = if id == SCHOOL { AgencyKind::Placing } else { AgencyKind::Receiving };
    let agency = Agency { id: id.to_string(), kind: kind.into(), name: name.to_owned(), ..Default::default() };
    AgencyChanged { agency: Some(agency) }
}

pub fn text(fr: &str, en: &str) -> Option<LocalizedText> {
    Some(LocalizedText { fr: fr.to_owned(), en: en.to_owned() })
}

/// A request from the school to the unit, with a number that orders it among others.
pub fn facts(number: u128) -> RequestFacts {
    RequestFacts {
        id: request_id(number).to_string(),
        reference: format!("QC-{number:04}"),
        placing_agency_id: SCHOOL.to_string(),
        program_id: PROGRAM.to_string(),
        receiving_agency_id: HOST.to_string(),
        site_id: SITE.to_string(),
        service_id: SERVICE.to_string(),
        destination_id: UNIT.to_string(),
        student_count: 2,
        start_date: "2027-01-11".to_owned(),
        end_date: "2027-03-05".to_owned(),
        ..Default::default()
    }
}

pub fn request_id(number: u128) -> Uuid {
    Uuid::from_u128((0x019a << 112) + number)
}

pub fn numbers(rows: &[RequestReportRow]) -> Vec<u128> {
    let number = |row: &RequestReportRow| {
        row.placement_request_id.parse::<Uuid>().expect("a UUID").as_u128() - request_id(0).as_u128()
    };
    rows.iter().map(number).collect()
}

/// The events of a life, in order, with the views that placement would tell. Answers and cancellations carry the reason `R`
/// and their version.
pub fn steps(first: RequestFacts, life: &[(Happens, &str)]) -> Vec<Step> {
    let (mut facts, mut steps, mut asked) = (first, Vec::new(), State::Redirected);
    for (version, (happens, time)) in (1..).zip(life) {
        facts.previous_state = facts.state;
        facts.reason_code.clear();
        match happens {
            Happens::To(state) => {
                facts.state = (*state).into();
                if *state >= State::AcceptedByDestination {
                    facts.reason_code = format!("R{version}");
                }
            }
            Happens::Reactivated => facts.state = State::Sent.into(),
            Happens::Resubmitted => {
                facts.state = State::Sent.into();
                (facts.start_date, facts.end_date) = ("2027-02-01".to_owned(), "2027-03-26".to_owned());
            }
            Happens::DatesChanged => facts.end_date = "2027-03-12".to_owned(),
            Happens::UnitChanged => facts.destination_id = OTHER_UNIT.to_string(),
        }
        let time = time.parse().expect("a time");
        if matches!(facts.state(), State::RedirectedOffline | State::RedirectedAutomatically | State::Redirected) {
            asked = facts.state();
        }
        facts.views = Some(views(&facts, asked));
        steps.push(Step { version, time, happens: *happens, facts: facts.clone() });
    }
    steps
}

fn views(facts: &RequestFacts, asked: State) -> RequestViews {
    let stored = RequestView { state: facts.state, reason_code: facts.reason_code.clone() };
    let (mut placing, mut receiving, mut destination) = (Some(stored.clone()), Some(stored.clone()), Some(stored));
    match facts.state() {
        State::Deleted => (placing, receiving, destination) = (None, None, None),
        State::Draft | State::Held | State::SentOffline => (receiving, destination) = (None, None),
        State::Sent => destination = None,
        State::AcceptedByDestination | State::DeclinedByDestination => placing = Some(seen(asked)),
        _ => {}
    }
    RequestViews { placing, receiving, destination }
}

/// A view in that state, without a reason.
pub fn seen(state: State) -> RequestView {
    RequestView { state: state.into(), reason_code: String::new() }
}

/// The school's coordinator.
pub fn school() -> User {
    user(Role::PlacingCoordinator, [agency_scope(SCHOOL)])
}

/// The health organisation's coordinator.
pub fn coordinator() -> User {
    user(Role::ReceivingCoordinator, [agency_scope(HOST)])
}

/// The unit's agent.
pub fn agent() -> User {
    user(Role::DestinationCoordinator, [unit_scope(UNIT)])
}

pub fn user(role: Role, scopes: impl Into<Vec<chassis::Scope>>) -> User {
    User::new(PersonId::from(Uuid::from_u128(7)), role, scopes)
}

pub fn english(user: User) -> User {
    user.reading(Locale::En)
}

pub fn unit_scope(id: Uuid) -> chassis::Scope {
    chassis::Scope::Destination(DestinationId::from(id))
}

pub fn site_scope(id: Uuid) -> chassis::Scope {
    chassis::Scope::Site(SiteId::from(id))
}

pub fn service_scope(id: Uuid) -> chassis::Scope {
    chassis::Scope::Service(ServiceId::from(id))
}

pub fn program_scope(id: Uuid) -> chassis::Scope {
    chassis::Scope::Program(ProgramId::from(id))
}

pub fn agency_scope(id: Uuid) -> chassis::Scope {
    chassis::Scope::Agency(AgencyId::from(id))
}
