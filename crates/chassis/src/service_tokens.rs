//! How services prove themselves to each other: a token of one minute, signed with the deployment's shared secret.

use std::sync::Arc;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use kernel::Clock;
use serde::{Deserialize, Serialize};

use crate::{
    auth::{Refusal, ServiceCaller},
    config::Secret,
};

/// The header in which a front end of ours says so to the gateway, by a token: many people call through it, from one address.
pub const FRONT_END: &str = "x-tandem-front-end";
/// The header in which a front end tells, beside its token, the address that a browser came from, for calls that try a secret:
/// those are counted by that address.
pub const CLIENT: &str = "x-tandem-client";

const AUDIENCE: &str = "tandem-internal";
const LIFE_SECONDS: i64 = 60;

#[derive(Serialize, Deserialize)]
struct ServiceClaims {
    iss: String,
    aud: String,
    exp: i64,
}

/// Makes and verifies the tokens between services.
#[derive(Clone)]
pub struct ServiceTokens {
    name: &'static str,
    secret: Arc<Secret>,
    clock: Arc<dyn Clock>,
}

impl ServiceTokens {
    /// Tokens in the name of service `name`.
    #[must_use]
    pub fn new(name: &'static str, secret: Secret, clock: Arc<dyn Clock>) -> Self {
        Self { name, secret: Arc::new(secret), clock }
    }

    /// A token for the next minute.
    ///
    /// # Panics
    /// Never: signing a fixed structure with an HMAC cannot fail.
    #[must_use]
    pub fn issue(&self) -> String {
        let claims = ServiceClaims {
            iss: self.name.to_owned(),
            aud: AUDIENCE.to_owned(),
            exp: self.clock.now().as_second() + LIFE_SECONDS,
        };
        let key = EncodingKey::from_secret(self.secret.expose().as_bytes());
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).expect("an HMAC signs whatever it is given")
    }

    /// Who made a token.
    ///
    /// # Errors
    /// [`Refusal`], if it is none of this deployment's or has expired.
    pub fn verify(&self, token: &str) -> Result<ServiceCaller, Refusal> {
        let mut rules = Validation::new(Algorithm::HS256);
        // Time is compared below, with the clock that was passed in.
        rules.validate_exp = false;
        rules.set_audience(&[AUDIENCE]);
        let key = DecodingKey::from_secret(self.secret.expose().as_bytes());
        let claims =
            jsonwebtoken::decode::<ServiceClaims>(token, &key, &rules).map_err(|_| Refusal::Unauthenticated)?.claims;
        if claims.exp <= self.clock.now().as_second() {
            return Err(Refusal::Expired);
        }
        Ok(ServiceCaller(claims.iss))
    }
}
