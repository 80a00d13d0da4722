//! The keys that verify access tokens: identity's key set, kept for minutes and asked for again when a token names a key
//! that is not in it. A token is verified once, and remembered by its digest until it ends.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use kernel::Clock;
use moka::future::Cache;
use proto::identity::v1::{GetJwksRequest, Jwk, session_service_client::SessionServiceClient};
use sha2::{Digest as _, Sha256};
use tokio::{sync::Mutex, time::timeout};

use crate::{
    auth::{Claims, ISSUER, Principal, Refusal},
    peers::PeerClient,
};

/// How long a key set is taken as complete.
const FRESH: SignedDuration = SignedDuration::from_mins(5);
/// How soon an unknown key may make us ask again: forged tokens must not become a load on identity.
const ASK_AGAIN: SignedDuration = SignedDuration::from_secs(5);
/// How long identity may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long a caller whose key we have waits for newer ones.
const GRACE: Duration = Duration::from_millis(500);
/// How many tokens are remembered: more people than work at the same time, some 20 MB at worst.
const REMEMBERED: u64 = 20_000;

#[derive(Default)]
struct KeySet {
    keys: HashMap<String, DecodingKey>,
    renewed_at: Option<Timestamp>,
    /// When identity was last asked, whatever came of it.
    asked_at: Option<Timestamp>,
}

#[derive(Clone)]
pub struct KeySource {
    identity: Option<PeerClient>,
    province: Arc<str>,
    clock: Arc<dyn Clock>,
    trusted: Arc<HashMap<String, DecodingKey>>,
    set: Arc<RwLock<Arc<KeySet>>>,
    /// Held while identity is asked, so that it is asked once. Nobody waits for it who can do without.
    asking: Arc<Mutex<()>>,
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
        let (trusted, verified) = (Arc::new(trusted), Cache::new(REMEMBERED));
        let (set, asking) = (Arc::default(), Arc::default());
        Self { identity, province: province.into(), clock, trusted, set, asking, verified }
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
        let set = self.set();
        let is_recent = |at: Option<Timestamp>, span| at.is_some_and(|at| now.duration_since(at) < span);
        let asked_lately = is_recent(set.asked_at, ASK_AGAIN);
        match set.keys.get(kid) {
            Some(key) if is_recent(set.renewed_at, FRESH) || asked_lately || self.asking.try_lock().is_err() => {
                return Ok(key.clone());
            }
            // Keys that we have outlive an identity that is away or slow.
            Some(_) => drop(timeout(GRACE, self.renewed(now)).await),
            None if asked_lately && self.asking.try_lock().is_ok() => {}
            None => self.renewed(now).await,
        }
        let set = self.set();
        match set.keys.get(kid) {
            Some(key) => Ok(key.clone()),
            None if set.renewed_at.is_none() => Err(Refusal::KeysUnavailable),
            None => Err(Refusal::Unauthenticated),
        }
    }

    fn set(&self) -> Arc<KeySet> {
        Arc::clone(&self.set.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks identity, unless it was asked since `now`. It is asked to the end even if the caller waits no longer.
    async fn renewed(&self, now: Timestamp) {
        let source = self.clone();
        let asked = tokio::spawn(async move {
            let _asking = source.asking.lock().await;
            if source.set().asked_at.is_none_or(|at| at < now) {
                source.renew().await;
            }
        });
        if let Err(failed) = asked.await {
            tracing::error!(error = failed.to_string(), "asking for the key set failed");
        }
    }

    async fn renew(&self) {
        let answer = timeout(PATIENCE, self.fetch()).await;
        let answer = answer.unwrap_or_else(|_| Err(tonic::Status::deadline_exceeded("identity does not answer")));
        let (before, asked_at) = (self.set(), Some(self.clock.now()));
        let next = match answer {
            Ok(keys) => {
                if before.keys.keys().any(|known| !keys.contains_key(known)) {
                    // A key was withdrawn, and with it all that it had signed.
                    self.verified.invalidate_all();
                }
                KeySet { keys, renewed_at: asked_at, asked_at }
            }
            Err(error) => {
                tracing::warn!(error = error.to_string(), "the key set could not be renewed");
                KeySet { keys: before.keys.clone(), renewed_at: before.renewed_at, asked_at }
            }
        };
        *self.set.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
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
