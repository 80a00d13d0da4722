//! Parsing at the edge: one pass over a message that collects every fault, so that a caller learns of all of them at once.

use std::{ops::RangeInclusive, str::FromStr};

use jiff::civil::Date;

use crate::{DateRange, ErrorKind, FieldViolation, Problem};

/// The input is wrong; the fields say where.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("invalid input: {}", .0.iter().map(|v| format!("{} {}", v.field, v.reason)).collect::<Vec<_>>().join(", "))]
pub struct Invalid(pub Vec<FieldViolation>);

impl Invalid {
    /// One field is wrong.
    #[must_use]
    pub fn field(field: impl Into<String>, reason: &'static str) -> Self {
        Self(vec![FieldViolation::new(field, reason)])
    }
}

impl Problem for Invalid {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn reason(&self) -> &'static str {
        "INVALID_FIELDS"
    }

    fn fields(&self) -> Vec<FieldViolation> {
        self.0.clone()
    }
}

/// Collects the faults of one message. Each getter notes what is wrong and answers `None`; [`Fields::finish`] tells all.
///
/// ```
/// # use kernel::{Fields, Invalid, PersonId};
/// # fn parse(id: &str, name: &str) -> Result<(PersonId, String), Invalid> {
/// let mut fields = Fields::default();
/// let id = fields.id("person_id", id);
/// let name = fields.text("name", name, 1..=80);
/// fields.finish(|| Some((id?, name?)))
/// # }
/// assert_eq!(parse("x", "").unwrap_err().0.len(), 2);
/// ```
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldViolation>);

impl Fields {
    /// Notes a fault of `field`.
    pub fn fault(&mut self, field: impl Into<String>, reason: &'static str) {
        self.violation(FieldViolation::new(field, reason));
    }

    /// The same with values for the text.
    pub fn violation(&mut self, violation: FieldViolation) {
        self.0.push(violation);
    }

    /// A required id: `REQUIRED` when empty, `MALFORMED_ID` when not a UUID.
    pub fn id<T: FromStr>(&mut self, field: &str, text: &str) -> Option<T> {
        if text.is_empty() {
            self.fault(field, "REQUIRED");
            return None;
        }
        self.optional_id(field, text)?
    }

    /// An id or nothing: `Some(None)` when empty, `MALFORMED_ID` when not a UUID.
    pub fn optional_id<T: FromStr>(&mut self, field: &str, text: &str) -> Option<Option<T>> {
        if text.is_empty() {
            return Some(None);
        }
        match text.parse() {
            Ok(id) => Some(Some(id)),
            Err(_) => {
                self.fault(field, "MALFORMED_ID");
                None
            }
        }
    }

    /// A text, trimmed, its lines ended alike wherever they were typed, of so many characters: `REQUIRED`, `TOO_SHORT`, `TOO_LONG`, or `CONTROL_CHARACTER` for those other
    /// than line break and tab.
    pub fn text(&mut self, field: &str, text: &str, characters: RangeInclusive<usize>) -> Option<String> {
        let text = text.trim().replace("\r\n", "\n").replace('\r', "\n");
        let count = text.chars().count();
        let fault = if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            "CONTROL_CHARACTER"
        } else if count == 0 && *characters.start() > 0 {
            "REQUIRED"
        } else if count < *characters.start() {
            "TOO_SHORT"
        } else if count > *characters.end() {
            "TOO_LONG"
        } else {
            return Some(text);
        };
        self.fault(field, fault);
        None
    }

    /// A whole number within bounds: `OUT_OF_RANGE`.
    pub fn number(&mut self, field: &str, number: i32, bounds: RangeInclusive<i32>) -> Option<i32> {
        if bounds.contains(&number) {
            return Some(number);
        }
        self.fault(field, "OUT_OF_RANGE");
        None
    }

    /// A required day, `2027-01-31`: `REQUIRED`, or `MALFORMED_DATE`.
    pub fn date(&mut self, field: &str, text: &str) -> Option<Date> {
        if text.is_empty() {
            self.fault(field, "REQUIRED");
            return None;
        }
        self.optional_date(field, text)?
    }

    /// A day or nothing: `MALFORMED_DATE`. Years outside 1900 to 2199 count as malformed.
    pub fn optional_date(&mut self, field: &str, text: &str) -> Option<Option<Date>> {
        if text.is_empty() {
            return Some(None);
        }
        match text.parse::<Date>() {
            Ok(date) if text.len() == 10 && (1900..2200).contains(&date.year()) => Some(Some(date)),
            _ => {
                self.fault(field, "MALFORMED_DATE");
                None
            }
        }
    }

    /// Two required days in order: `DATE_REVERSED` on the second.
    pub fn dates(&mut self, start: (&str, &str), end: (&str, &str)) -> Option<DateRange> {
        let (from, to) = (self.date(start.0, start.1), self.date(end.0, end.1));
        let range = DateRange::new(from?, to?);
        if range.is_err() {
            self.fault(end.0, "DATE_REVERSED");
        }
        range.ok()
    }

    /// A version that was read, or nothing: `MALFORMED_ETAG`.
    pub fn etag(&mut self, field: &str, text: &str) -> Option<Option<i64>> {
        if text.is_empty() {
            return Some(None);
        }
        let version = text.trim_matches('"').parse().ok().filter(|version| *version > 0);
        if version.is_none() {
            self.fault(field, "MALFORMED_ETAG");
        }
        version.map(Some)
    }

    /// What was parsed, or every fault.
    ///
    /// # Errors
    /// All faults that were noted.
    ///
    /// # Panics
    /// If `parsed` answers `None` although no fault was noted: a mistake of the caller's.
    pub fn finish<T>(self, parsed: impl FnOnce() -> Option<T>) -> Result<T, Invalid> {
        if !self.0.is_empty() {
            return Err(Invalid(self.0));
        }
        Ok(parsed().expect("a missing value was noted as a fault"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PersonId;

    #[test]
    fn every_fault_is_told_at_once() {
        let mut fields = Fields::default();
        let id = fields.id::<PersonId>("id", "nobody");
        let text = fields.text("comment", "a\0b", 0..=10);
        let dates = fields.dates(("start", "2027-02-01"), ("end", "2027-01-01"));
        let Invalid(faults) = fields.finish(|| Some((id?, text?, dates?))).expect_err("three faults");
        let faults: Vec<_> = faults.iter().map(|f| (f.field.as_str(), f.reason)).collect();
        assert_eq!(faults, [("id", "MALFORMED_ID"), ("comment", "CONTROL_CHARACTER"), ("end", "DATE_REVERSED")]);
    }

    #[test]
    fn lengths_count_characters_not_bytes() {
        assert_eq!(Fields::default().text("name", " Éléonore ", 1..=8).as_deref(), Some("Éléonore"));
        assert_eq!(Fields::default().text("name", "Éléonore!", 1..=8), None);
        assert_eq!(Fields::default().text("note", "a\r\nb\rc", 1..=5).as_deref(), Some("a\nb\nc"));
    }

    #[test]
    fn a_date_has_one_form() {
        assert!(Fields::default().date("d", "2027-01-05").is_some());
        for wrong in ["20270105", "2027-1-5", "2027-02-30", "0001-01-01", "2027-01-05T00:00"] {
            assert_eq!(Fields::default().date("d", wrong), None, "{wrong}");
        }
    }
}
