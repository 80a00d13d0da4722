//! Refresh tokens: 32 random bytes, stored as their SHA-256. A fast hash does, since there is nothing to guess.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// A fresh refresh token: what the client gets, and what is stored.
#[derive(Clone)]
pub struct RefreshToken {
    token: String,
    digest: [u8; 32],
}

impl RefreshToken {
    /// A fresh one, from the system's generator.
    #[must_use]
    pub fn random() -> Self {
        let token = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        Self { digest: digest(&token), token }
    }

    /// What the client gets.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// What is stored.
    #[must_use]
    pub const fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken")
    }
}

/// What is stored of a refresh token.
#[must_use]
pub fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// What is stored of what was typed as a login, whoever has it: people type passwords there. Case and spaces around it do not count.
#[must_use]
pub fn login_digest(typed: &str) -> [u8; 32] {
    digest(&typed.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_their_digest_is_found_again() {
        let (one, other) = (RefreshToken::random(), RefreshToken::random());
        assert_ne!(one.token(), other.token());
        assert_eq!(one.token().len(), 43);
        assert_eq!(digest(one.token()), one.digest());
        assert!(!format!("{one:?}").contains(one.token()));
    }
}
