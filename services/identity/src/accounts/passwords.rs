//! Argon2id, off the async threads and a few at a time.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use kernel::{ErrorKind, Problem};
use tokio::sync::Semaphore;

use super::domain::password::normal_form;
use crate::config;

/// Hashes and verifies passwords. Cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    params: Params,
    at_once: Arc<Semaphore>,
    /// The hash of nobody's password: compared with where there is none, so that the answer takes as long.
    decoy: Arc<str>,
}

/// Hashing failed, for a cause of ours: bad parameters, a stored text that is no hash, no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("hashing a password: {0}")]
pub struct HashError(String);

impl Problem for HashError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Internal
    }

    fn reason(&self) -> &'static str {
        "INTERNAL"
    }
}

impl Passwords {
    /// A hasher of this cost.
    ///
    /// # Errors
    /// If the parameters are out of Argon2's bounds.
    pub fn new(config: &config::Argon2) -> Result<Self, HashError> {
        let params = Params::new(config.memory_kib, config.passes, 1, None).map_err(failed)?;
        let decoy = hash(&params, "nobody has this password")?.into();
        Ok(Self { params, at_once: Arc::new(Semaphore::new(config.at_once)), decoy })
    }

    /// The hash of a password, as a PHC string with a salt of its own.
    ///
    /// # Errors
    /// [`HashError`].
    pub async fn hash(&self, password: &str) -> Result<String, HashError> {
        let (params, password) = (self.params.clone(), normal_form(password));
        self.aside(move || hash(&params, &password)).await
    }

    /// Whether a password belongs to a hash, however it was typed: in its normal form, or, since hashes from before had none, as
    /// it is. Without a hash the answer is no, after as much work.
    ///
    /// # Errors
    /// [`HashError`].
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, HashError> {
        let known = hash.is_some();
        let (hash, password) = (hash.unwrap_or(&self.decoy).to_owned(), password.to_owned());
        let fits = self.aside(move || {
            let normal = normal_form(&password);
            Ok(verify(&hash, &normal)? || (normal != password && verify(&hash, &password)?))
        });
        Ok(known && fits.await?)
    }

    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let turn = Arc::clone(&self.at_once).acquire_owned().await.map_err(failed)?;
        // The turn ends with the work, even where the caller has gone away meanwhile.
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await.map_err(failed)?
    }
}

fn hash(params: &Params, password: &str) -> Result<String, HashError> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let hash: PasswordHash = argon2.hash_password(password.as_bytes()).map_err(failed)?;
    Ok(hash.to_string())
}

fn verify(hash: &str, password: &str) -> Result<bool, HashError> {
    let hash = PasswordHash::new(hash).map_err(failed)?;
    // The cost is that of the stored hash.
    match Argon2::default().verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

fn failed(cause: impl std::fmt::Display) -> HashError {
    HashError(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cheap() -> Passwords {
        Passwords::new(&config::Argon2 { memory_kib: 8192, passes: 1, at_once: 2 }).expect("within bounds")
    }

    #[tokio::test]
    async fn a_hash_verifies_its_own_password_alone() {
        let passwords = cheap();
        let hash = passwords.hash("Correct-Horse-9").await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=8192,t=1,p=1$"), "{hash}");
        assert!(passwords.verify("Correct-Horse-9", Some(&hash)).await.expect("verified"));
        assert!(!passwords.verify("correct-horse-9", Some(&hash)).await.expect("verified"));
        assert_ne!(passwords.hash("Correct-Horse-9").await.expect("hashed"), hash);
    }

    #[tokio::test]
    async fn a_password_is_the_same_however_its_letters_are_typed() {
        let (passwords, composed, decomposed) = (cheap(), "\u{c9}p\u{e9}e-d-acier-7", "E\u{301}pe\u{301}e-d-acier-7");
        let hash = passwords.hash(decomposed).await.expect("hashed");
        let before = super::hash(&passwords.params, decomposed).expect("hashed as it was typed");
        for (typed, stored) in [(composed, &hash), (decomposed, &hash), (decomposed, &before)] {
            assert!(passwords.verify(typed, Some(stored)).await.expect("verified"), "{typed:?}");
        }
    }

    #[tokio::test]
    async fn nobodys_password_is_never_right() {
        assert!(!cheap().verify("nobody has this password", None).await.expect("verified"));
    }

    #[tokio::test]
    async fn hashes_of_another_cost_still_verify() {
        let hash = cheap().hash("Correct-Horse-9").await.expect("hashed");
        let dearer =
            Passwords::new(&config::Argon2 { memory_kib: 9000, passes: 2, at_once: 1 }).expect("within bounds");
        assert!(dearer.verify("Correct-Horse-9", Some(&hash)).await.expect("verified"));
    }

    #[tokio::test]
    async fn a_stored_text_that_is_no_hash_is_our_fault() {
        assert!(cheap().verify("x", Some("plain")).await.is_err());
    }
}
