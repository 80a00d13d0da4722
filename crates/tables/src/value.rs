//! What stands in a cell.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A typed cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// What people or catalogues say.
    Text(String),
    /// A count.
    Number(i64),
    /// A day.
    Day(Date),
    /// A moment, written by the clock of the reader's province.
    Instant(Timestamp),
}

impl Value {
    /// As a CSV cell.
    pub(crate) fn written(&self, zone: &TimeZone) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => harmless(text),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Instant(at) => at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string(),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Instant(at)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// The wide forms of the signs count too: spreadsheets of some languages read them alike.
fn harmless(text: &str) -> String {
    const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(SIGNS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_become_a_formula() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(harmless(hostile), format!("'{hostile}"));
        }
        assert_eq!(harmless("Hôpital Sainte-Justine"), "Hôpital Sainte-Justine");
        assert_eq!(harmless(""), "");
    }

    #[test]
    fn what_is_no_text_is_written_plainly() {
        let montreal = TimeZone::get("America/Montreal").expect("a zone of the database");
        let at: Timestamp = "2027-01-12T04:30:00Z".parse().expect("a time");
        assert_eq!(Value::from(-3).written(&montreal), "-3");
        assert_eq!(Value::from(at).written(&montreal), "2027-01-11 23:30");
        assert_eq!(Value::from(jiff::civil::date(2027, 1, 11)).written(&montreal), "2027-01-11");
        assert_eq!(Value::from(None::<i32>).written(&montreal), "");
    }
}
