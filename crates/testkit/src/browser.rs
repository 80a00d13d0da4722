//! A real Chromium, driven by chromedriver, both from the system's packages: what people see and do. A [`Tab`] is one
//! person's browser, with cookies of its own.

use std::time::Duration;

use anyhow::{Context as _, Result};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element, error::CmdError, key::Key};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::process::Command;

use crate::{free_port, process::Process, wait::patience, wait_for, wait_for_some};

/// Keeps Chromium from talking to anybody but the page under test.
const QUIET: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
];

/// How a browser looks at pages.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Width of the page in CSS pixels.
    pub width: u32,
    /// Height of what is seen at once.
    pub height: u32,
    /// Device pixels for a CSS pixel: 2 is what a zoom of 200 % makes of a screen.
    pub zoom: u32,
    /// Whether scripts run.
    pub scripts: bool,
    /// What the browser asks for by `Accept-Language`.
    pub language: &'static str,
}

impl Default for View {
    /// An office's screen, in French, with scripts.
    fn default() -> Self {
        Self { width: 1280, height: 900, zoom: 1, scripts: true, language: "fr-CA" }
    }
}

impl View {
    /// A phone.
    #[must_use]
    pub fn phone() -> Self {
        Self { width: 360, height: 740, ..Self::default() }
    }

    /// The same without scripts.
    #[must_use]
    pub fn without_scripts(self) -> Self {
        Self { scripts: false, ..self }
    }

    /// The same in another language.
    #[must_use]
    pub fn reading(self, language: &'static str) -> Self {
        Self { language, ..self }
    }
}

/// Opens browsers.
pub struct Browser {
    url: String,
    _driver: Process,
}

impl Browser {
    /// Starts chromedriver.
    ///
    /// # Panics
    /// If it is not installed, or does not start.
    pub async fn start() -> Self {
        let port = free_port();
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}"));
        let mut driver = Process::spawn(command);
        driver.wait_for_line("started successfully").await;
        Self { url: format!("http://127.0.0.1:{port}"), _driver: driver }
    }

    /// A browser that nobody has used.
    ///
    /// # Panics
    /// If Chromium does not start.
    pub async fn open(&self, view: View) -> Tab {
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        client.capabilities(capabilities(view, &profile));
        let client = client.connect(&self.url).await.expect("chromium starts");
        Tab { client, _profile: profile }
    }
}

fn capabilities(view: View, profile: &TempDir) -> Map<String, Value> {
    let own = [
        format!("--user-data-dir={}", profile.path().display()),
        format!("--window-size={},{}", view.width, view.height),
        format!("--lang={}", view.language),
    ];
    let arguments: Vec<String> = QUIET.iter().map(|a| (*a).to_owned()).chain(own).collect();
    let mut options = json!({
        "args": arguments,
        "prefs": { "intl.accept_languages": view.language },
        "mobileEmulation": {
            "deviceMetrics": { "width": view.width, "height": view.height, "pixelRatio": view.zoom, "touch": false, "mobile": false },
        },
    });
    if !view.scripts {
        options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    let all = json!({
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "pageLoad": 60_000, "script": 60_000 },
    });
    all.as_object().cloned().expect("an object was just written")
}

/// One person's browser. Methods panic, with what was looked for, when a page is not as the test says.
pub struct Tab {
    /// For what has no method here.
    pub client: Client,
    _profile: TempDir,
}

impl Tab {
    /// Opens an address.
    pub async fn goto(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// The first element of a CSS selector, once it is there and can be seen.
    pub async fn find(&self, css: &str) -> Element {
        wait_for_some(&format!("{css} to be seen"), async || {
            let element = self.client.find(Locator::Css(css)).await.ok()?;
            element.is_displayed().await.unwrap_or(false).then_some(element)
        })
        .await
    }

    /// How many elements a selector has.
    pub async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.map_or(0, |found| found.len())
    }

    /// Clicks, and waits for the page that follows if there is one.
    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        element.click().await.unwrap_or_else(|error| panic!("{css} can't be clicked: {error}"));
        self.settle().await;
    }

    /// Clicks a link or a button by its words.
    pub async fn press(&self, words: &str) {
        let path = format!("//*[self::a or self::button or self::summary][normalize-space()=\"{words}\"]");
        let what = format!("«{words}» to be seen");
        let element = wait_for_some(&what, async || {
            let found = self.client.find_all(Locator::XPath(&path)).await.ok()?;
            for element in found {
                if element.is_displayed().await.unwrap_or(false) {
                    return Some(element);
                }
            }
            None
        });
        element.await.click().await.unwrap_or_else(|error| panic!("«{words}» can't be pressed: {error}"));
        self.settle().await;
    }

    /// Replaces what a field holds.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        let kind = field.attr("type").await.ok().flatten().unwrap_or_default();
        if kind == "date" {
            // Date fields take keys in the order of the browser's language; the value itself is the same everywhere.
            let script =
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}));";
            let element = serde_json::to_value(&field).expect("elements can be written");
            self.client.execute(script, vec![element, json!(text)]).await.expect("a date is filled in");
            return;
        }
        field.clear().await.unwrap_or_else(|error| panic!("{css} can't be cleared: {error}"));
        field.send_keys(text).await.unwrap_or_else(|error| panic!("{css} can't be filled: {error}"));
    }

    /// Chooses an option of a select by its value.
    pub async fn choose(&self, css: &str, value: &str) {
        let field = self.find(css).await;
        field.select_by_value(value).await.unwrap_or_else(|error| panic!("{css} has no {value}: {error}"));
        self.settle().await;
    }

    /// Presses a key where the focus is.
    pub async fn key(&self, key: Key) {
        let active = self.client.active_element().await.expect("something has the focus");
        active.send_keys(&String::from(char::from(key))).await.expect("a key is pressed");
        self.settle().await;
    }

    /// What people read of an element, once it is there.
    pub async fn text(&self, css: &str) -> String {
        let element = self.find(css).await;
        element.text().await.unwrap_or_default()
    }

    /// Whether the page says so, now.
    pub async fn says(&self, words: &str) -> bool {
        let page = match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        };
        page.contains(words)
    }

    /// Waits until the page says so.
    pub async fn wait_until_it_says(&self, words: &str) {
        wait_for(&format!("the page to say «{words}»"), async || self.says(words).await).await;
    }

    /// The address.
    pub async fn address(&self) -> String {
        self.client.current_url().await.map(|url| url.to_string()).unwrap_or_default()
    }

    /// A picture of the whole page, as PNG.
    ///
    /// # Errors
    /// If the browser is away.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        self.client.screenshot().await.context("a picture of the page")
    }

    /// What a script answers, by `return`.
    pub async fn ask(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until the page that a click led to is complete, and no part of it is being exchanged.
    async fn settle(&self) {
        const DONE: &str =
            "return document.readyState === 'complete' && !document.querySelector('.htmx-request, .htmx-swapping')";
        let settled =
            async || -> Result<bool, CmdError> { Ok(self.client.execute(DONE, Vec::new()).await? == json!(true)) };
        let limit = patience(Duration::from_secs(10));
        // A page without scripts is asked by the driver all the same; one that goes away meanwhile is asked again.
        let waited = tokio::time::timeout(limit, async {
            while !settled().await.unwrap_or(false) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert!(waited.await.is_ok(), "the page did not come to rest in {limit:?}");
    }
}
