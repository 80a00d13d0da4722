//! The secret that a browser holds, and all that is made of it. One secret, four uses, none of which tells another.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    Key, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use sha2::{Digest as _, Sha256};

const NONCE_BYTES: usize = 24;

/// What the cookie of a browser holds: 32 random bytes. A browser that signs in gets a fresh one, so that nobody can
/// foist theirs on somebody else beforehand.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BrowserKey([u8; 32]);

impl BrowserKey {
    /// A fresh one, from the system's generator.
    pub(crate) fn random() -> Self {
        Self(rand::random())
    }

    /// From a cookie; `None` for whatever we did not write.
    pub(crate) fn read(cookie: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(cookie).ok()?.try_into().ok().map(Self)
    }

    pub(crate) fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the session is found by.
    pub(crate) fn digest(&self) -> [u8; 32] {
        self.derive("find")
    }

    /// What every form of this browser carries.
    pub(crate) fn form_token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.derive("form"))
    }

    /// Seals what only the holder of this secret may read.
    pub(crate) fn seal(&self, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let payload = Payload { msg: plain, aad: &self.digest() };
        let sealed =
            self.cipher().encrypt(&XNonce::from(nonce), payload).expect("a session is far below the cipher's limit");
        [&nonce[..], &sealed].concat()
    }

    /// Opens what [`BrowserKey::seal`] sealed; `None` if anything was changed.
    pub(crate) fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: &self.digest() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.derive("seal")))
    }

    fn derive(&self, purpose: &str) -> [u8; 32] {
        Sha256::new().chain_update("tandem web ").chain_update(purpose).chain_update(self.0).finalize().into()
    }
}

impl fmt::Debug for BrowserKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_holder_of_the_secret_reads_what_is_sealed() {
        let (one, other) = (BrowserKey::random(), BrowserKey::random());
        let mut sealed = one.seal(b"tokens");
        assert_eq!(one.open(&sealed).as_deref(), Some(&b"tokens"[..]));
        assert_eq!(other.open(&sealed), None);
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(one.open(&sealed), None);
        assert_eq!(one.open(b"short"), None);
    }

    #[test]
    fn a_cookie_is_read_back_and_nothing_else_is() {
        let key = BrowserKey::random();
        assert_eq!(BrowserKey::read(&key.write()), Some(key.clone()));
        assert_eq!(BrowserKey::read("short"), None);
        assert_eq!(BrowserKey::read("é"), None);
        assert!(!format!("{key:?}").contains(&key.write()));
        assert_ne!(key.form_token(), key.write());
    }
}
