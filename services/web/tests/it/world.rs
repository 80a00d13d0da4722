//! The front end on a database of its own, in front of a stub of the gateway.

use chassis::Service as _;
use proto::identity::v1::{
    GetMeResponse, Grant, Level, Me, Person, Role, ScopeKind, SignInResponse, SignOutResponse, Tokens,
};
use testkit::{
    service::{self, MORNING, Running},
    stub::Stub,
};
use web::{Config, Web};

use crate::{browser::Browser, data};

pub struct World {
    pub gateway: Stub,
    pub browser: Browser,
    pub running: Running,
}

impl World {
    /// Nobody is signed in.
    pub async fn new() -> Self {
        Self::configured(Config { secure_cookies: Some(false), styleguide: true, ..Config::default() }).await
    }

    /// The same with settings of its own.
    pub async fn configured(config: Config) -> Self {
        let gateway = Stub::default();
        let config = Config { gateway: gateway.serve().await, ..config };
        let running = service::start::<Web>(config.clone()).await;
        let mut component = Web::build(&running.host, config).await.unwrap();
        let browser = Browser::new(component.take_http().unwrap());
        Self { gateway, browser, running }
    }

    /// Somebody is signed in, in a role.
    pub async fn with(role: Role) -> Self {
        Self::with_me(me(role)).await
    }

    pub async fn with_me(me: Me) -> Self {
        let world = Self::new().await;
        data::fill(&world.gateway);
        world.sign_in(me, "/").await;
        world
    }

    /// Signs somebody in; where that led.
    pub async fn sign_in(&self, me: Me, next: &str) -> String {
        let signed_in = SignInResponse { tokens: Some(tokens(600)), me: Some(me.clone()) };
        self.gateway.answer("SessionService/SignIn", signed_in);
        self.gateway.answer("SessionService/SignOut", SignOutResponse {});
        self.gateway.answer("SessionService/GetMe", GetMeResponse { me: Some(me) });
        let fields = [("login", "paule.roy"), ("password", "a password"), ("next", next)];
        let page = self.browser.post("/sign-in", &fields).await;
        page.is(303).header("location").to_owned()
    }
}

/// Tokens whose access ends in some seconds.
pub fn tokens(seconds: i64) -> Tokens {
    let now: jiff::Timestamp = MORNING.parse().unwrap();
    let at = |seconds| Some(prost_types::Timestamp { seconds: now.as_second() + seconds, nanos: 0 });
    Tokens {
        access_token: "access".into(),
        access_expires_at: at(seconds),
        refresh_token: "refresh".into(),
        refresh_expires_at: at(36_000),
    }
}

/// Paule Roy, who works in a role for the agency of her side.
pub fn me(role: Role) -> Me {
    let agency_id = if role == Role::PlacingCoordinator { data::SCHOOL } else { data::HOSPITAL };
    let (scope_kind, scope_id) = match role {
        Role::DestinationCoordinator | Role::DestinationMonitor => (ScopeKind::Destination, data::UNIT),
        Role::ReceivingCoordinator => (ScopeKind::Site, data::SITE),
        Role::PlacingCoordinator => (ScopeKind::Agency, data::SCHOOL),
        _ => (ScopeKind::Province, ""),
    };
    me_with(role, Level::Regular, (scope_kind, scope_id), agency_id)
}

pub fn me_with(role: Role, level: Level, (kind, id): (ScopeKind, &str), agency_id: &str) -> Me {
    let grant = Grant {
        id: "grant".into(),
        role: role.into(),
        level: level.into(),
        scope_kind: kind.into(),
        scope_id: id.into(),
    };
    let person = Person {
        id: "paule".into(),
        agency_id: agency_id.into(),
        first_name: "Paule".into(),
        last_name: "Roy".into(),
        active: true,
        ..Person::default()
    };
    Me { person: Some(person), active_role: role.into(), roles: vec![role.into()], grants: vec![grant] }
}
