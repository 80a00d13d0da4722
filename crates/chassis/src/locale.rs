//! The language of the call under way, and the texts that belong to reason codes.

use std::{borrow::Cow, collections::HashMap, str::FromStr as _, sync::LazyLock};

use fluent_templates::{LanguageIdentifier, Loader as _, StaticLoader, fluent_bundle::FluentValue, static_loader};
use kernel::Locale;

/// A service's Fluent catalogues, French and English side by side.
pub type Messages = LazyLock<StaticLoader>;

static_loader! {
    static COMMON = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

tokio::task_local! {
    static CALL: (Locale, &'static Messages);
}

/// The language of the call under way; French outside of a call.
#[must_use]
pub fn current() -> Locale {
    CALL.try_with(|(locale, _)| *locale).unwrap_or_default()
}

/// The language that a caller asks for by `Accept-Language`, if it is one of ours.
#[must_use]
pub fn asked(headers: &http::HeaderMap) -> Option<Locale> {
    headers.get(http::header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(Locale::negotiate)
}

/// Runs `work` in a language, with a service's texts at hand.
pub async fn scope<F: Future>(locale: Locale, messages: &'static Messages, work: F) -> F::Output {
    CALL.scope((locale, messages), work).await
}

/// The text of a reason code in the language of the call: from the service's catalogue, else from the common one. The key
/// of `INVALID_TRANSITION` is `invalid-transition`.
#[must_use]
pub(crate) fn text(reason: &str, details: &[(&'static str, String)]) -> String {
    let key = reason.to_lowercase().replace('_', "-");
    let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> =
        details.iter().map(|(k, v)| (Cow::Borrowed(*k), argument(v))).collect();
    let own = CALL.try_with(|(locale, messages)| look_up(messages, *locale, &key, &arguments)).ok().flatten();
    own.or_else(|| look_up(&COMMON, current(), &key, &arguments)).unwrap_or_else(|| reason.to_owned())
}

/// People read days as they write them, and numbers decide between one and several; programs read them in the details.
fn argument(value: &str) -> FluentValue<'_> {
    if let Some(day) = value.parse().ok().filter(|day: &jiff::civil::Date| day.to_string() == value) {
        return FluentValue::from(current().date(day));
    }
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

/// One text of a catalogue; `None` when the key is missing.
#[must_use]
pub fn look_up(
    messages: &'static Messages,
    locale: Locale,
    key: &str,
    arguments: &HashMap<Cow<'static, str>, FluentValue<'_>>,
) -> Option<String> {
    messages.try_lookup_with_args(language(locale), key, arguments)
}

fn language(locale: Locale) -> &'static LanguageIdentifier {
    static IDS: LazyLock<[LanguageIdentifier; 2]> = LazyLock::new(|| {
        Locale::ALL.map(|l| LanguageIdentifier::from_str(l.code()).expect("the code of a locale is a language tag"))
    });
    &IDS[usize::from(locale == Locale::En)]
}

/// A service without texts of its own.
pub static NO_MESSAGES: &Messages = &COMMON;
