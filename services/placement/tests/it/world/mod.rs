//! A province small enough to know by heart: two schools that are users and one that is not, two hospitals that are users and
//! one that is not.

mod messages;
mod province;

use eventing::copy;
use jiff::SignedDuration;
use kernel::PersonId;
use placement::{Config, Placement};
use proto::{
    configuration::v1::{Agency, AgencyChanged, Destination, DestinationChanged, Service, ServiceChanged},
    event::v1::Envelope,
    identity::v1::{PersonChanged, Role},
    placement::v1::{
        CreateRequestRequest, Kind, PlacementRequest,
        internal_placement_service_client::InternalPlacementServiceClient,
        placement_request_service_client::PlacementRequestServiceClient,
    },
};
use testkit::service::{Caller, Running, User, start};
use tonic::Status;
use tonic_types::StatusExt as _;
use uuid::Uuid;

pub use messages::{agency, agent_of, destination, person, service};
pub use province::province;

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
        let count = export.len();
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
        hours_per_student: 40,
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

/// The reason code of a refusal.
pub fn reason(status: &Status) -> String {
    status.get_details_error_info().expect("every refusal has its reason").reason
}

/// `field=REASON` of each fault.
pub fn faults(status: &Status) -> String {
    let violations = status.get_details_bad_request().expect("the fields").field_violations;
    violations.iter().map(|v| format!("{}={}", v.field, v.reason)).collect::<Vec<_>>().join(",")
}
