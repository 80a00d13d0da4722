//! People who are signed in, and stay so.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{task::JoinHandle, time::sleep};

use crate::api::{Api, Refusal, text};

/// What everybody here signs in with; the database is gone when the run ends.
pub(crate) const PASSWORD: &str = "Charge-et-Mesure-2026";
/// Well before an access token ends, which lives for minutes.
const RENEWED_EVERY: Duration = Duration::from_secs(120);
/// Before it is tried again, while Tandem is away.
const PAUSE: Duration = Duration::from_secs(1);

/// Somebody who is signed in.
pub(crate) struct Session {
    login: String,
    password: &'static str,
    tokens: RwLock<Tokens>,
}

#[derive(Clone, Default)]
struct Tokens {
    access: String,
    refresh: String,
}

impl Session {
    /// Signs in for the first time, which replaces the temporary password.
    pub(crate) async fn begin(api: &Api, login: &str, temporary_password: &str) -> Result<Self, Refusal> {
        let body = json!({"login": login, "password": temporary_password, "new_password": PASSWORD});
        let answer = api.post("", "/v1/sessions/change-password", &body).await?;
        Ok(Self { login: login.to_owned(), password: PASSWORD, tokens: RwLock::new(Tokens::of(&answer)?) })
    }

    /// Signs in with an account that exists.
    pub(crate) async fn enter(api: &Api, login: &str, password: &'static str) -> Result<Self, Refusal> {
        let session = Self { login: login.to_owned(), password, tokens: RwLock::default() };
        session.renew(api).await?;
        Ok(session)
    }

    /// What calls are made with.
    pub(crate) fn token(&self) -> String {
        self.tokens.read().unwrap_or_else(PoisonError::into_inner).access.clone()
    }

    /// Gets new tokens, if need be by the password.
    pub(crate) async fn renew(&self, api: &Api) -> Result<(), Refusal> {
        let refresh = self.tokens.read().unwrap_or_else(PoisonError::into_inner).refresh.clone();
        let answer = match api.post("", "/v1/sessions/refresh", &json!({"refresh_token": refresh})).await {
            Err(refusal) if !refusal.passing => {
                api.post("", "/v1/sessions", &json!({"login": self.login, "password": self.password})).await?
            }
            outcome => outcome?,
        };
        *self.tokens.write().unwrap_or_else(PoisonError::into_inner) = Tokens::of(&answer)?;
        Ok(())
    }
}

impl Tokens {
    fn of(answer: &Value) -> Result<Self, Refusal> {
        let (access, refresh) = (text(answer, "/tokens/accessToken"), text(answer, "/tokens/refreshToken"));
        if access.is_empty() || refresh.is_empty() {
            return Err(Refusal::unexpected("no tokens"));
        }
        Ok(Self { access: access.to_owned(), refresh: refresh.to_owned() })
    }
}

/// Renews sessions until it is dropped.
pub(crate) struct Keeper(JoinHandle<()>);

impl Keeper {
    /// Begins.
    pub(crate) fn of(api: Api, sessions: Vec<Arc<Session>>) -> Self {
        Self(tokio::spawn(async move {
            loop {
                sleep(RENEWED_EVERY).await;
                for session in &sessions {
                    while session.renew(&api).await.is_err() {
                        sleep(PAUSE).await;
                    }
                }
            }
        }))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.0.abort();
    }
}
