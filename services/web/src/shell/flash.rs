//! What a page says was done on the page before.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::ui::Text;

/// A text, and what stands in it. Its key must begin with `done-`: the cookie that carries it could hold anything.
#[derive(Clone)]
pub(crate) struct Flash {
    key: String,
    subject: String,
}

impl Flash {
    pub(crate) fn new(key: &str, subject: &str) -> Self {
        Self { key: key.to_owned(), subject: subject.to_owned() }
    }

    /// From a cookie; `None` for what we did not write.
    pub(crate) fn read(cookie: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cookie).ok()?).ok()?;
        let (key, subject) = text.split_once('\n')?;
        (key.starts_with("done-") && text.len() < 512).then(|| Self::new(key, subject))
    }

    pub(crate) fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}\n{}", self.key, self.subject))
    }

    pub(crate) fn say(&self, text: Text) -> String {
        text.with(&self.key, &[("subject", &self.subject)])
    }
}
