//! The texts of the pages, in the reader's language: words, days, moments, numbers, names of codes.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{fluent_bundle::FluentValue, static_loader};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::Locale;
use proto::{
    identity::v1::Role,
    placement::v1::{Action, FittingDestination, Kind, Misfit, State},
    text::v1::LocalizedText,
};
use terms::Audience;

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
        self.look_up(key, &HashMap::new())
    }

    /// The text of a key that counts something.
    pub(crate) fn n(&self, key: &str, count: impl Into<f64>) -> String {
        self.look_up(key, &HashMap::from([("count".into(), count.into().into())]))
    }

    /// The text of a key with values in it.
    pub(crate) fn with(&self, key: &str, values: &[(&'static str, &str)]) -> String {
        self.look_up(key, &values.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    }

    fn look_up(&self, key: &str, values: &HashMap<Cow<'static, str>, FluentValue<'_>>) -> String {
        chassis::locale::look_up(&PAGES, self.0, key, values).unwrap_or_else(|| key.to_owned())
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
        date.parse().map_or_else(|_| date.to_owned(), |day| self.date(day))
    }

    /// The same of a date.
    pub(crate) fn date(&self, day: Date) -> String {
        self.0.date(day)
    }

    /// On which days of the week, in which shift.
    pub(crate) fn days(&self, weekdays: &[i32], shift_code: &str) -> String {
        terms::days(weekdays.iter().copied(), shift_code, self.0)
    }

    /// Who is placed; empty where it is not said.
    pub(crate) fn kind(&self, kind: Kind) -> String {
        if kind == Kind::Unspecified { String::new() } else { terms::kind(kind, self.0) }
    }

    /// Whether a unit fits; if not, why.
    pub(crate) fn fit(&self, unit: &FittingDestination) -> String {
        match unit.misfit() {
            Misfit::Unspecified if unit.fits => self.t("fits"),
            Misfit::Notice => self.n("misfit-notice", unit.late_by_days.unsigned_abs()),
            misfit => self.misfit(misfit),
        }
    }

    /// Why something does not fit, where no number goes with it.
    pub(crate) fn misfit(&self, misfit: Misfit) -> String {
        self.t(&format!("misfit-{}", slug(misfit.as_str_name(), "MISFIT_")))
    }

    /// From one day to another, as the API writes them.
    pub(crate) fn dates(&self, start: &str, end: &str) -> String {
        format!("{} – {}", self.day(start), self.day(end))
    }

    /// A short day: `11 janv. 2027`, `Jan 11, 2027`.
    pub(crate) fn short_day(&self, date: &str) -> String {
        let Ok(day) = date.parse::<Date>() else { return date.to_owned() };
        let month = self.t(&format!("month-short-{}", day.month()));
        match self.0 {
            Locale::Fr => format!("{} {month} {}", self.day_of_month(day), day.year()),
            Locale::En => format!("{month} {}, {}", day.day(), day.year()),
        }
    }

    /// `1er`, `2`; `1`, `2`.
    pub(crate) fn day_of_month(&self, day: Date) -> String {
        if self.0 == Locale::Fr && day.day() == 1 { "1er".to_owned() } else { day.day().to_string() }
    }

    /// Day and time of an instant in the province.
    pub(crate) fn date_time(&self, at: Timestamp, zone: &TimeZone) -> String {
        let at = at.to_zoned(zone.clone());
        let day = self.short_day(&at.date().to_string());
        match self.0 {
            Locale::Fr => format!("{day}, {} h {:02}", at.hour(), at.minute()),
            Locale::En => format!("{day}, {}", at.strftime("%-I:%M %p")),
        }
    }

    /// A count with its thousands apart: `12 345` in French (narrow no-break spaces), `12,345` in English.
    pub(crate) fn number(&self, number: impl Into<i64>) -> String {
        let digits = number.into().to_string();
        let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
        let separator = if self.0 == Locale::Fr { '\u{202f}' } else { ',' };
        let mut written = sign.to_owned();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                written.push(separator);
            }
            written.push(digit);
        }
        written
    }

    pub(crate) fn role(&self, role: Role) -> String {
        terms::role(role, self.0)
    }

    /// What a state is called for those who look at it in a role: one word each, wherever it stands (domain §7.3).
    pub(crate) fn state(&self, state: State, role: Role) -> String {
        terms::state(state, Audience::of(role), self.0)
    }

    pub(crate) fn action(&self, action: Action) -> String {
        terms::action(action, self.0)
    }

    /// The code of the language, for `lang` attributes.
    pub(crate) fn lang(&self) -> &'static str {
        self.0.code()
    }

    pub(crate) fn other(&self) -> Self {
        Self(if self.0 == Locale::Fr { Locale::En } else { Locale::Fr })
    }
}

/// `sent-offline` of `STATE_SENT_OFFLINE`: what keys and classes are made of.
pub(crate) fn slug(name: &str, prefix: &str) -> String {
    name.trim_start_matches(prefix).to_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_people_write_them() {
        assert_eq!(Text(Locale::Fr).day("2027-01-01"), "1er janvier 2027");
        assert_eq!(Text(Locale::Fr).day("2027-08-15"), "15 août 2027");
        assert_eq!(Text(Locale::En).day("2027-08-15"), "August 15, 2027");
        assert_eq!(Text(Locale::Fr).short_day("2027-08-15"), "15 août 2027");
        assert_eq!(Text(Locale::Fr).short_day("2027-03-01"), "1er mars 2027");
        assert_eq!(Text(Locale::En).short_day("2027-01-05"), "Jan 5, 2027");
        assert_eq!(Text(Locale::En).short_day("soon"), "soon");
    }

    #[test]
    fn moments_are_those_of_the_province() {
        let (at, zone) = ("2027-01-11T03:05:00Z".parse().unwrap(), TimeZone::get("America/Toronto").unwrap());
        assert_eq!(Text(Locale::Fr).date_time(at, &zone), "10 janv. 2027, 22 h 05");
        assert_eq!(Text(Locale::En).date_time(at, &zone), "Jan 10, 2027, 10:05 PM");
    }

    #[test]
    fn every_misfit_has_its_words() {
        for text in Locale::ALL.map(Text) {
            for misfit in (0..).map_while(|n| Misfit::try_from(n).ok()) {
                let unit = FittingDestination { misfit: misfit.into(), late_by_days: 41, ..Default::default() };
                let said = text.fit(&unit);
                assert!(!said.contains("misfit"), "{said}");
                assert_eq!(said.contains("41"), misfit == Misfit::Notice, "{said}");
            }
        }
        assert_eq!(Text(Locale::Fr).fit(&FittingDestination { fits: true, ..Default::default() }), "convient");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(Text(Locale::Fr).number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(Text(Locale::En).number(-12_345), "-12,345");
        assert_eq!(Text(Locale::En).number(999), "999");
    }

    #[test]
    fn both_languages_hold_the_same_keys_and_every_key_is_used() {
        testkit::catalogue::check(env!("CARGO_MANIFEST_DIR"), &["src", "templates"]);
    }
}
