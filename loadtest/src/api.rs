//! Calls to the gateway's REST API, over connections that stay open.

use std::{error::Error, fmt, time::Duration};

use bytes::Bytes;
use http::{
    Method, Request, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use http_body_util::{BodyExt as _, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout};

/// How long a person waits for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long who looks something up asks again while nobody answers.
const LOOK_UP_PATIENCE: Duration = Duration::from_secs(60);
/// Before it is asked again.
const PAUSE: Duration = Duration::from_millis(200);

/// The gateway.
#[derive(Clone)]
pub(crate) struct Api {
    client: Client<HttpConnector, Full<Bytes>>,
    address: String,
    /// How long a question is asked again while nobody answers.
    patience: Duration,
    /// Of the credentials.
    scheme: &'static str,
}

/// Why there is no good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The reason code of the answer, or what became of the connection.
    pub(crate) reason: String,
    /// Whether the same call may succeed later: nobody knows whether it took effect.
    pub(crate) passing: bool,
    /// What was said with it.
    text: String,
}

impl Api {
    /// The gateway at a port of this machine.
    pub(crate) fn new(port: u16) -> Self {
        Self::at(format!("http://127.0.0.1:{port}"))
    }

    /// The gateway at an address such as `http://127.0.0.1:8080`.
    pub(crate) fn at(address: String) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { client, address, patience: Duration::ZERO, scheme: "Bearer" }
    }

    /// One for those who look things up: a busy machine is no fault of what was stored, so they ask again for a while.
    pub(crate) fn patient(&self) -> Self {
        Self { patience: LOOK_UP_PATIENCE, ..self.clone() }
    }

    /// One that shows a password instead of a token.
    pub(crate) fn basic(self) -> Self {
        Self { scheme: "Basic", ..self }
    }

    /// Asks for a resource.
    pub(crate) async fn get(&self, token: &str, path: &str) -> Result<Value, Refusal> {
        let end = Instant::now() + self.patience;
        loop {
            match self.call(Method::GET, token, path, None).await {
                Err(refusal) if refusal.passing && Instant::now() < end => sleep(PAUSE).await,
                outcome => return outcome,
            }
        }
    }

    /// Sends a message.
    pub(crate) async fn post(&self, token: &str, path: &str, body: &Value) -> Result<Value, Refusal> {
        self.call(Method::POST, token, path, Some(body)).await
    }

    async fn call(&self, method: Method, token: &str, path: &str, body: Option<&Value>) -> Result<Value, Refusal> {
        let bytes = body.map(|body| body.to_string().into());
        let bytes = self.exchange(method, token, path, bytes).await?;
        Ok(serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// Makes a call and takes the answer as it comes, for those who measure and do not read.
    pub(crate) async fn exchange(
        &self,
        method: Method,
        token: &str,
        path: &str,
        body: Option<Bytes>,
    ) -> Result<Bytes, Refusal> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.address));
        if !token.is_empty() {
            request = request.header(AUTHORIZATION, format!("{} {token}", self.scheme));
        }
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let request = request.body(Full::new(body.unwrap_or_default()));
        let request = request.map_err(|error| Refusal::unexpected(error.to_string()))?;
        let exchange = async {
            let response = self.client.request(request).await.map_err(|error| Refusal::broken(&error))?;
            let status = response.status();
            let body = response.into_body().collect().await.map_err(|error| Refusal::broken(&error))?;
            Ok((status, body.to_bytes()))
        };
        let (status, bytes) = timeout(PATIENCE, exchange).await.unwrap_or_else(|_| Err(Refusal::late()))?;
        if status.is_success() {
            Ok(bytes)
        } else {
            Err(Refusal::of(status, &serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
        }
    }
}

impl Refusal {
    /// An answer that is not the expected one.
    pub(crate) fn unexpected(text: impl Into<String>) -> Self {
        Self { reason: "UNEXPECTED_ANSWER".to_owned(), passing: false, text: text.into() }
    }

    fn broken(error: &dyn Error) -> Self {
        Self { reason: "CONNECTION".to_owned(), passing: true, text: format!("{error:?}") }
    }

    fn late() -> Self {
        let text = format!("no answer within {} s", PATIENCE.as_secs());
        Self { reason: "TIMEOUT".to_owned(), passing: true, text }
    }

    fn of(status: StatusCode, answer: &Value) -> Self {
        let details = answer["details"].as_array();
        let reason = details.into_iter().flatten().find_map(|detail| detail["reason"].as_str());
        let reason = reason.map_or_else(|| format!("HTTP_{}", status.as_u16()), str::to_owned);
        // What the gateway says while a service starts or stops behind it, and what a lost race says.
        let passing =
            matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT);
        Self { reason, passing, text: answer.to_string() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reason, self.text)
    }
}

impl Error for Refusal {}

/// A text of an answer, by names from the outside in; empty if there is none.
pub(crate) fn text<'a>(answer: &'a Value, pointer: &str) -> &'a str {
    answer.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_reason_is_read_from_the_details() {
        let info = json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "STALE_ETAG"});
        let refusal = Refusal::of(StatusCode::CONFLICT, &json!({"details": [info]}));
        assert_eq!((&*refusal.reason, refusal.passing), ("STALE_ETAG", false));
    }

    #[test]
    fn a_service_that_is_away_may_come_back() {
        let refusal = Refusal::of(StatusCode::SERVICE_UNAVAILABLE, &Value::Null);
        assert_eq!((&*refusal.reason, refusal.passing), ("HTTP_503", true));
    }
}
