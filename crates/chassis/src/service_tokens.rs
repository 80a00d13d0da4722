//! How services prove themselves to each other: a token of one minute, signed with the deployment's shared secret.

use std::sync::Arc;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use kernel::Clock;
use serde::{Deserialize, Serialize};

use crate::{
    auth::{Refusal, ServiceCaller},
    config::Internal,
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
    internal: Arc<Internal>,
    clock: Arc<dyn Clock>,
}

impl ServiceTokens {
    /// Tokens in the name of service `name`.
    #[must_use]
    pub fn new(name: &'static str, internal: Internal, clock: Arc<dyn Clock>) -> Self {
        Self { name, internal: Arc::new(internal), clock }
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
        let key = EncodingKey::from_secret(self.internal.secret.expose().as_bytes());
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
        let Internal { secret, accepted_secret } = &*self.internal;
        let mut secrets = [secret, accepted_secret].into_iter().filter(|secret| !secret.is_empty());
        let claims = secrets.find_map(|secret| {
            let key = DecodingKey::from_secret(secret.expose().as_bytes());
            Some(jsonwebtoken::decode::<ServiceClaims>(token, &key, &rules).ok()?.claims)
        });
        let claims = claims.ok_or(Refusal::Unauthenticated)?;
        if claims.exp <= self.clock.now().as_second() {
            return Err(Refusal::Expired);
        }
        Ok(ServiceCaller(claims.iss))
    }
}

#[cfg(test)]
mod tests {
    use kernel::SystemClock;

    use super::*;
    use crate::config::Secret;

    const OLD: &str = "the secret that has been in use so far";
    const NEW: &str = "the secret that takes the place of it!";

    fn tokens(secret: &str, accepted: &str) -> ServiceTokens {
        let internal = Internal { secret: Secret::new(secret), accepted_secret: Secret::new(accepted) };
        ServiceTokens::new("web", internal, Arc::new(SystemClock))
    }

    /// Processes are restarted one after the other, so those of a step work beside those of the step before.
    #[test]
    fn a_secret_is_replaced_without_a_token_that_is_refused() {
        let steps = [tokens(OLD, ""), tokens(OLD, NEW), tokens(NEW, OLD), tokens(NEW, "")];
        for pair in steps.windows(2) {
            for (from, to) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
                assert_eq!(to.verify(&from.issue()).unwrap().0, "web");
            }
        }
        assert!(steps[3].verify(&steps[0].issue()).is_err(), "the old secret opens nothing any more");
    }

    #[test]
    fn no_secret_is_not_a_secret() {
        assert!(tokens(OLD, "").verify(&tokens("", "").issue()).is_err());
    }
}
