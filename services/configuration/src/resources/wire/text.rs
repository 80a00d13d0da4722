//! Texts of both languages, and codes.

use std::ops::RangeInclusive;

use kernel::{Fields, Text};
use proto::text::v1::LocalizedText;

use crate::resources::domain::code::Code;

/// How long names of things may be, in characters.
pub const NAME: RangeInclusive<usize> = 1..=200;
/// How long short names may be, in characters.
pub const SHORT_NAME: RangeInclusive<usize> = 0..=40;

/// How long texts of profiles may be, in characters.
pub const LONG_TEXT: RangeInclusive<usize> = 0..=4000;

/// A long text in both languages: either may be missing.
pub fn long_text(fields: &mut Fields, field: &str, text: Option<&LocalizedText>) -> Option<Text> {
    let (fr, en) = text.map_or(("", ""), |t| (t.fr.as_str(), t.en.as_str()));
    let fr = fields.text(&format!("{field}.fr"), fr, LONG_TEXT);
    let en = fields.text(&format!("{field}.en"), en, LONG_TEXT);
    Some(Text { fr: fr?, en: en? })
}

/// A name in both languages: each is required.
pub fn bilingual(fields: &mut Fields, field: &str, text: Option<&LocalizedText>) -> Option<Text> {
    let (fr, en) = text.map_or(("", ""), |t| (t.fr.as_str(), t.en.as_str()));
    let fr = fields.text(&format!("{field}.fr"), fr, NAME);
    let en = fields.text(&format!("{field}.en"), en, NAME);
    Some(Text { fr: fr?, en: en? })
}

/// The message of a name.
pub fn localized(name: &Text) -> Option<LocalizedText> {
    Some(name.clone().into())
}

/// A code: `REQUIRED`, or `MALFORMED_CODE` for other than capitals, digits and underscores, and for a wrong length.
pub fn code(fields: &mut Fields, field: &str, text: &str, characters: RangeInclusive<usize>) -> Option<Code> {
    if text.is_empty() {
        fields.fault(field, "REQUIRED");
        return None;
    }
    let code = text.parse::<Code>().ok().filter(|c| c.is_of_length(characters));
    if code.is_none() {
        fields.fault(field, "MALFORMED_CODE");
    }
    code
}
