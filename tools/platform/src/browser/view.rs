//! How a browser looks at pages.

use serde_json::{Map, Value, json};
use tempfile::TempDir;

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

    /// An office's screen at a zoom of 200 %.
    #[must_use]
    pub fn zoomed() -> Self {
        Self { width: 640, height: 450, zoom: 2, ..Self::default() }
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

    /// What chromedriver is asked for. `binary` is what it starts.
    pub(super) fn capabilities(self, binary: &str, profile: &TempDir) -> Map<String, Value> {
        let own = [
            format!("--user-data-dir={}", profile.path().display()),
            format!("--window-size={},{}", self.width, self.height),
            format!("--lang={}", self.language),
        ];
        let arguments: Vec<String> = QUIET.iter().map(|a| (*a).to_owned()).chain(own).collect();
        let mut options = json!({
            "binary": binary,
            "args": arguments,
            "prefs": { "intl.accept_languages": self.language },
            "mobileEmulation": {
                "deviceMetrics":
                    { "width": self.width, "height": self.height, "pixelRatio": self.zoom, "touch": false, "mobile": false },
            },
        });
        if !self.scripts {
            options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let all = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "pageLoad": 60_000, "script": 60_000 },
        });
        all.as_object().cloned().expect("an object was just written")
    }
}
