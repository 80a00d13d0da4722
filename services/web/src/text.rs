//! The texts of the pages, in the reader's language.

use std::collections::HashMap;

use fluent_templates::static_loader;
use jiff::civil::Date;
use kernel::Locale;
use proto::text::v1::LocalizedText;

static_loader! {
    static PAGES = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// Looks texts up for one page.
#[derive(Clone, Copy)]
pub(crate) struct Text(pub(crate) Locale);

impl Text {
    /// The text of a key.
    pub(crate) fn t(&self, key: &str) -> String {
        chassis::locale::look_up(&PAGES, self.0, key, &HashMap::new()).unwrap_or_else(|| key.to_owned())
    }

    /// The text of a key that counts something.
    pub(crate) fn n(&self, key: &str, count: i32) -> String {
        let arguments = HashMap::from([("count".into(), f64::from(count).into())]);
        chassis::locale::look_up(&PAGES, self.0, key, &arguments).unwrap_or_else(|| key.to_owned())
    }

    /// One of two texts.
    pub(crate) fn pick(&self, text: Option<&LocalizedText>) -> String {
        let Some(text) = text else { return String::new() };
        match self.0 {
            Locale::Fr => text.fr.clone(),
            Locale::En => text.en.clone(),
        }
    }

    /// A day as people write it: `11 janvier 2027`, `January 11, 2027`. What is no date stays as it is.
    pub(crate) fn day(&self, date: &str) -> String {
        let Ok(day) = date.parse::<Date>() else { return date.to_owned() };
        let month = self.t(&format!("month-{}", day.month()));
        match self.0 {
            Locale::Fr if day.day() == 1 => format!("1er {month} {}", day.year()),
            Locale::Fr => format!("{} {month} {}", day.day(), day.year()),
            Locale::En => format!("{month} {}, {}", day.day(), day.year()),
        }
    }

    /// The code of the language, for `lang` attributes.
    pub(crate) fn lang(&self) -> &'static str {
        self.0.code()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_people_write_them() {
        assert_eq!(Text(Locale::Fr).day("2027-01-01"), "1er janvier 2027");
        assert_eq!(Text(Locale::Fr).day("2027-08-15"), "15 août 2027");
        assert_eq!(Text(Locale::En).day("2027-08-15"), "August 15, 2027");
    }

    #[test]
    fn both_languages_hold_the_same_keys_and_every_key_is_used() {
        testkit::catalogue::check(env!("CARGO_MANIFEST_DIR"), &["src", "templates"]);
    }
}
