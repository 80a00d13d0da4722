//! Somebody's browser, as far as pages need it: cookies, forms, and what an answer says of its own time.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use tokio::time::timeout;

/// How long a person waits for one page.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser.
pub(crate) struct Browser {
    client: Client<HttpConnector, Full<Bytes>>,
    address: String,
    language: &'static str,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    head: HeaderMap,
    pub(crate) body: Bytes,
}

impl Browser {
    /// Of nobody yet, who reads a language.
    pub(crate) fn new(port: u16, language: &'static str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { client, address: format!("http://127.0.0.1:{port}"), language, cookies: Mutex::default() }
    }

    /// Opens the sign-in page, and sends its form as filled in.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> Result<()> {
        let page = self.get("/sign-in", "identity").await?;
        let page = String::from_utf8_lossy(&page.body).into_owned();
        let token = page.split_once("name=\"form_token\" value=\"").context("a form carries a token")?.1;
        let token = token.split('"').next().unwrap_or_default();
        // Neither token nor logins nor the password hold what a form would have to escape.
        let form = format!("form_token={token}&login={login}&password={password}&next=%2F");
        let request = self.request(Method::POST, "/sign-in");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.send(request.body(Full::from(form))?).await?;
        ensure!(answer.status == StatusCode::SEE_OTHER, "{login} was not let in: {}", answer.status);
        Ok(())
    }

    /// Opens a page as it travels, compressed.
    pub(crate) async fn open(&self, path: &str) -> Result<Answer> {
        self.get(path, "gzip").await
    }

    async fn get(&self, path: &str, encoding: &str) -> Result<Answer> {
        let request = self.request(Method::GET, path).header(header::ACCEPT_ENCODING, encoding);
        self.send(request.body(Full::default())?).await
    }

    fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let cookies: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().method(method).uri(format!("{}{path}", self.address));
        let request = request.header(header::ACCEPT_LANGUAGE, self.language);
        if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies.join("; ")) }
    }

    async fn send(&self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let exchange = async {
            let response = self.client.request(request).await?;
            let (head, body) = response.into_parts();
            Ok::<_, anyhow::Error>(Answer {
                status: head.status,
                head: head.headers,
                body: body.collect().await?.to_bytes(),
            })
        };
        let answer = timeout(PATIENCE, exchange).await.context("no page in time")??;
        self.keep_cookies(&answer.head);
        Ok(answer)
    }

    fn keep_cookies(&self, head: &HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for cookie in head.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()) {
            if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Answer {
    /// What `Server-Timing` tells, in its order: the page's own time, that of the gateway, then each call.
    pub(crate) fn timing(&self) -> Vec<(String, Duration)> {
        let told = self.head.get("server-timing").and_then(|told| told.to_str().ok()).unwrap_or_default();
        told.split(", ").filter_map(entry).collect()
    }
}

/// A name and its time, of `own;dur=1.250`.
fn entry(told: &str) -> Option<(String, Duration)> {
    let (name, milliseconds) = told.split_once(";dur=")?;
    Some((name.to_owned(), Duration::from_secs_f64(milliseconds.parse::<f64>().ok()? / 1e3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_their_order() {
        let head = HeaderMap::from_iter([(
            header::HeaderName::from_static("server-timing"),
            header::HeaderValue::from_static("own;dur=1.250, gateway;dur=4.000, GetMe;dur=4.000"),
        )]);
        let answer = Answer { status: StatusCode::OK, head, body: Bytes::new() };
        let names: Vec<_> = answer.timing().into_iter().map(|(name, time)| (name, time.as_micros())).collect();
        assert_eq!(names, [("own", 1250), ("gateway", 4000), ("GetMe", 4000)].map(|(n, t)| (n.to_owned(), t)));
    }
}
