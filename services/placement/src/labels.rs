//! Short texts that the API answers with, from the catalogue `labels.ftl`.

use std::collections::HashMap;

use kernel::Locale;

use crate::LOCALES;

/// The label of a key of `domain::view::label`.
pub fn text(locale: Locale, key: &str) -> String {
    chassis::locale::look_up(&LOCALES, locale, key, &HashMap::new()).unwrap_or_else(|| key.to_owned())
}
