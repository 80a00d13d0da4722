//! Calling the services of the loading process as anyone: with tokens of a key that this process alone trusts, and that is
//! forgotten with it.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chassis::{
    Process,
    auth::{ClaimedGrant, Claims, ISSUER},
};
use directory::model::Role;
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey as _};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use kernel::{Clock as _, FixedClock, SessionId};
use tonic::{
    Request, Status,
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};
use uuid::Uuid;

use super::world::Person;
use crate::database::SCHEMAS;

/// The key's name.
const KEY_ID: &str = "demonstration";
/// Seconds that a token lives: one is made for each call.
const LIFE: i64 = 3600;

/// Adds a token to each call.
#[derive(Clone)]
pub(super) struct Bearer(Option<String>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(token) = &self.0 {
            let value = format!("Bearer {token}").parse().map_err(|_| Status::internal("the token is no header"))?;
            request.metadata_mut().insert("authorization", value);
        }
        Ok(request)
    }
}

/// What generated clients are made from.
pub(super) type Caller = InterceptedService<Channel, Bearer>;

/// Calls as anyone.
pub(super) struct Callers {
    key: EncodingKey,
    province: String,
    clock: FixedClock,
    channels: BTreeMap<&'static str, Channel>,
}

impl Callers {
    /// Makes a key, and `process` trust it. Comes before the services are added.
    pub(super) fn new(process: &mut Process, province: &str, clock: FixedClock) -> anyhow::Result<Self> {
        let key = SigningKey::from_bytes(&rand::random());
        let public = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
        process.trust(KEY_ID, DecodingKey::from_ed_components(&public)?);
        let channels = SCHEMAS.iter().filter_map(|&name| Some((name, process.channel(name)?)));
        Ok(Self {
            key: EncodingKey::from_ed_der(key.to_pkcs8_der()?.as_bytes()),
            province: province.to_owned(),
            clock,
            channels: channels.collect(),
        })
    }

    /// A service as somebody in one of their roles calls it.
    pub(super) fn call(&self, service: &str, person: &Person, role: Role) -> anyhow::Result<Caller> {
        let now = self.clock.now().as_second();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: person.id,
            sid: SessionId::from(Uuid::nil()),
            iat: now,
            exp: now + LIFE,
            prv: self.province.clone(),
            lang: person.locale.code().to_owned(),
            role: proto::identity::v1::Role::from(role).as_str_name().to_owned(),
            grants: person.rights.iter().copied().filter(|g| g.role == role).map(ClaimedGrant::from).collect(),
        };
        let header = Header { kid: Some(KEY_ID.to_owned()), ..Header::new(Algorithm::EdDSA) };
        let token = jsonwebtoken::encode(&header, &claims, &self.key)?;
        Ok(InterceptedService::new(self.channel(service)?, Bearer(Some(token))))
    }

    /// A service as somebody without account calls it.
    pub(super) fn call_as_nobody(&self, service: &str) -> anyhow::Result<Caller> {
        Ok(InterceptedService::new(self.channel(service)?, Bearer(None)))
    }

    fn channel(&self, service: &str) -> anyhow::Result<Channel> {
        self.channels.get(service).cloned().ok_or_else(|| anyhow::anyhow!("{service} is not in this process"))
    }
}
