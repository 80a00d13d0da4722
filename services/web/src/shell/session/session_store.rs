//! Where sessions are kept, and how their tokens stay fresh.

use chassis::{Db, Failure};
use jiff::{SignedDuration, Timestamp};
use kernel::Env;
use prost::Message as _;
use proto::identity::v1::{Me, RefreshSessionRequest, SignInResponse, SignOutRequest, Tokens};
use tonic::{Code, Status};

use super::{key::BrowserKey, person::Session, store};
use crate::api::{Api, instant};

/// Silence that ends a session (domain §4.3).
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// How exactly silence is measured.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// Tokens with less life than this are exchanged: half of an access token's ten minutes.
const REFRESH_BEFORE: SignedDuration = SignedDuration::from_mins(5);

/// Why nobody is signed in any more.
#[derive(Debug)]
pub(crate) enum Ended {
    Over,
    /// We cannot tell now.
    Unknown(Status),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Unknown(failure.into())
    }
}

/// The sessions of all browsers.
#[derive(Clone)]
pub(crate) struct SessionStore {
    db: Db,
    env: Env,
    api: Api,
}

impl SessionStore {
    pub(crate) fn new(db: Db, env: Env, api: Api) -> Self {
        Self { db, env, api }
    }

    /// Opens a session for a browser's fresh key.
    pub(crate) async fn begin(&self, key: BrowserKey, tokens: Tokens, me: Me) -> Result<Session, Failure> {
        let now = self.env.now();
        let session = Session { key, me, tokens, version: 1, active_at: now };
        let insert = store::Insert {
            digest: &session.key.digest(),
            sealed: &session.key.seal(&session.contents().encode_to_vec()),
            created_at: now,
            expires_at: expiry(&session.tokens),
        };
        self.db.write(&insert, &self.env).await?;
        Ok(session)
    }

    /// The session of a browser, its tokens fresh. `by_hand` says that a person did something; a page that refreshes itself
    /// keeps nobody signed in.
    pub(crate) async fn find(&self, key: BrowserKey, by_hand: bool) -> Result<Session, Ended> {
        let session = self.read(&key).await?.ok_or(Ended::Over)?;
        let now = self.env.now();
        if now.duration_since(session.active_at) > IDLE {
            self.end(&session).await?;
            return Err(Ended::Over);
        }
        if by_hand && now.duration_since(session.active_at) > TOUCH_EVERY {
            self.db.write(&store::Touch(&key.digest()), &self.env).await?;
        }
        if instant(session.tokens.access_expires_at.as_ref()).duration_since(now) > REFRESH_BEFORE {
            return Ok(session);
        }
        self.refresh(session).await
    }

    /// Puts other tokens, or another active role, into a session.
    pub(crate) async fn replace(&self, session: &Session, tokens: Tokens, me: Me) -> Result<bool, Failure> {
        let next = Session { tokens, me, ..session.clone() };
        let replace = store::Replace {
            digest: &next.key.digest(),
            version: session.version,
            sealed: &next.key.seal(&next.contents().encode_to_vec()),
            expires_at: expiry(&next.tokens),
        };
        self.db.write(&replace, &self.env).await
    }

    /// Ends a session here and at identity.
    pub(crate) async fn end(&self, session: &Session) -> Result<(), Failure> {
        let message = SignOutRequest { refresh_token: session.refresh_token() };
        if let Err(status) = self.api.sessions().sign_out(message).await {
            // The cookie is void all the same, and the tokens die of silence.
            tracing::warn!(code = ?status.code(), "a session could not be ended at identity");
        }
        self.db.write(&store::Delete(&session.key.digest()), &self.env).await
    }

    /// Removes sessions that are over.
    pub(crate) async fn purge(&self) -> Result<u64, Failure> {
        self.db.write(&store::Purge, &self.env).await
    }

    async fn read(&self, key: &BrowserKey) -> Result<Option<Session>, Failure> {
        let row = self.db.read(&store::Find(&key.digest()), &self.env).await?;
        Ok(row.and_then(|row| {
            let contents = SignInResponse::decode(key.open(&row.sealed)?.as_slice()).ok()?;
            let (tokens, me) = (contents.tokens?, contents.me?);
            Some(Session { key: key.clone(), me, tokens, version: row.version, active_at: row.active_at })
        }))
    }

    async fn refresh(&self, session: Session) -> Result<Session, Ended> {
        let message = RefreshSessionRequest { refresh_token: session.refresh_token() };
        let tokens = match self.api.sessions().refresh_session(message).await {
            Ok(answer) => answer.into_inner().tokens.ok_or(Ended::Over)?,
            Err(status) if status.code() == Code::Unauthenticated => {
                // Another tab may have been faster; then the row holds better tokens than ours.
                return match self.read(&session.key).await? {
                    Some(newer) if newer.version > session.version => Ok(newer),
                    _ => {
                        self.end(&session).await?;
                        Err(Ended::Over)
                    }
                };
            }
            Err(status) => return Err(Ended::Unknown(status)),
        };
        // The tokens before are spent: whatever fails next, these must not be lost.
        let session = self.kept(&session, tokens.clone(), session.me.clone()).await?;
        let me = match self.api.with_token(session.bearer()).me().await {
            Ok(me) => me,
            Err(status) if status.code() == Code::Unauthenticated => return Err(Ended::Over),
            // Who they are is what it was; the next exchange tells.
            Err(_) => return Ok(session),
        };
        if me == session.me {
            return Ok(session);
        }
        Ok(self.kept(&session, session.tokens.clone(), me).await?)
    }

    /// A session with what was put into it; or what another tab has put there before.
    async fn kept(&self, session: &Session, tokens: Tokens, me: Me) -> Result<Session, Failure> {
        let won = self.replace(session, tokens.clone(), me.clone()).await?;
        let newer = if won { None } else { self.read(&session.key).await? };
        Ok(newer.unwrap_or(Session { version: session.version + 1, tokens, me, ..session.clone() }))
    }
}

fn expiry(tokens: &Tokens) -> Timestamp {
    instant(tokens.refresh_expires_at.as_ref())
}
