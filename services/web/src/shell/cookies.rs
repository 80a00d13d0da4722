//! The cookies: a secret, and preferences that hold nothing personal.

use axum::http::HeaderValue;
use axum_extra::extract::{CookieJar, cookie::Cookie};

use super::{flash::Flash, session::BrowserKey};

/// Holds the language that was chosen on a page.
pub(crate) const LANGUAGE: &str = "tandem_language";
/// Holds `light` or `dark` where somebody wants other than their system.
pub(crate) const THEME: &str = "tandem_theme";
/// Holds what the next page says was done.
pub(crate) const FLASH: &str = "tandem_flash";

const YEAR_S: u32 = 365 * 24 * 3600;
const FLASH_S: u32 = 60;

/// Writes cookies as this deployment needs them.
#[derive(Clone)]
pub(crate) struct Cookies {
    secure: bool,
}

impl Cookies {
    /// `secure` where pages are reached by TLS, which is everywhere but on one's own machine.
    pub(crate) const fn new(secure: bool) -> Self {
        Self { secure }
    }

    /// The name of the cookie that holds the secret. With its prefix no other host or path can set it.
    pub(crate) const fn key_name(&self) -> &'static str {
        if self.secure { "__Host-tandem" } else { "tandem" }
    }

    /// The secret, until the browser ends.
    pub(crate) fn key(&self, key: &BrowserKey) -> HeaderValue {
        self.write(self.key_name(), &key.write(), None)
    }

    /// A preference, for a year.
    pub(crate) fn preference(&self, name: &'static str, value: &str) -> HeaderValue {
        self.write(name, value, Some(YEAR_S))
    }

    /// What the next page says.
    pub(crate) fn flash(&self, flash: &Flash) -> HeaderValue {
        self.write(FLASH, &flash.write(), Some(FLASH_S))
    }

    /// It has been said.
    pub(crate) fn no_flash(&self) -> HeaderValue {
        self.write(FLASH, "", Some(0))
    }

    fn write(&self, name: &'static str, value: &str, seconds: Option<u32>) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let age = seconds.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
        // Lax, not Strict: whoever follows a link in a mail is still signed in; and nothing is changed by following links.
        HeaderValue::try_from(format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}"))
            .expect("names and values are plain ASCII")
    }
}

/// `light`, `dark`, or `auto` for what the system says.
pub(crate) fn theme(jar: &CookieJar) -> &'static str {
    jar.get(THEME).map(Cookie::value).and_then(known_theme).unwrap_or("auto")
}

/// The colours of a name, if there are such.
pub(crate) fn known_theme(name: &str) -> Option<&'static str> {
    ["auto", "light", "dark"].into_iter().find(|known| *known == name)
}
