//! A browser with cookies and nothing else, in front of the real router: what a browser could send, and what none would.

use std::sync::Mutex;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, request::Builder},
};
use tower::ServiceExt as _;

/// The cookie that holds the secret, where pages are reached without TLS.
const SECRET: &str = "tandem";

/// Somebody's browser.
pub struct Browser {
    router: Router,
    cookies: Mutex<Vec<(String, String)>>,
}

/// A page, or whatever came.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: Mutex::default() }
    }

    pub async fn get(&self, path: &str) -> Page {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form with the token of this browser's pages.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.form_token().await;
        self.post_as_it_is(path, &[&[("form_token", token.as_str())], fields].concat()).await
    }

    /// Sends a form with nothing added.
    pub async fn post_as_it_is(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.request(Method::POST, path).header("sec-fetch-site", "same-origin");
        self.send(request.header("content-type", "application/x-www-form-urlencoded").body(body.into()).unwrap()).await
    }

    /// A request under way to be made unusual.
    pub fn request(&self, method: Method, path: &str) -> Builder {
        let cookies = self.cookies.lock().unwrap();
        let written: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().method(method).uri(path).header("accept-language", "fr");
        if written.is_empty() { request } else { request.header("cookie", written.join("; ")) }
    }

    /// Sends it, and keeps the cookies that come.
    pub async fn send(&self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        let page = Page { status: head.status, headers: head.headers, body };
        for cookie in page.set_cookies() {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            cookies.retain(|(known, _)| known != name);
            cookies.push((name.to_owned(), value.to_owned()));
        }
        page
    }

    /// Opens a page as one that refreshes itself.
    pub async fn get_in_background(&self, path: &str) -> Page {
        let request = self.request(Method::GET, path).header("background", "1").header("hx-request", "true");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// The secret of this browser.
    pub fn secret(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().find(|(name, _)| name == SECRET).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Holds another secret from now on.
    pub fn hold(&self, secret: &str) {
        let mut cookies = self.cookies.lock().unwrap();
        cookies.retain(|(name, _)| name != SECRET);
        cookies.push((SECRET.to_owned(), secret.to_owned()));
    }

    /// What every form of this browser carries.
    pub async fn form_token(&self) -> String {
        self.get("/password").await.field("form_token")
    }
}

impl Page {
    /// A header; empty without one.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn set_cookies(&self) -> Vec<String> {
        self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()).collect()
    }

    /// What a field holds whose name and value stand beside each other.
    pub fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) = self.body.split_once(&start).unwrap_or_else(|| panic!("no {name} in {}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The page's own part, in one line: what stands between its elements is one space at most.
    pub fn main(&self) -> String {
        let (_, main) = self.body.split_once("<main").unwrap_or_else(|| panic!("no page: {}", self.body));
        main.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Asserts that the page is shown and holds all of these.
    #[track_caller]
    pub fn shows(&self, parts: &[&str]) -> &Self {
        let main = self.main();
        for part in parts {
            assert!(main.contains(part), "no {part} in {} {main}", self.status);
        }
        self
    }

    /// Asserts that it holds none of these.
    #[track_caller]
    pub fn hides(&self, parts: &[&str]) -> &Self {
        let main = self.main();
        for part in parts {
            assert!(!main.contains(part), "{part} in {main}");
        }
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{} {}", self.header("location"), self.body);
        self
    }

    /// Asserts that it leads to another page.
    #[track_caller]
    pub fn leads_to(&self, path: &str) -> &Self {
        self.is(303);
        assert_eq!(self.header("location"), path);
        self
    }
}
