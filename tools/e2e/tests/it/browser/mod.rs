//! The front end in a real Chromium: what people see and do.

mod answer_link;
mod audit;
mod closures;
mod contacts;
mod everywhere;
mod failures;
mod first_sign_in;
mod forbidden;
mod hand;
mod hostile;
mod journey;
mod kept;
mod lists;
mod many;
mod outages;
mod preferences;
mod profile_history;
mod slow_lines;
mod states;
mod switching;
mod together;

use platform::{
    Platform,
    browser::{Browser, Tab, View},
};
use tokio::sync::OnceCell;

use crate::{
    shared,
    world::{PASSWORD, Person, World},
};

/// Where browsers look at: one platform, one world, one driver for all of these tests.
pub(crate) struct Environment {
    pub(crate) platform: &'static Platform,
    pub(crate) world: World,
    browser: Browser,
}

static ENVIRONMENT: OnceCell<Environment> = OnceCell::const_new();

/// The environment of all tests.
pub(crate) async fn environment() -> &'static Environment {
    let build = || async {
        let platform = shared::pages().await;
        Environment { platform, world: World::build(platform).await, browser: Browser::start().await }
    };
    ENVIRONMENT.get_or_init(build).await
}

impl Environment {
    /// The address of a page.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.platform.pages_url())
    }

    /// A browser that nobody has used, reading a language.
    pub(crate) async fn open(&self, view: View, language: &str) -> Tab {
        let tab = self.browser.open(view).await;
        tab.goto(&self.page(&format!("/language/{language}?back=/sign-in"))).await;
        tab
    }

    /// A browser in which somebody has signed in.
    pub(crate) async fn enter(&self, view: View, language: &str, person: &Person) -> Tab {
        let tab = self.open(view, language).await;
        sign_in(&tab, &person.login, PASSWORD).await;
        tab.find("details.menu").await;
        tab
    }
}

/// Fills in the form of the sign-in page.
pub(crate) async fn sign_in(tab: &Tab, login: &str, password: &str) {
    tab.fill("#login", login).await;
    tab.fill("#password", password).await;
    tab.click("main form button.primary").await;
}
