//! Who is signed in with a browser. The tokens stay here: the browser holds a secret that finds and opens them.

mod key;
mod vault;

use jiff::Timestamp;
use proto::identity::v1::{Me, Role, SignInResponse, Tokens};

pub(crate) use key::BrowserKey;
pub(crate) use vault::{Ended, Vault};

/// A person who is signed in: the tokens for calls, and what pages say of them.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) key: BrowserKey,
    pub(crate) me: Me,
    tokens: Tokens,
    version: i32,
    active_at: Timestamp,
}

impl Session {
    /// The access token.
    pub(crate) fn bearer(&self) -> &str {
        &self.tokens.access_token
    }

    /// The active role.
    pub(crate) fn role(&self) -> Role {
        self.me.active_role()
    }

    /// Given and family name.
    pub(crate) fn name(&self) -> String {
        let person = self.me.person.clone().unwrap_or_default();
        format!("{} {}", person.first_name, person.last_name).trim().to_owned()
    }

    /// The refresh token, for the calls that take it.
    pub(crate) fn refresh_token(&self) -> String {
        self.tokens.refresh_token.clone()
    }

    fn contents(&self) -> SignInResponse {
        SignInResponse { tokens: Some(self.tokens.clone()), me: Some(self.me.clone()) }
    }
}

/// A time of a message; the beginning of time if it is not there.
pub(crate) fn instant(time: Option<&prost_types::Timestamp>) -> Timestamp {
    time.and_then(|t| Timestamp::new(t.seconds, t.nanos).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
}
