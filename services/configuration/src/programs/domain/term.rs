//! Terms (domain §3.1).

use jiff::civil::{Date, date};
use kernel::{DateRange, Ids, Locale, TermId, Text};

use crate::resources::{Sorted, fold_all};

/// A term of the province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its id.
    pub id: TermId,
    /// Name, such as `Automne 2026`.
    pub name: Text,
    /// First and last day.
    pub days: DateRange,
    /// The common day on which held requests go out, if any (domain §7.3).
    pub release: Option<Date>,
    /// False once it is no longer offered.
    pub active: bool,
}

impl Term {
    /// The three terms that begin in a year (domain §3.1): winter, spring and summer, fall.
    #[must_use]
    pub fn of_year(year: i16, ids: &Ids) -> [Self; 3] {
        [
            (Text::new(format!("Hiver {year}"), format!("Winter {year}")), date(year, 1, 1), date(year, 4, 30)),
            (
                Text::new(format!("Printemps-été {year}"), format!("Spring/Summer {year}")),
                date(year, 5, 1),
                date(year, 8, 31),
            ),
            (Text::new(format!("Automne {year}"), format!("Fall {year}")), date(year, 9, 1), date(year, 12, 31)),
        ]
        .map(|(name, start, end)| Self {
            id: ids.next(),
            name,
            days: DateRange::new(start, end).expect("terms begin before they end"),
            release: None,
            active: true,
        })
    }
}

impl Sorted for Term {
    fn sort_key(&self, _: Locale) -> String {
        format!("{} {}", self.days.start(), self.days.end())
    }

    fn search_text(&self) -> String {
        fold_all(&[&self.name.fr, &self.name.en])
    }
}
