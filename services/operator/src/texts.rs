//! What the operator says, in the language of the province.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::fluent_bundle::FluentValue;
use kernel::Locale;

use crate::{domain::Reason, validate::Fault};

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The text of a key; the key itself if there is none, which a test excludes.
#[must_use]
pub fn text(locale: Locale, key: &str, value: &str) -> String {
    let arguments = HashMap::from([(Cow::Borrowed("value"), FluentValue::from(value))]);
    chassis::locale::look_up(&LOCALES, locale, key, &arguments).unwrap_or_else(|| key.to_owned())
}

#[must_use]
pub fn why(locale: Locale, reason: &Reason) -> String {
    let (key, value) = reason.text();
    text(locale, key, &value)
}

/// All faults of a declaration, each behind its field.
#[must_use]
pub fn faults(locale: Locale, faults: &[Fault]) -> String {
    let lines: Vec<_> =
        faults.iter().map(|fault| format!("{}: {}", fault.field, text(locale, fault.key, &fault.value))).collect();
    lines.join("; ")
}
