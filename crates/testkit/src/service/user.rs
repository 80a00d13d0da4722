//! Who calls the service under test, and the token that says so.

use chassis::{
    Process, Scope,
    auth::{ClaimedGrant, Claims, ISSUER},
};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use kernel::{Locale, PersonId, SessionId};
use proto::identity::v1::{Jwk, Level, Role, ScopeKind};
use uuid::Uuid;

/// The province of the tests.
pub const PROVINCE: &str = "qc";
const KEY_ID: &str = "testkit";
const PRIVATE_KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ4g3xm6d7O3NguQnj8hlnYVsUwtNDJi7Y8iir1hk8c2
-----END PRIVATE KEY-----";
const PUBLIC_KEY: &str = "QacAT4qk89kctK5gtMZpy-xDYwetS_1ZyeydCraLt5k";
/// Seconds that a test's token lives: an hour, so that a test may move the clock a little.
const TOKEN_SECONDS: i64 = 3600;

/// Who calls.
#[derive(Clone, Debug)]
pub struct User {
    /// The person.
    pub person: PersonId,
    /// The active role.
    pub role: Role,
    /// The level of all grants.
    pub level: Level,
    /// Where the grants hold.
    pub scopes: Vec<Scope>,
    /// The person's language.
    pub locale: Locale,
}

impl User {
    /// A regular user who reads French.
    #[must_use]
    pub fn new(person: PersonId, role: Role, scopes: impl Into<Vec<Scope>>) -> Self {
        Self { person, role, level: Level::Regular, scopes: scopes.into(), locale: Locale::Fr }
    }

    /// The same at another level.
    #[must_use]
    pub fn at(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// The same in another language.
    #[must_use]
    pub fn reading(self, locale: Locale) -> Self {
        Self { locale, ..self }
    }
}

/// An access token for a user, signed with the key that services under test trust.
///
/// # Panics
/// Never: the key is a constant.
#[must_use]
pub fn token(user: &User, now: Timestamp) -> String {
    let grant = |scope: &Scope| {
        let kind = ScopeKind::from(scope.kind());
        ClaimedGrant { l: user.level.into(), k: kind.into(), s: scope.id().unwrap_or_default() }
    };
    let claims = Claims {
        iss: ISSUER.to_owned(),
        sub: user.person,
        sid: SessionId::from(Uuid::from_u128(1)),
        iat: now.as_second(),
        exp: now.as_second() + TOKEN_SECONDS,
        prv: PROVINCE.to_owned(),
        lang: user.locale.code().to_owned(),
        role: user.role.as_str_name().to_owned(),
        grants: user.scopes.iter().map(grant).collect(),
    };
    let header = Header { kid: Some(KEY_ID.to_owned()), ..Header::new(Algorithm::EdDSA) };
    let key = EncodingKey::from_ed_pem(PRIVATE_KEY.as_bytes()).expect("a constant key");
    jsonwebtoken::encode(&header, &claims, &key).expect("the claims can be written as JSON")
}

/// The key that [`token`] signs with, as identity publishes keys.
#[must_use]
pub fn published_key() -> Jwk {
    let [kty, crv, alg, r#use] = ["OKP", "Ed25519", "EdDSA", "sig"].map(str::to_owned);
    Jwk { kty, crv, alg, r#use, kid: KEY_ID.to_owned(), x: PUBLIC_KEY.to_owned() }
}

/// Lets a process trust the key that [`token`] signs with.
pub(super) fn trust(process: &mut Process) {
    process.trust(KEY_ID, DecodingKey::from_ed_components(PUBLIC_KEY).expect("a constant key"));
}
