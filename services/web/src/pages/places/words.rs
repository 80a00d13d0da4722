//! Codes of places, in words.

use proto::configuration::v1::Shift;

use crate::ui::{Text, slug};

/// When students may come, in words.
pub(crate) fn shifts(text: Text, shifts: &[i32]) -> String {
    let names = shifts.iter().filter_map(|n| Shift::try_from(*n).ok()).map(|s| shift(text, s));
    names.collect::<Vec<_>>().join(", ")
}

/// What kind of facility a site is. Kinds of the open data that sites are imported from have a name in both languages; others
/// are shown as they were written.
pub(crate) fn facility(text: Text, kind: &str) -> String {
    match kind.to_lowercase().as_str() {
        "ambulatory health care services" => text.t("places-kind-ambulatory"),
        "hospitals" => text.t("places-kind-hospital"),
        "nursing and residential care facilities" => text.t("places-kind-residential"),
        _ => kind.to_owned(),
    }
}

pub(super) fn shift(text: Text, shift: Shift) -> String {
    text.t(&format!("places-shift-{}", slug(shift.as_str_name(), "SHIFT_")))
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn kinds_of_the_open_data_are_named_in_both_languages_and_others_as_written() {
        let both = |kind| Locale::ALL.map(|locale| facility(Text(locale), kind));
        let [one, other] = both("Ambulatory health care services");
        assert_ne!(one, other);
        assert_eq!(both("nursing and residential care facilities"), both("Nursing and residential care facilities"));
        assert_eq!(both("Maison de naissance"), ["Maison de naissance"; 2]);
    }
}
