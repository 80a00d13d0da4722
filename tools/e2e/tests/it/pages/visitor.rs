//! A visitor with cookies and nothing else: what a browser could send, and what no browser would.

use std::{cell::RefCell, collections::BTreeMap, net::IpAddr};

use platform::Platform;
use reqwest::{Client, Method, RequestBuilder, StatusCode, header::HeaderMap, redirect::Policy};

use crate::world::{PASSWORD, Person};

/// Somebody's browser.
pub(crate) struct Visitor {
    client: Client,
    base: String,
    pub(crate) cookies: RefCell<BTreeMap<String, String>>,
}

/// A page, or whatever came.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Page {
    /// A header; empty without one.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The cookies that are set, as they are written.
    pub(crate) fn set_cookies(&self) -> Vec<String> {
        let all = self.headers.get_all("set-cookie").iter();
        all.map(|value| value.to_str().unwrap_or_default().to_owned()).collect()
    }

    /// What a hidden field holds.
    pub(crate) fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) = self.body.split_once(&start).unwrap_or_else(|| panic!("no {name} in {}", self.body));
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

impl Visitor {
    /// Nobody yet.
    pub(crate) fn new(platform: &Platform) -> Self {
        Self::at(platform, [127, 0, 0, 1])
    }

    /// Nobody yet, at an address of the machine's own.
    pub(crate) fn at(platform: &Platform, address: [u8; 4]) -> Self {
        let client = testkit::http::builder().redirect(Policy::none()).local_address(IpAddr::from(address));
        Self { client: client.build().unwrap(), base: platform.pages_url(), cookies: RefCell::default() }
    }

    /// Someone who has signed in.
    pub(crate) async fn signed_in(platform: &Platform, person: &Person) -> Self {
        let visitor = Self::new(platform);
        let page = visitor.sign_in(&person.login, PASSWORD, "/").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        visitor
    }

    /// Opens the sign-in page and sends its form.
    pub(crate) async fn sign_in(&self, login: &str, password: &str, next: &str) -> Page {
        let form_token = self.get("/sign-in").await.field("form_token");
        let fields = [("form_token", form_token.as_str()), ("login", login), ("password", password), ("next", next)];
        self.post("/sign-in", &fields).await
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(self.request(Method::GET, path)).await
    }

    /// Sends a form.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.form(path, fields)).await
    }

    /// A form under way to be made unusual.
    pub(crate) fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.request(Method::POST, path).header("content-type", "application/x-www-form-urlencoded").body(body)
    }

    /// A request under way to be made unusual.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies = self.cookies.borrow();
        let written: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, format!("{}{path}", self.base)).header("accept-language", "fr");
        if written.is_empty() { request } else { request.header("cookie", written.join("; ")) }
    }

    /// Sends it, and keeps the cookies that come.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let page = Page { status, headers, body: response.text().await.unwrap() };
        for cookie in page.set_cookies() {
            let (name, value) = cookie.split(';').next().unwrap_or_default().split_once('=').unwrap_or_default();
            self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
        }
        page
    }
}
