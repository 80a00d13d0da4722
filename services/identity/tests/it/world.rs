//! Two schools, two health organisations, and people who work there.

use chassis::{Failure, client_address};
use directory::model::{Level as HowFar, Role as What, Scope, ScopeKind};
use identity::{
    Identity,
    accounts::{Login, Passwords},
    config::{Argon2, Config},
    grants::Right,
    people::Card,
    seed::SeedAccount,
};
use jiff::SignedDuration;
use kernel::Locale;
use proto::{
    configuration::v1::{
        Agency, AgencyChanged, AgencyKind, Destination, DestinationChanged, Program, ProgramChanged, Service,
        ServiceChanged, Site, SiteChanged,
    },
    identity::v1::{
        PersonChanged, SignInRequest, SignInResponse, Tokens, account_service_client::AccountServiceClient,
        person_service_client::PersonServiceClient, session_service_client::SessionServiceClient,
    },
};
use testkit::service::{Caller, Running, User, start};
use tonic::{Code, Extensions, Request, Status, codegen::http::HeaderMap, metadata::MetadataMap};
use tonic_types::StatusExt as _;
use uuid::Uuid;

pub use crate::callers::{
    host_admin, operator, other_host_admin, other_school_admin, program_admin, school_admin, site_admin,
};

pub const SCHOOL: Uuid = Uuid::from_u128(0x5c01);
pub const OTHER_SCHOOL: Uuid = Uuid::from_u128(0x5c02);
pub const PROGRAM: Uuid = Uuid::from_u128(0x9e01);
pub const SECOND_PROGRAM: Uuid = Uuid::from_u128(0x9e02);
pub const HOST: Uuid = Uuid::from_u128(0xa001);
pub const OTHER_HOST: Uuid = Uuid::from_u128(0xa002);
pub const SITE: Uuid = Uuid::from_u128(0xb001);
pub const SECOND_SITE: Uuid = Uuid::from_u128(0xb002);
pub const SERVICE: Uuid = Uuid::from_u128(0xc001);
pub const UNIT: Uuid = Uuid::from_u128(0xd001);

/// People who act; each has a staff record.
pub const OPERATOR: Uuid = Uuid::from_u128(0x1);
pub const SCHOOL_ADMIN: Uuid = Uuid::from_u128(0x2);
pub const PROGRAM_ADMIN: Uuid = Uuid::from_u128(0x3);
pub const OTHER_SCHOOL_ADMIN: Uuid = Uuid::from_u128(0x4);
pub const HOST_ADMIN: Uuid = Uuid::from_u128(0x5);
pub const SITE_ADMIN: Uuid = Uuid::from_u128(0x6);
pub const OTHER_HOST_ADMIN: Uuid = Uuid::from_u128(0x7);
/// Coordinates placements of `PROGRAM` and teaches there; login `mtremblay`.
pub const MARIE: Uuid = Uuid::from_u128(0x10);
/// Coordinates `SERVICE`, regular; login `jroy`.
pub const JEAN: Uuid = Uuid::from_u128(0x11);

/// Where people sign in from unless a test says otherwise.
pub const HOME: &str = "203.0.113.7";
/// The password of everyone who was made with an account.
pub const PASSWORD: &str = "Correct-Horse-9";

pub struct World {
    pub running: Running,
}

/// Hashing that costs next to nothing.
pub fn cheap() -> Config {
    Config { argon2: Argon2 { memory_kib: 8192, passes: 1, at_once: 4 }, ..Config::default() }
}

pub fn right(role: What, level: HowFar, kind: ScopeKind, id: Uuid) -> Right {
    Right { role, level, scope: Scope::new(kind, id) }
}

pub fn card(first: &str, last: &str) -> Card {
    Card {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        title: String::new(),
        email: "someone@example.ca".to_owned(),
        phone: String::new(),
        language: Locale::Fr,
    }
}

impl World {
    /// All places and people.
    pub async fn new() -> Self {
        Self::with(cheap()).await
    }

    pub async fn with(config: Config) -> Self {
        let world = Self { running: start::<Identity>(config).await };
        world.tell_places().await;
        world.seed_people().await;
        world
    }

    /// Nobody and nothing.
    pub async fn empty() -> Self {
        Self { running: start::<Identity>(cheap()).await }
    }

    /// The same province seen by a second replica.
    pub async fn replica(&self) -> Self {
        Self { running: self.running.replica::<Identity>(cheap()).await }
    }

    async fn tell_places(&self) {
        for (id, kind) in [
            (SCHOOL, AgencyKind::Placing),
            (OTHER_SCHOOL, AgencyKind::Placing),
            (HOST, AgencyKind::Receiving),
            (OTHER_HOST, AgencyKind::Receiving),
        ] {
            self.tell(&agency(id, kind), id).await;
        }
        for id in [PROGRAM, SECOND_PROGRAM] {
            let program =
                Program { id: id.to_string(), agency_id: SCHOOL.to_string(), active: true, ..Program::default() };
            self.tell(&ProgramChanged { program: Some(program) }, id).await;
        }
        for id in [SITE, SECOND_SITE] {
            self.tell(&site(id, true), id).await;
        }
        let service =
            Service { id: SERVICE.to_string(), site_id: SITE.to_string(), active: true, ..Service::default() };
        self.tell(&ServiceChanged { service: Some(service) }, SERVICE).await;
        let destination = Destination {
            id: UNIT.to_string(),
            site_id: SITE.to_string(),
            service_ids: vec![SERVICE.to_string()],
            active: true,
            ..Destination::default()
        };
        self.tell(&DestinationChanged { destination: Some(destination) }, UNIT).await;
    }

    pub async fn tell<E: proto::Event>(&self, event: &E, id: Uuid) {
        self.running.deliver(event, id, 1).await.expect("taken");
    }

    async fn seed_people(&self) {
        use HowFar::{LocalAdministrator, Regular, Viewer};
        use ScopeKind::{Agency, Program, Service, Site};
        let operator = Right { role: What::Operator, level: LocalAdministrator, scope: Scope::Province };
        self.seed(OPERATOR, None, ("Olga", "Opérateur"), None, vec![operator]).await;
        let (pc, rc) = (What::PlacingCoordinator, What::ReceivingCoordinator);
        for (person, agency, name, role, kind, place) in [
            (SCHOOL_ADMIN, SCHOOL, ("Sara", "École"), pc, Agency, SCHOOL),
            (PROGRAM_ADMIN, SCHOOL, ("Paul", "Programme"), pc, Program, PROGRAM),
            (OTHER_SCHOOL_ADMIN, OTHER_SCHOOL, ("Omar", "Ailleurs"), pc, Agency, OTHER_SCHOOL),
            (HOST_ADMIN, HOST, ("Hélène", "Hôpital"), rc, Agency, HOST),
            (SITE_ADMIN, HOST, ("Simon", "Site"), rc, Site, SITE),
            (OTHER_HOST_ADMIN, OTHER_HOST, ("Olivier", "Ailleurs"), rc, Agency, OTHER_HOST),
        ] {
            self.seed(person, Some(agency), name, None, vec![right(role, LocalAdministrator, kind, place)]).await;
        }
        let marie = vec![right(pc, Regular, Program, PROGRAM), right(What::Instructor, Viewer, Program, PROGRAM)];
        self.seed(MARIE, Some(SCHOOL), ("Marie-Ève", "Tremblay"), Some("mtremblay"), marie).await;
        self.seed(JEAN, Some(HOST), ("Jean", "Roy"), Some("jroy"), vec![right(rc, Regular, Service, SERVICE)]).await;
    }

    /// Makes somebody, with an account where a login is given.
    pub async fn seed(
        &self,
        person: Uuid,
        agency: Option<Uuid>,
        (first, last): (&str, &str),
        login: Option<&str>,
        rights: Vec<Right>,
    ) {
        let account = match login {
            Some(login) => Some((Login::parse(login).expect("a login"), self.hash(PASSWORD).await)),
            None => None,
        };
        let seed = SeedAccount {
            person: person.into(),
            agency: agency.map(Into::into),
            card: card(first, last),
            account,
            rights,
        };
        let host = &self.running.host;
        let made = host.db.write(&seed, &host.env).await;
        assert!(made.map_err(|failure: Failure| failure.chain()).expect("seeded"));
    }

    /// How many rows a table has, or a part of it.
    pub async fn count(&self, rows: &str) -> i64 {
        let query = format!("SELECT count(*) FROM {rows}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(&self.running.db).await.expect("a count")
    }

    pub async fn hash(&self, password: &str) -> String {
        Passwords::new(&cheap().argon2).expect("within bounds").hash(password).await.expect("hashed")
    }

    pub fn sessions(&self) -> SessionServiceClient<Caller> {
        SessionServiceClient::new(self.running.as_nobody())
    }

    pub fn people(&self, user: &User) -> PersonServiceClient<Caller> {
        PersonServiceClient::new(self.running.as_user(user))
    }

    pub fn accounts(&self, user: &User) -> AccountServiceClient<Caller> {
        AccountServiceClient::new(self.running.as_user(user))
    }

    /// Signs in from the usual address.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<SignInResponse, Status> {
        self.sign_in_from(HOME, login, password).await
    }

    pub async fn sign_in_from(&self, address: &str, login: &str, password: &str) -> Result<SignInResponse, Status> {
        let request = self.from(address, SignInRequest { login: login.into(), password: password.into() });
        Ok(self.sessions().sign_in(request).await?.into_inner())
    }

    /// A call from an address, as the gateway tells it.
    pub fn from<M>(&self, address: &str, message: M) -> Request<M> {
        let mut headers = HeaderMap::new();
        client_address::tell(&mut headers, &self.running.host.tokens, Some(address.parse().expect("an address")));
        Request::from_parts(MetadataMap::from_headers(headers), Extensions::default(), message)
    }

    /// Tokens of somebody who signs in with the usual password.
    pub async fn tokens(&self, login: &str) -> Tokens {
        self.sign_in(login, PASSWORD).await.expect("let in").tokens.expect("tokens")
    }

    /// What was published last about somebody.
    pub async fn last_event(&self, person: Uuid) -> PersonChanged {
        let id = person.to_string();
        let events = self.running.published::<PersonChanged>().await;
        events.into_iter().rfind(|event| event.person_id == id).expect("something was published")
    }

    pub async fn events_of(&self, person: Uuid) -> usize {
        let id = person.to_string();
        self.running.published::<PersonChanged>().await.iter().filter(|event| event.person_id == id).count()
    }

    pub fn pass(&self, duration: SignedDuration) {
        self.running.clock.advance(duration);
    }
}

pub fn agency(id: Uuid, kind: AgencyKind) -> AgencyChanged {
    AgencyChanged { agency: Some(Agency { id: id.to_string(), kind: kind.into(), active: true, ..Agency::default() }) }
}

pub fn site(id: Uuid, active: bool) -> SiteChanged {
    SiteChanged { site: Some(Site { id: id.to_string(), agency_id: HOST.to_string(), active, ..Site::default() }) }
}

/// The refusal's reason. Every reason has a text that people can read.
pub fn reason<T: std::fmt::Debug>(outcome: Result<T, Status>) -> String {
    let status = outcome.expect_err("refused");
    let reason = status.get_details_error_info().expect("an ErrorInfo").reason;
    assert_ne!(status.message(), reason, "the reason has a text");
    assert_ne!(status.code(), Code::Internal, "{status:?}");
    reason
}

/// How many seconds a refused sign-in is to wait.
pub fn wait<T: std::fmt::Debug>(outcome: Result<T, Status>) -> u64 {
    let status = outcome.expect_err("refused");
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    assert_eq!(status.get_details_error_info().expect("an ErrorInfo").reason, "SIGN_IN_DELAYED");
    let delay = status.get_details_retry_info().and_then(|info| info.retry_delay).expect("a RetryInfo");
    delay.as_secs()
}

/// The fields that are wrong, and why. Every cause has a text that people can read.
pub fn faults<T: std::fmt::Debug>(outcome: Result<T, Status>) -> Vec<(String, String)> {
    let status = outcome.expect_err("refused");
    assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
    let fault = |fault: tonic_types::FieldViolation| {
        assert_ne!(fault.description, fault.reason, "the cause has a text");
        (fault.field, fault.reason)
    };
    status.get_details_bad_request().expect("a BadRequest").field_violations.into_iter().map(fault).collect()
}

/// One fault, for comparison.
pub fn fault(field: &str, reason: &str) -> (String, String) {
    (field.to_owned(), reason.to_owned())
}

pub fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}
