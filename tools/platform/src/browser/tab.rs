//! One person's browser.

use std::time::Duration;

use base64::Engine as _;
use fantoccini::{Client, Locator, elements::Element, error::CmdError};
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::{patience, wait_for, wait_for_some};
use tokio::runtime::Handle;

use super::View;

/// One person's browser. Methods panic, with what was looked for, when a page is not as the test says.
pub struct Tab {
    /// For what has no method here.
    pub client: Client,
    session: String,
    view: View,
    profile: Option<TempDir>,
}

impl Drop for Tab {
    fn drop(&mut self) {
        let (client, profile) = (self.client.clone(), self.profile.take());
        if let Ok(runtime) = Handle::try_current() {
            // Where the runtime ends first, the browser ends with its driver.
            runtime.spawn(async move {
                let _ = client.close().await;
                drop(profile);
            });
        }
    }
}

impl Tab {
    pub(super) fn new(client: Client, session: String, view: View, profile: TempDir) -> Self {
        Self { client, session, view, profile: Some(profile) }
    }

    /// How it was opened.
    #[must_use]
    pub const fn view(&self) -> View {
        self.view
    }

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
        // As people do: out from under what sticks to the edges.
        if let Ok(argument) = serde_json::to_value(&element) {
            let _ = self.client.execute("arguments[0].scrollIntoView({ block: 'nearest' })", vec![argument]).await;
        }
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

    /// Looks at the page in another size.
    ///
    /// # Panics
    /// If the browser is away.
    pub async fn resize(&self, view: View) {
        let size =
            json!({ "width": view.width, "height": view.height, "deviceScaleFactor": view.zoom, "mobile": false });
        self.develop("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// A picture of what is seen, as WebP.
    ///
    /// # Panics
    /// If the browser is away.
    pub async fn picture(&self) -> Vec<u8> {
        self.develop("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
        let how = json!({ "format": "webp", "quality": 70 });
        let answer = self.develop("Page.captureScreenshot", how).await;
        let data = answer["data"].as_str().unwrap_or_default();
        base64::engine::general_purpose::STANDARD.decode(data).expect("a picture")
    }

    /// A command of the browser's own protocol.
    async fn develop(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        let asked = testkit::http::client().post(format!("{}/goog/cdp/execute", self.session)).json(&body);
        let answer = asked.send().await.expect("the browser is there");
        assert!(answer.status().is_success(), "{command} is refused: {answer:?}");
        answer.json::<Value>().await.unwrap_or_default()["value"].clone()
    }

    /// Makes the network slow, in milliseconds that each answer takes longer; 0 is as fast as it is.
    ///
    /// # Panics
    /// If the browser is away.
    pub async fn slow_down(&self, latency: u32) {
        self.set_network(json!({ "offline": false, "latency": latency })).await;
    }

    /// Takes the network away, until it is slowed down.
    ///
    /// # Panics
    /// If the browser is away.
    pub async fn go_offline(&self) {
        self.set_network(json!({ "offline": true, "latency": 0 })).await;
    }

    async fn set_network(&self, mut conditions: Value) {
        conditions["throughput"] = json!(10_000_000);
        let body = json!({ "network_conditions": conditions });
        let url = format!("{}/chromium/network_conditions", self.session);
        let answer = testkit::http::client().post(url).json(&body).send().await.expect("the browser is there");
        assert!(answer.status().is_success(), "the network can't be changed: {answer:?}");
    }

    /// What the browser has complained of since it was asked last: scripts and styles that the pages' policy forbids, errors of
    /// scripts, files that are missing. Pages that tell of an error by their status are no complaint, nor is a field that can't hold
    /// what an address says.
    ///
    /// # Panics
    /// If the browser is away.
    pub async fn complaints(&self) -> Vec<String> {
        let asked =
            testkit::http::client().post(format!("{}/se/log", self.session)).json(&json!({ "type": "browser" }));
        let answer = asked.send().await.expect("the browser is there").json::<Value>().await.unwrap_or_default();
        let entries = answer["value"].as_array().cloned().unwrap_or_default();
        let text = |entry: &Value| entry["message"].as_str().unwrap_or_default().to_owned();
        let grave = entries.iter().filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING").map(text);
        let tells = |message: &str| {
            [
                "status of 4",
                "status of 5",
                "does not conform to the required format",
                "cannot be parsed, or is out of range",
            ]
            .iter()
            .any(|part| message.contains(part))
        };
        grave.filter(|message| !tells(message) || message.contains("/assets/")).collect()
    }

    /// What a script answers, by `return`.
    pub async fn ask(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until the page that a click led to is complete, and no part of it is being exchanged.
    pub(super) async fn settle(&self) {
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
