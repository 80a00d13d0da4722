//! Who is calling: the claims of an access token, and the principal that use cases ask about rights.

use std::str::FromStr;

use directory::{
    model::{Grant, Rights, Role},
    wire,
};
use jiff::Timestamp;
use kernel::{ErrorKind, Locale, PersonId, Problem, SessionId};
use proto::identity::v1 as pb;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Failure;

/// What an access token says, signed by identity with EdDSA. Short names, since the token travels with every call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// `tandem-identity`.
    pub iss: String,
    pub sub: PersonId,
    pub sid: SessionId,
    /// Seconds since 1970 at which it was issued.
    pub iat: i64,
    /// Seconds since 1970 at which it ends.
    pub exp: i64,
    pub prv: String,
    /// `fr` or `en`.
    pub lang: String,
    /// The active role: the name of its enum value.
    pub role: String,
    /// The grants of the active role.
    pub grants: Vec<ClaimedGrant>,
}

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

impl From<Grant> for ClaimedGrant {
    fn from(grant: Grant) -> Self {
        let kind = pb::ScopeKind::from(grant.scope.kind());
        Self { l: pb::Level::from(grant.level).into(), k: kind.into(), s: grant.scope.id().unwrap_or_default() }
    }
}

/// The issuer that access tokens name.
pub const ISSUER: &str = "tandem-identity";

/// The person who calls, in the active role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    pub person: PersonId,
    pub session: SessionId,
    /// The active role with its grants.
    pub rights: Rights,
    pub locale: Locale,
    /// When the token ends: answers that take longer end with it.
    pub expires_at: Timestamp,
}

impl Principal {
    pub(crate) fn from_claims(claims: &Claims) -> Option<Self> {
        let role = Role::try_from(pb::Role::from_str_name(&claims.role)?).ok()?;
        let grant = |g: &ClaimedGrant| {
            let level = pb::Level::try_from(g.l).ok()?.try_into().ok()?;
            Some(Grant { role, level, scope: wire::claimed_scope(g.k, g.s)? })
        };
        Some(Self {
            person: claims.sub,
            session: claims.sid,
            rights: Rights { role, grants: claims.grants.iter().filter_map(grant).collect() },
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
/// If no person is behind the call; the authentication layer let it pass only where the method admits that.
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
