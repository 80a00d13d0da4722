//! The REST API as a person's program calls it.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use testkit::answer::Answer;

/// An address that nobody else calls from.
pub(super) fn next_address() -> IpAddr {
    static NETWORKS: AtomicU16 = AtomicU16::new(1);
    let [high, low] = NETWORKS.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    IpAddr::V4(Ipv4Addr::new(127, 1, high, low))
}

/// Calls as one person, or nobody, in one language.
#[derive(Clone, Debug)]
pub struct Rest {
    client: Client,
    base: String,
    token: Option<String>,
    refresh_token: String,
    language: Option<&'static str>,
}

impl Rest {
    pub(super) fn new(base: String) -> Self {
        let client = testkit::http::builder()
            .local_address(next_address())
            .timeout(testkit::patience(Duration::from_secs(60)))
            .build()
            .expect("a client without TLS can be made");
        Self { client, base, token: None, refresh_token: String::new(), language: None }
    }

    /// The same client with another token.
    #[must_use]
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// The same client without a token.
    #[must_use]
    pub fn as_nobody(&self) -> Self {
        Self { token: None, ..self.clone() }
    }

    /// The same client asking for answers in `fr` or `en`.
    #[must_use]
    pub fn reading(&self, language: &'static str) -> Self {
        Self { language: Some(language), ..self.clone() }
    }

    /// Signs in.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn sign_in(&self, login: &str, password: &str) -> Self {
        let answer = self.post("/v1/sessions", json!({ "login": login, "password": password })).await;
        self.signed_in(&answer.ok())
    }

    /// Replaces a password, which signs in as well.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn choose_password(&self, login: &str, present: &str, chosen: &str) -> Self {
        let body = json!({ "login": login, "password": present, "newPassword": chosen });
        self.signed_in(&self.post("/v1/sessions/change-password", body).await.ok())
    }

    /// The same client with the tokens of an answer.
    ///
    /// # Panics
    /// If it holds none.
    #[must_use]
    pub fn signed_in(&self, answer: &Value) -> Self {
        let text = |key: &str| answer["tokens"][key].as_str().expect("an answer with tokens").to_owned();
        Self { token: Some(text("accessToken")), refresh_token: text("refreshToken"), ..self.clone() }
    }

    /// The access token; empty without one.
    #[must_use]
    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap_or_default()
    }

    /// The refresh token of the last sign-in.
    #[must_use]
    pub fn refresh_token(&self) -> &str {
        &self.refresh_token
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    /// Any method, with a JSON body where there is one.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.request(method, path);
        self.send(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
    }

    /// A request under way to be made unusual, for [`Rest::send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(language) = self.language {
            request = request.header("accept-language", language);
        }
        request
    }

    /// Sends a request.
    ///
    /// # Panics
    /// If it is not answered at all.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.try_send(request).await.expect("the gateway answers")
    }

    /// Sends a request that may find nobody.
    ///
    /// # Errors
    /// If it is not answered.
    pub async fn try_send(&self, request: RequestBuilder) -> reqwest::Result<Answer> {
        Answer::read(request.send().await?).await
    }
}
