//! A province with one school, one hospital and its people, in front of the service.

use chassis::{Scope, Secret};
use kernel::PersonId;
use notification::{
    Notification, SEND_MAIL,
    config::{Config, Smtp},
};
use proto::{
    Event,
    configuration::v1 as configuration,
    identity::v1::{AccountState, PersonChanged, Role},
    notification::v1::{
        Delivery, DeliveryState, ListDeliveriesRequest, LookUpAnswerLinkRequest, LookUpAnswerLinkResponse,
        UseAnswerLinkRequest, UseAnswerLinkResponse, answer_link_service_client::AnswerLinkServiceClient,
        delivery_service_client::DeliveryServiceClient,
    },
    placement::v1::{self as placement, Answer, RequestFacts, RequestRedirected, State},
    text::v1::LocalizedText,
};
use testkit::{
    mail::{Mail, Sink},
    service::{self, Running, User},
};
use tonic::{Code, Request, Status};
use tonic_types::StatusExt as _;
use uuid::Uuid;

use crate::placement::Placement;

pub const SECRET: &str = "a secret of the tests that signs links";
pub const URL: &str = "https://tandem.example";

/// An id that reads the same in every run.
pub const fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub const REQUEST: Uuid = id(1);
pub const SCHOOL: Uuid = id(2);
pub const PROGRAM: Uuid = id(3);
pub const HOSPITAL: Uuid = id(4);
pub const SITE: Uuid = id(5);
pub const SERVICE: Uuid = id(6);
pub const UNIT: Uuid = id(7);
pub const OTHER_UNIT: Uuid = id(8);
/// Paule, the school's coordinator; reads English.
pub const SCHOOL_COORDINATOR: Uuid = id(11);
/// Rachel, the receiving coordinator; reads French.
pub const COORDINATOR: Uuid = id(12);
/// Dan, who answers for the unit; reads English, has no account.
pub const AGENT: Uuid = id(13);
/// Odile, who answers for the other unit; reads French, has no account.
pub const OTHER_AGENT: Uuid = id(14);

pub struct World {
    pub running: Running,
    pub sink: Sink,
    pub placement: Placement,
    pub config: Config,
}

impl World {
    /// The service with all that mails name.
    pub async fn new() -> Self {
        let world = Self::empty().await;
        world.fill().await;
        world
    }

    /// The service before anything has reached it.
    pub async fn empty() -> Self {
        Self::with(|_| ()).await
    }

    /// The same with other settings.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let (sink, placement) = (Sink::start().await, Placement::default());
        let mut config = config(sink.port());
        change(&mut config);
        let peers = [("placement", placement.serve().await)];
        let running = service::start_with::<Notification>(config.clone(), peers).await;
        Self { running, sink, placement, config }
    }

    pub async fn fill(&self) {
        for event in people() {
            self.deliver(&event, 1).await;
        }
        self.deliver(&agency(SCHOOL, configuration::AgencyKind::Placing, "Cégep de la Rive"), 1).await;
        self.deliver(&agency(HOSPITAL, configuration::AgencyKind::Receiving, "Santé du Fleuve"), 1).await;
        self.deliver(&site("Hôpital du Parc"), 1).await;
        let (id, site_id, name) = (SERVICE.to_string(), SITE.to_string(), text("Médecine", "Medicine"));
        let service = configuration::Service { id, site_id, name, active: true, ..Default::default() };
        self.deliver(&configuration::ServiceChanged { service: Some(service) }, 1).await;
        for (unit, name, agent) in [(UNIT, "4 Ouest", Some(AGENT)), (OTHER_UNIT, "5 Est", Some(OTHER_AGENT))] {
            self.deliver(&destination(unit, name, agent), 1).await;
        }
        let (id, agency_id, name) = (PROGRAM.to_string(), SCHOOL.to_string(), text("Soins infirmiers", "Nursing"));
        let program = configuration::Program { id, agency_id, name, active: true, ..Default::default() };
        self.deliver(&configuration::ProgramChanged { program: Some(program) }, 1).await;
        for (code, fr, en, uses) in [
            ("A1", "Acceptée telle quelle", "Accepted as requested", configuration::ReasonUse::Accept),
            ("D10", "Demande incomplète", "Incomplete request", configuration::ReasonUse::Decline),
            ("D2", "Capacité atteinte", "Capacity reached", configuration::ReasonUse::Decline),
            ("C2", "Placé ailleurs", "Placed elsewhere", configuration::ReasonUse::Cancel),
        ] {
            let (name, uses) = (text(fr, en), vec![uses.into()]);
            let reason = configuration::Reason { code: code.into(), name, uses, active: true, etag: String::new() };
            self.deliver(&configuration::ReasonChanged { reason: Some(reason) }, 1).await;
        }
    }

    /// Hands an event over; it must be taken.
    pub async fn deliver<E: Event>(&self, event: &E, version: i64) {
        self.running.deliver(event, REQUEST, version).await.expect("the event is taken");
    }

    /// Sends what is due.
    pub async fn send(&self) {
        self.running.run_task(SEND_MAIL).await.expect("the database holds");
    }

    /// Redirects to the unit without user, mails it, and reads the token out of the mail.
    pub async fn mailed_link(&self) -> String {
        self.deliver(&RequestRedirected { request: Some(redirected(UNIT, AGENT)) }, 3).await;
        self.send().await;
        token(self.sink.mails().last().expect("a mail with a link"))
    }

    pub async fn look_up(&self, token: &str) -> Result<LookUpAnswerLinkResponse, Status> {
        let message = LookUpAnswerLinkRequest { token: token.into() };
        let mut client = AnswerLinkServiceClient::new(self.running.as_nobody());
        client.look_up_answer_link(message).await.map(tonic::Response::into_inner)
    }

    pub async fn answer(&self, token: &str, answer: Answer, reason: &str) -> Result<UseAnswerLinkResponse, Status> {
        let (token, reason_code) = (token.into(), reason.into());
        let message = UseAnswerLinkRequest {
            token,
            answer: answer.into(),
            reason_code,
            comment: "Bienvenue".into(),
            ..UseAnswerLinkRequest::default()
        };
        let mut client = AnswerLinkServiceClient::new(self.running.as_nobody());
        client.use_answer_link(Request::new(message)).await.map(tonic::Response::into_inner)
    }

    pub async fn accept(&self, token: &str) -> Result<UseAnswerLinkResponse, Status> {
        self.answer(token, Answer::Accept, "").await
    }

    pub async fn decline(&self, token: &str) -> Result<UseAnswerLinkResponse, Status> {
        self.answer(token, Answer::Decline, "D2").await
    }

    /// The log as the hospital's coordinator reads it, newest first.
    pub async fn log(&self) -> Vec<Delivery> {
        let mut client = DeliveryServiceClient::new(self.running.as_user(&coordinator()));
        let message = ListDeliveriesRequest { placement_request_id: REQUEST.to_string() };
        client.list_deliveries(message).await.expect("in reach").into_inner().deliveries
    }

    /// Template, recipient and state of each line of the log, oldest first.
    pub async fn lines(&self) -> Vec<(String, String, DeliveryState)> {
        let line = |d: Delivery| (d.template.clone(), d.person_name.clone(), d.state());
        self.log().await.into_iter().rev().map(line).collect()
    }

    /// The states of the request's links, sorted.
    pub async fn links(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT state FROM answer_link ORDER BY state")
            .fetch_all(&self.running.db)
            .await
            .expect("the links")
    }
}

/// The settings of the tests: short waits, few attempts.
pub fn config(port: u16) -> Config {
    Config {
        public_url: URL.into(),
        from: "Tandem <tandem@tandem.example>".into(),
        smtp: Smtp { port, timeout_ms: 5_000, ..Smtp::default() },
        link_secret: Secret::new(SECRET),
        attempts: 3,
        senders: 2,
        ..Config::default()
    }
}

/// The hospital's coordinator, signed in.
pub fn coordinator() -> User {
    let scopes = [Scope::Agency(HOSPITAL.into())];
    User::new(PersonId::from(COORDINATOR), Role::ReceivingCoordinator, scopes)
}

pub fn people() -> [PersonChanged; 4] {
    let [paule, rachel] =
        [person(SCHOOL_COORDINATOR, "Paule", "Proulx", "en"), person(COORDINATOR, "Rachel", "Roy", "fr")]
            .map(|p| PersonChanged { account_state: AccountState::Active.into(), alerts_accepted: true, ..p });
    [paule, rachel, person(AGENT, "Dan", "Day", "en"), person(OTHER_AGENT, "Odile", "Ouellet", "fr")]
}

/// Somebody without account.
pub fn person(id: Uuid, first_name: &str, last_name: &str, language: &str) -> PersonChanged {
    PersonChanged {
        person_id: id.to_string(),
        first_name: first_name.into(),
        last_name: last_name.into(),
        email: address(first_name),
        language: language.into(),
        active: true,
        ..PersonChanged::default()
    }
}

pub fn address(first_name: &str) -> String {
    format!("{}@example.org", first_name.to_lowercase())
}

pub fn agency(id: Uuid, kind: configuration::AgencyKind, name: &str) -> configuration::AgencyChanged {
    let (id, kind, name) = (id.to_string(), kind.into(), name.to_owned());
    let agency = configuration::Agency { id, kind, name, active: true, ..Default::default() };
    configuration::AgencyChanged { agency: Some(agency) }
}

pub fn site(name: &str) -> configuration::SiteChanged {
    let (id, agency_id, name) = (SITE.to_string(), HOSPITAL.to_string(), name.to_owned());
    let site = configuration::Site { id, agency_id, name, active: true, ..Default::default() };
    configuration::SiteChanged { site: Some(site) }
}

pub fn destination(unit: Uuid, name: &str, agent: Option<Uuid>) -> configuration::DestinationChanged {
    let destination = configuration::Destination {
        id: unit.to_string(),
        site_id: SITE.to_string(),
        service_ids: vec![SERVICE.to_string()],
        name: name.to_owned(),
        agent_id: agent.map(|a| a.to_string()).unwrap_or_default(),
        active: true,
        ..Default::default()
    };
    configuration::DestinationChanged { destination: Some(destination) }
}

pub fn text(fr: &str, en: &str) -> Option<LocalizedText> {
    Some(LocalizedText { fr: fr.into(), en: en.into() })
}

/// The request as an event tells of it.
pub fn facts(state: State, previous: State, actor: Option<Uuid>) -> RequestFacts {
    RequestFacts {
        id: REQUEST.to_string(),
        reference: "QC-7F3K-29".into(),
        placing_agency_id: SCHOOL.to_string(),
        program_id: PROGRAM.to_string(),
        course_id: id(30).to_string(),
        receiving_agency_id: HOSPITAL.to_string(),
        site_id: SITE.to_string(),
        service_id: SERVICE.to_string(),
        destination_id: UNIT.to_string(),
        placement_type_code: "preceptorship".into(),
        kind: placement::Kind::Individual.into(),
        student_count: 2,
        start_date: "2027-01-11".into(),
        end_date: "2027-04-01".into(),
        hours_per_student: 120,
        state: state.into(),
        previous_state: previous.into(),
        placing_coordinator_id: SCHOOL_COORDINATOR.to_string(),
        receiving_coordinator_id: COORDINATOR.to_string(),
        destination_coordinator_id: AGENT.to_string(),
        reason_code: String::new(),
        actor_id: actor.map(|a| a.to_string()).unwrap_or_default(),
        on_behalf: false,
        origin: placement::Origin::PlacingAgency.into(),
        ..RequestFacts::default()
    }
}

/// Redirected by the coordinator to a unit without user.
pub fn redirected(unit: Uuid, agent: Uuid) -> RequestFacts {
    RequestFacts {
        destination_id: unit.to_string(),
        destination_coordinator_id: agent.to_string(),
        ..facts(State::RedirectedOffline, State::Sent, Some(COORDINATOR))
    }
}

/// The token in a mail's text part.
pub fn token(mail: &Mail) -> String {
    let text = mail.text();
    let begin = format!("{URL}/a/");
    let link = text.lines().find_map(|l| l.trim().strip_prefix(begin.as_str()).map(str::to_owned));
    link.unwrap_or_else(|| panic!("no link in {text}"))
}

/// Code and reason of an error.
pub fn reason<T: std::fmt::Debug>(answer: Result<T, Status>) -> (Code, String) {
    let status = answer.expect_err("refused");
    let reason = status.get_details_error_info().map(|info| info.reason).unwrap_or_default();
    (status.code(), reason)
}
