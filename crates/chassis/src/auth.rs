//! Who is calling: the claims of an access token, and the principal that use cases ask about rights.

use std::str::FromStr;

use jiff::Timestamp;
use kernel::{AgencyId, DestinationId, ErrorKind, Locale, PersonId, Problem, ProgramId, ServiceId, SessionId, SiteId};
use proto::identity::v1::{Level, Role, ScopeKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Failure;

/// What an access token says, signed by identity with EdDSA. Short names, since the token travels with every call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// `tandem-identity`.
    pub iss: String,
    /// The person.
    pub sub: PersonId,
    /// The session.
    pub sid: SessionId,
    /// Seconds since 1970 at which it was issued.
    pub iat: i64,
    /// Seconds since 1970 at which it ends.
    pub exp: i64,
    /// The province's code.
    pub prv: String,
    /// `fr` or `en`.
    pub lang: String,
    /// The active role: the name of its enum value.
    pub role: String,
    /// The grants of the active role.
    pub grants: Vec<ClaimedGrant>,
}

/// One grant in a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedGrant {
    /// Level, as the number of its enum value.
    pub l: i32,
    /// Kind of scope, as the number of its enum value.
    pub k: i32,
    /// The place; nil for the province.
    #[serde(default, skip_serializing_if = "Uuid::is_nil")]
    pub s: Uuid,
}

/// The issuer that access tokens name.
pub const ISSUER: &str = "tandem-identity";

/// A place that a right holds for, with everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The whole province.
    Province,
    /// A school or a health organisation.
    Agency(AgencyId),
    /// A building.
    Site(SiteId),
    /// A clinical service.
    Service(ServiceId),
    /// A unit.
    Destination(DestinationId),
    /// A program of a school.
    Program(ProgramId),
}

impl Scope {
    /// From kind and id, as contracts and tokens hold them.
    #[must_use]
    pub fn new(kind: ScopeKind, id: Uuid) -> Option<Self> {
        Some(match kind {
            ScopeKind::Unspecified => return None,
            ScopeKind::Province => Self::Province,
            ScopeKind::Agency => Self::Agency(id.into()),
            ScopeKind::Site => Self::Site(id.into()),
            ScopeKind::Service => Self::Service(id.into()),
            ScopeKind::Destination => Self::Destination(id.into()),
            ScopeKind::Program => Self::Program(id.into()),
        })
    }

    /// Kind and id, as contracts and tokens hold them; a nil id for the province.
    #[must_use]
    pub fn parts(self) -> (ScopeKind, Uuid) {
        match self {
            Self::Province => (ScopeKind::Province, Uuid::nil()),
            Self::Agency(id) => (ScopeKind::Agency, id.uuid()),
            Self::Site(id) => (ScopeKind::Site, id.uuid()),
            Self::Service(id) => (ScopeKind::Service, id.uuid()),
            Self::Destination(id) => (ScopeKind::Destination, id.uuid()),
            Self::Program(id) => (ScopeKind::Program, id.uuid()),
        }
    }
}

/// One right: a role, its level and where it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What the person is.
    pub role: Role,
    /// How far the role reaches.
    pub level: Level,
    /// Where.
    pub scope: Scope,
}

/// The person who calls, in the active role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Who.
    pub person: PersonId,
    /// The session of the token.
    pub session: SessionId,
    /// The active role.
    pub role: Role,
    /// The grants of the active role.
    pub grants: Vec<Grant>,
    /// The person's language.
    pub locale: Locale,
    /// When the token ends: answers that take longer end with it.
    pub expires_at: Timestamp,
}

impl Principal {
    /// The grants of at least this level.
    pub fn holds(&self, level: Level) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |g| g.level >= level)
    }

    pub(crate) fn from_claims(claims: &Claims) -> Option<Self> {
        let role = Role::from_str_name(&claims.role)?;
        let grant = |g: &ClaimedGrant| {
            let level = Level::try_from(g.l).ok()?;
            Some(Grant { role, level, scope: Scope::new(ScopeKind::try_from(g.k).ok()?, g.s)? })
        };
        Some(Self {
            person: claims.sub,
            session: claims.sid,
            role,
            grants: claims.grants.iter().filter_map(grant).collect(),
            locale: Locale::from_str(&claims.lang).unwrap_or_default(),
            expires_at: Timestamp::from_second(claims.exp).ok()?,
        })
    }
}

/// Another service of Tandem, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceCaller(pub String);

/// Why a call is not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No token, or one that does not hold.
    #[error("no valid token")]
    Unauthenticated,
    /// The token's time is over.
    #[error("the token has expired")]
    Expired,
    /// The method does not admit the active role at its level.
    #[error("the role is not admitted")]
    RoleNotAllowed,
    /// The keys to verify with cannot be had right now.
    #[error("no keys to verify with")]
    KeysUnavailable,
}

impl Problem for Refusal {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Unauthenticated | Self::Expired => ErrorKind::Unauthenticated,
            Self::RoleNotAllowed => ErrorKind::Forbidden,
            Self::KeysUnavailable => ErrorKind::Unavailable,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Expired => "TOKEN_EXPIRED",
            Self::RoleNotAllowed => "ROLE_NOT_ALLOWED",
            Self::KeysUnavailable => "UNAVAILABLE",
        }
    }
}

/// The principal and the message of a call by a person.
///
/// # Errors
/// If no person is behind the call; the gate let it pass only where the method admits that.
pub fn caller<M>(request: tonic::Request<M>) -> Result<(Principal, M), Failure> {
    let (_, extensions, message) = request.into_parts();
    let principal = extensions.get::<Principal>().cloned().ok_or(Refusal::Unauthenticated)?;
    Ok((principal, message))
}

/// The name of the service that calls, and the message.
///
/// # Errors
/// If no service is behind the call.
pub fn service_caller<M>(request: tonic::Request<M>) -> Result<(ServiceCaller, M), Failure> {
    let (_, extensions, message) = request.into_parts();
    let service = extensions.get::<ServiceCaller>().cloned().ok_or(Refusal::Unauthenticated)?;
    Ok((service, message))
}

/// The token of an `authorization: Bearer` header.
#[must_use]
pub fn bearer(headers: &http::HeaderMap) -> Option<&str> {
    let value = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
