//! The ways in which people move through pages: with a mouse, with keys alone, with or without scripts.

use platform::browser::{Key, Tab};

/// Somebody at a browser.
pub(crate) struct Hand {
    pub(crate) tab: Tab,
    /// Whether no mouse is used.
    pub(crate) keys_alone: bool,
}

impl Hand {
    /// Follows a link, presses a button, opens what is folded.
    pub(crate) async fn press(&self, css: &str) {
        if self.keys_alone {
            self.tab.tab_to(css).await;
            self.tab.key(Key::Enter).await;
        } else {
            self.tab.click(css).await;
        }
    }

    /// Ticks a box, or one of several.
    pub(crate) async fn tick(&self, css: &str) {
        if self.keys_alone {
            self.tab.tab_to(css).await;
            if self.tab.count(&format!("{css}:checked")).await == 0 {
                self.tab.type_in(" ").await;
            }
        } else {
            self.tab.click(css).await;
        }
    }

    /// Writes into a field.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        if self.keys_alone {
            self.tab.tab_to(css).await;
            self.tab.type_in(text).await;
        } else {
            self.tab.fill(css, text).await;
        }
    }

    /// Writes a date into a field.
    pub(crate) async fn date(&self, css: &str, date: &str) {
        if self.keys_alone {
            self.tab.tab_to(css).await;
            self.tab.type_date(date).await;
        } else {
            self.tab.fill(css, date).await;
        }
    }

    /// Chooses from a list, which is done with keys by the first letters of what is chosen.
    pub(crate) async fn choose(&self, css: &str, value: &str) {
        let option = format!("{css} option[value=\"{value}\"]");
        self.tab.find(&option).await;
        if self.keys_alone {
            self.tab.tab_to(css).await;
            let script = format!("return document.querySelector('{}').textContent.trim()", option.replace('"', "\\\""));
            let words = self.tab.ask(&script).await;
            self.tab.type_in(words.as_str().unwrap_or_default()).await;
            // Leaving the field is what tells a page of the choice.
            self.tab.key(Key::Tab).await;
        } else {
            self.tab.choose(css, value).await;
        }
    }
}
