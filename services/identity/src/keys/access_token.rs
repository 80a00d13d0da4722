//! Access tokens: JWTs signed with Ed25519 (RFC 8037).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chassis::auth::Claims;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use kernel::{ErrorKind, Problem};
use sha2::{Digest as _, Sha256};

use crate::keys::domain::SigningKey;

/// A token could not be signed, for a cause of ours.
#[derive(Debug, thiserror::Error)]
#[error("signing an access token: {0}")]
pub struct SignError(String);

impl Problem for SignError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Internal
    }

    fn reason(&self) -> &'static str {
        "INTERNAL"
    }
}

/// A fresh key from the system's generator. Its name is the beginning of its public half's SHA-256.
#[must_use]
pub fn new_key(now: Timestamp) -> SigningKey {
    let seed = rand::random::<[u8; 32]>();
    let digest = Sha256::digest(public(&seed));
    SigningKey { kid: URL_SAFE_NO_PAD.encode(&digest[..12]), seed, created_at: now, retired_at: None }
}

/// The public half.
#[must_use]
pub fn public_key(key: &SigningKey) -> [u8; 32] {
    public(&key.seed)
}

/// The signed token.
///
/// # Errors
/// [`SignError`], which a sound key does not give.
pub fn sign(key: &SigningKey, claims: &Claims) -> Result<String, SignError> {
    let document = ed25519_dalek::SigningKey::from_bytes(&key.seed).to_pkcs8_der().map_err(failed)?;
    let header = Header { kid: Some(key.kid.clone()), ..Header::new(Algorithm::EdDSA) };
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_ed_der(document.as_bytes())).map_err(failed)
}

fn public(seed: &[u8; 32]) -> [u8; 32] {
    ed25519_dalek::SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

fn failed(cause: impl std::fmt::Display) -> SignError {
    SignError(cause.to_string())
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{DecodingKey, Validation};
    use kernel::{PersonId, SessionId};
    use uuid::Uuid;

    use super::*;

    fn claims() -> Claims {
        Claims {
            iss: chassis::auth::ISSUER.to_owned(),
            sub: PersonId::from(Uuid::from_u128(1)),
            sid: SessionId::from(Uuid::from_u128(2)),
            iat: 0,
            exp: 600,
            prv: "qc".to_owned(),
            lang: "fr".to_owned(),
            role: "ROLE_OPERATOR".to_owned(),
            grants: Vec::new(),
        }
    }

    #[test]
    fn the_public_half_verifies_and_another_key_does_not() {
        let (key, other) = (new_key(Timestamp::UNIX_EPOCH), new_key(Timestamp::UNIX_EPOCH));
        let token = sign(&key, &claims()).expect("signed");
        assert_eq!(jsonwebtoken::decode_header(&token).expect("a header").kid, Some(key.kid.clone()));
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.validate_exp = false;
        let verify = |key: &SigningKey| {
            let key = DecodingKey::from_ed_components(&URL_SAFE_NO_PAD.encode(public_key(key))).expect("a public key");
            jsonwebtoken::decode::<Claims>(&token, &key, &rules).map(|token| token.claims)
        };
        assert_eq!(verify(&key).expect("verified"), claims());
        assert!(verify(&other).is_err());
        assert_ne!(key.kid, other.kid);
    }
}
