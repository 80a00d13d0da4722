//! The keys that verify access tokens: identity's key set, kept for minutes and asked for again when a token names a key
//! that is not in it. A token is verified once, and remembered by its digest until it ends.

use std::{collections::HashMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use kernel::Clock;
use moka::future::Cache;
use proto::identity::v1::{GetJwksRequest, Jwk, session_service_client::SessionServiceClient};
use sha2::{Digest as _, Sha256};
use tokio::sync::RwLock;

use crate::{
    auth::{Claims, ISSUER, Principal, Refusal},
    peers::PeerClient,
};

/// How long a key set is taken as complete.
const FRESH: SignedDuration = SignedDuration::from_mins(5);
/// How soon an unknown key may make us ask again: forged tokens must not become a load on identity.
const ASK_AGAIN: SignedDuration = SignedDuration::from_secs(5);
/// How many tokens are remembered: more people than work at the same time, some 20 MB at worst.
const REMEMBERED: u64 = 20_000;

#[derive(Default)]
struct KeySet {
    keys: HashMap<String, DecodingKey>,
    asked_at: Option<Timestamp>,
}

#[derive(Clone)]
pub struct KeySource {
    identity: Option<PeerClient>,
    province: Arc<str>,
    clock: Arc<dyn Clock>,
    trusted: Arc<HashMap<String, DecodingKey>>,
    set: Arc<RwLock<KeySet>>,
    /// Tokens that were verified, by their SHA-256.
    verified: Cache<[u8; 32], Principal>,
}

impl KeySource {
    /// Keys that `identity` publishes, and those that are trusted anyway, for tokens of one province. A front end, which
    /// leaves verifying to others, need not know where identity is.
    #[must_use]
    pub fn new(
        identity: Option<PeerClient>,
        province: &str,
        clock: Arc<dyn Clock>,
        trusted: HashMap<String, DecodingKey>,
    ) -> Self {
        let (trusted, set, verified) = (Arc::new(trusted), Arc::default(), Cache::new(REMEMBERED));
        Self { identity, province: province.into(), clock, trusted, set, verified }
    }

    /// The person behind a token.
    ///
    /// # Errors
    /// If the token does not hold, has ended, or no key can be had.
    pub async fn verify(&self, token: &str) -> Result<Principal, Refusal> {
        let digest = Sha256::digest(token).into();
        if let Some(principal) = self.verified.get(&digest).await {
            if principal.expires_at > self.clock.now() {
                return Ok(principal);
            }
            self.verified.invalidate(&digest).await;
            return Err(Refusal::Expired);
        }
        let principal = self.verify_anew(token).await?;
        self.verified.insert(digest, principal.clone()).await;
        Ok(principal)
    }

    async fn verify_anew(&self, token: &str) -> Result<Principal, Refusal> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Refusal::Unauthenticated)?;
        let kid = header.kid.ok_or(Refusal::Unauthenticated)?;
        let key = self.key(&kid).await?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        // Time is compared below, with the clock that was passed in.
        rules.validate_exp = false;
        rules.set_issuer(&[ISSUER]);
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &rules).map_err(|_| Refusal::Unauthenticated)?.claims;
        if claims.exp <= self.clock.now().as_second() {
            return Err(Refusal::Expired);
        }
        if *claims.prv != *self.province {
            return Err(Refusal::Unauthenticated);
        }
        Principal::from_claims(&claims).ok_or(Refusal::Unauthenticated)
    }

    async fn key(&self, kid: &str) -> Result<DecodingKey, Refusal> {
        if let Some(key) = self.trusted.get(kid) {
            return Ok(key.clone());
        }
        let now = self.clock.now();
        {
            let set = self.set.read().await;
            let age = set.asked_at.map(|at| now.duration_since(at));
            match (set.keys.get(kid), age) {
                (Some(key), Some(age)) if age < FRESH => return Ok(key.clone()),
                (None, Some(age)) if age < ASK_AGAIN => return Err(Refusal::Unauthenticated),
                _ => {}
            }
        }
        let mut set = self.set.write().await;
        let asked_meanwhile = set.asked_at.is_some_and(|at| at >= now);
        if !asked_meanwhile {
            match self.fetch().await {
                Ok(keys) => {
                    if set.keys.keys().any(|known| !keys.contains_key(known)) {
                        // A key was withdrawn, and with it all that it had signed.
                        self.verified.invalidate_all();
                    }
                    *set = KeySet { keys, asked_at: Some(now) };
                }
                // Keys that we have outlive an identity that is away; only unknown ones wait for it.
                Err(error) => tracing::warn!(error = error.to_string(), "the key set could not be renewed"),
            }
        }
        match set.keys.get(kid) {
            Some(key) => Ok(key.clone()),
            None if set.asked_at.is_none() => Err(Refusal::KeysUnavailable),
            None => Err(Refusal::Unauthenticated),
        }
    }

    async fn fetch(&self) -> Result<HashMap<String, DecodingKey>, tonic::Status> {
        let identity = self.identity.clone().ok_or_else(|| tonic::Status::unavailable("identity is not known"))?;
        let answer = SessionServiceClient::new(identity).get_jwks(GetJwksRequest {}).await?;
        Ok(answer.into_inner().keys.iter().filter_map(decoding_key).collect())
    }
}

fn decoding_key(jwk: &Jwk) -> Option<(String, DecodingKey)> {
    if jwk.kty != "OKP" || jwk.crv != "Ed25519" {
        return None;
    }
    Some((jwk.kid.clone(), DecodingKey::from_ed_components(&jwk.x).ok()?))
}
