//! The token in a link: id and expiry, signed. What is altered is told apart without a look into the database, a mail that
//! is written again holds the same link, and the database holds nothing that opens one.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use kernel::AnswerLinkId;
use sha2::Sha256;
use uuid::Uuid;

use super::refusal::LinkRefusal;

/// What is signed begins so: another use of the same secret could not be taken for a link.
const PURPOSE: &[u8] = b"tandem answer link 1";
/// 16 of the id, 8 of the expiry, 32 of the signature.
const TOKEN_BYTES: usize = 56;
const SIGNED_BYTES: usize = 24;

/// The key that signs links. Never shown.
#[derive(Clone)]
pub struct LinkKey(Hmac<Sha256>);

/// What an unaltered token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedLink {
    /// Which link.
    pub id: AnswerLinkId,
    /// When it expires, in whole seconds.
    pub expires_at: Timestamp,
}

impl LinkKey {
    /// The key that a secret makes.
    pub fn new(secret: &str) -> Self {
        Self(Hmac::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length"))
    }

    /// The token of a link, of 75 characters that are safe in a URL.
    pub fn seal(&self, link: SealedLink) -> String {
        let mut token = [0_u8; TOKEN_BYTES];
        token[..16].copy_from_slice(link.id.uuid().as_bytes());
        token[16..SIGNED_BYTES].copy_from_slice(&link.expires_at.as_second().to_be_bytes());
        let signature = self.sign(&token[..SIGNED_BYTES]).finalize().into_bytes();
        token[SIGNED_BYTES..].copy_from_slice(&signature);
        URL_SAFE_NO_PAD.encode(token)
    }

    /// The link of a token; spaces around it, as copying adds them, do not count; altered unless every
    /// character is as it was sealed.
    pub(crate) fn open(&self, token: &str) -> Result<SealedLink, LinkRefusal> {
        let bytes = URL_SAFE_NO_PAD.decode(token.trim()).map_err(|_| LinkRefusal::Altered)?;
        let bytes: [u8; TOKEN_BYTES] = bytes.try_into().map_err(|_| LinkRefusal::Altered)?;
        let (signed, signature) = bytes.split_at(SIGNED_BYTES);
        self.sign(signed).verify_slice(signature).map_err(|_| LinkRefusal::Altered)?;
        let (id, seconds) = signed.split_at(16);
        let id = Uuid::from_slice(id).map_err(|_| LinkRefusal::Altered)?;
        let seconds = seconds.try_into().map(i64::from_be_bytes).map_err(|_| LinkRefusal::Altered)?;
        let expires_at = Timestamp::from_second(seconds).map_err(|_| LinkRefusal::Altered)?;
        Ok(SealedLink { id: id.into(), expires_at })
    }

    fn sign(&self, bytes: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(PURPOSE);
        mac.update(bytes);
        mac
    }
}

impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKey(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn link() -> SealedLink {
        SealedLink { id: Uuid::from_u128(0xfeed).into(), expires_at: Timestamp::from_second(1_800_000_000).unwrap() }
    }

    #[test]
    fn a_token_opens_to_what_was_sealed_and_is_the_same_each_time() {
        let key = LinkKey::new(SECRET);
        let token = key.seal(link());
        assert_eq!(token, LinkKey::new(SECRET).seal(link()));
        assert_eq!(token.len(), 75);
        assert_eq!(key.open(&format!(" {token}\n")), Ok(link()));
    }

    #[test]
    fn a_change_of_any_character_is_seen() {
        let key = LinkKey::new(SECRET);
        let token = key.seal(link());
        for at in 0..token.len() {
            let other = if &token[at..=at] == "A" { "B" } else { "A" };
            let altered = format!("{}{other}{}", &token[..at], &token[at + 1..]);
            assert_eq!(key.open(&altered), Err(LinkRefusal::Altered), "character {at}");
        }
        for altered in ["", "x", "é", &token[1..], &format!("{token}A"), &format!("{token}=")] {
            assert_eq!(key.open(altered), Err(LinkRefusal::Altered), "{altered}");
        }
    }

    #[test]
    fn another_secret_opens_nothing_and_no_secret_is_shown() {
        let key = LinkKey::new("another secret of thirty-two chars");
        assert_eq!(key.open(&LinkKey::new(SECRET).seal(link())), Err(LinkRefusal::Altered));
        assert_eq!(format!("{key:?}"), "LinkKey(***)");
    }
}
