//! What a call over REST was answered.

use std::fmt;

use reqwest::{
    Response, StatusCode,
    header::{CONTENT_TYPE, HeaderMap},
};
use serde_json::Value;

/// What a call was answered.
#[derive(Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as it came.
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads a response. What goes on until somebody leaves is not waited for: of that the body is empty.
    ///
    /// # Errors
    /// If it breaks off.
    pub async fn read(response: Response) -> reqwest::Result<Self> {
        let (status, headers) = (response.status(), response.headers().clone());
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let is_endless = ["text/event-stream", "application/x-ndjson"].iter().any(|stream| kind.starts_with(stream));
        let body = if is_endless { Vec::new() } else { response.bytes().await?.to_vec() };
        Ok(Self { status, headers, body })
    }

    /// Whether the call was granted.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.status.is_success()
    }

    /// The body of a call that was granted.
    ///
    /// # Panics
    /// If it was refused, or the body is no JSON.
    pub fn ok(&self) -> Value {
        assert!(self.is_ok(), "refused: {self:?}");
        self.json()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The stable reason of a refusal; empty without one.
    #[must_use]
    pub fn reason(&self) -> String {
        self.detail("ErrorInfo", "reason").as_str().unwrap_or_default().to_owned()
    }

    /// The text of a refusal, and its language.
    #[must_use]
    pub fn message(&self) -> (String, String) {
        let part = |key| self.detail("LocalizedMessage", key).as_str().unwrap_or_default().to_owned();
        (part("locale"), part("message"))
    }

    /// The fields that a refusal names, each with its reason.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let text = |fault: &Value, key: &str| fault[key].as_str().unwrap_or_default().to_owned();
        let faults = self.detail("BadRequest", "fieldViolations");
        let faults = faults.as_array().cloned().unwrap_or_default();
        faults.iter().map(|fault| (text(fault, "field"), text(fault, "reason"))).collect()
    }

    fn detail(&self, kind: &str, key: &str) -> Value {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let details = body["details"].as_array().cloned().unwrap_or_default();
        let found = details.into_iter().find(|d| d["@type"].as_str().is_some_and(|t| t.ends_with(kind)));
        found.map(|detail| detail[key].clone()).unwrap_or_default()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, self.text())
    }
}
