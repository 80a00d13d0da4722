//! The two languages, which are equals.

use std::{fmt, str::FromStr};

use jiff::civil::Date;

/// The months in French and in English.
const MONTHS: [(&str, &str); 12] = [
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// French, as spoken in Québec. The default, since Québec comes first.
    #[default]
    Fr,
    /// English, as spoken in Canada.
    En,
}

impl Locale {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// `fr` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// A day as people write it: `11 janvier 2027`, `January 11, 2027`.
    #[must_use]
    pub fn date(self, day: Date) -> String {
        let month = usize::from(day.month().unsigned_abs()) - 1;
        match self {
            Self::Fr if day.day() == 1 => format!("1er {} {}", MONTHS[month].0, day.year()),
            Self::Fr => format!("{} {} {}", day.day(), MONTHS[month].0, day.year()),
            Self::En => format!("{} {}, {}", MONTHS[month].1, day.day(), day.year()),
        }
    }

    /// The language that an `Accept-Language` header prefers among ours, if it names one (RFC 9110 §12.5.4).
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Option<Self> {
        let mut best: Option<(Self, u16)> = None;
        for part in accept_language.split(',') {
            let mut pieces = part.split(';').map(str::trim);
            let Some(locale) = pieces.next().and_then(|tag| tag.get(..2)).and_then(|tag| tag.parse::<Self>().ok())
            else {
                continue;
            };
            let weight = pieces.find_map(|p| p.strip_prefix("q=")).map_or(1000, quality);
            if weight > 0 && best.is_none_or(|(_, w)| weight > w) {
                best = Some((locale, weight));
            }
        }
        best.map(|(locale, _)| locale)
    }
}

/// A quality value in thousandths; what cannot be read counts as nothing.
fn quality(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let thousandths: u16 = format!("{fraction:0<3}").get(..3).and_then(|d| d.parse().ok()).unwrap_or(0);
    if whole.trim() == "1" { 1000 } else { thousandths }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("not a language of Tandem: fr or en")]
pub struct UnknownLocale;

impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(text: &str) -> Result<Self, UnknownLocale> {
        Self::ALL.into_iter().find(|l| text.eq_ignore_ascii_case(l.code())).ok_or(UnknownLocale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_people_write_them() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(Locale::Fr.date(day("2027-01-01")), "1er janvier 2027");
        assert_eq!(Locale::Fr.date(day("2027-08-21")), "21 août 2027");
        assert_eq!(Locale::En.date(day("2027-12-01")), "December 1, 2027");
    }

    #[test]
    fn the_preferred_language_wins() {
        assert_eq!(Locale::negotiate("en-CA,en;q=0.9,fr;q=0.8"), Some(Locale::En));
        assert_eq!(Locale::negotiate("de, fr-CA;q=0.7, en;q=0.3"), Some(Locale::Fr));
        assert_eq!(Locale::negotiate("en;q=0, fr;q=0.001"), Some(Locale::Fr));
        assert_eq!(Locale::negotiate("é, *;q=0.5"), None);
    }
}
