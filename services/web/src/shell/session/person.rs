//! A person who is signed in.

use jiff::Timestamp;
use proto::identity::v1::{Me, Role, SignInResponse, Tokens};

use super::key::BrowserKey;

/// A person who is signed in: the tokens for calls, and what pages say of them.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) key: BrowserKey,
    pub(crate) me: Me,
    pub(super) tokens: Tokens,
    pub(super) version: i32,
    pub(super) active_at: Timestamp,
}

impl Session {
    pub(crate) fn bearer(&self) -> &str {
        &self.tokens.access_token
    }

    pub(crate) fn role(&self) -> Role {
        self.me.active_role()
    }

    pub(crate) fn name(&self) -> String {
        let person = self.me.person.clone().unwrap_or_default();
        kernel::full_name(&person.first_name, &person.last_name)
    }

    /// The refresh token, for the calls that take it.
    pub(crate) fn refresh_token(&self) -> String {
        self.tokens.refresh_token.clone()
    }

    pub(super) fn contents(&self) -> SignInResponse {
        SignInResponse { tokens: Some(self.tokens.clone()), me: Some(self.me.clone()) }
    }
}
