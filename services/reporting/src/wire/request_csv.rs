//! The report as a file that spreadsheets open as it is: a byte order mark, a header in the reader's language, semicolons in
//! French and commas in English, lines that end as RFC 4180 has it.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe: names and references are what people typed,
//! and a file must not run what one of them typed on the machine of another.

use jiff::{Timestamp, tz::TimeZone};
use kernel::Locale;

use crate::domain::{report::Row, state::State, viewer::Side};

/// The columns, in order; `column-<name>` is the key of each header.
pub const COLUMNS: [&str; 18] = [
    "reference",
    "placing-agency",
    "program",
    "receiving-agency",
    "site",
    "service",
    "destination",
    "start-date",
    "end-date",
    "student-count",
    "state",
    "sent-time",
    "answered-time",
    "confirmed-time",
    "answer-delay-days",
    "confirmation-delay-days",
    "reason-code",
    "placement-request-id",
];

/// The media type of the file.
pub const CONTENT_TYPE: &str = "text/csv; charset=utf-8";

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The key of a state's name, as the reader's side calls it: one word for each, and the same as on the pages (domain §7.3).
#[must_use]
pub fn state_key(side: Side, state: State) -> String {
    let key = match (side, state) {
        (Side::Coordinator, State::Sent)
        | (Side::Destination, State::Redirected | State::RedirectedOffline | State::RedirectedAutomatically) => {
            "pending"
        }
        (Side::Destination, State::AcceptedByDestination) => "accepted",
        (Side::Destination, State::DeclinedByDestination) => "declined",
        (_, State::AcceptedByDestination) => "accepted-to-ratify",
        (_, State::DeclinedByDestination) => "declined-to-ratify",
        (Side::Coordinator | Side::Destination, State::Accepted) => "accepted-by-agency",
        (Side::Coordinator | Side::Destination, State::Declined) => "declined-by-agency",
        _ => return format!("state-{}", state.code().to_lowercase().replace('_', "-")),
    };
    format!("state-{key}")
}

/// Writes pieces of a file for one reader.
pub struct RequestCsv<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// From which side the reader looks.
    pub side: Side,
    /// The province's time zone, in which times are written.
    pub zone: &'a TimeZone,
    /// Until when open delays are counted.
    pub now: Timestamp,
    /// The texts of the reader's language, by key.
    pub text: &'a dyn Fn(&str) -> String,
}

impl RequestCsv<'_> {
    /// What the file begins with: byte order mark and header.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        let header = COLUMNS.map(|column| (self.text)(&format!("column-{column}")));
        let mut bytes = BYTE_ORDER_MARK.as_bytes().to_vec();
        bytes.extend(self.records([header]));
        bytes
    }

    /// The lines of some rows.
    #[must_use]
    pub fn rows(&self, rows: &[Row]) -> Vec<u8> {
        self.records(rows.iter().map(|row| self.cells(row)))
    }

    fn records(&self, records: impl IntoIterator<Item = [String; COLUMNS.len()]>) -> Vec<u8> {
        let delimiter = match self.locale {
            Locale::Fr => b';',
            Locale::En => b',',
        };
        let mut writer =
            csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        for record in records {
            writer.write_record(&record).expect("records of one length can be written to memory");
        }
        writer.into_inner().expect("memory can be flushed")
    }

    fn cells(&self, row: &Row) -> [String; COLUMNS.len()] {
        [
            harmless(&row.reference),
            harmless(&row.placing_agency),
            harmless(row.program.in_language(self.locale)),
            harmless(&row.receiving_agency),
            harmless(&row.site),
            harmless(row.service.in_language(self.locale)),
            harmless(&row.destination),
            row.start.to_string(),
            row.end.to_string(),
            row.students.to_string(),
            (self.text)(&state_key(self.side, row.state)),
            self.time(row.sent),
            self.time(row.answered),
            self.time(row.confirmed),
            number(row.answer_delay(self.now, self.zone)),
            number(row.confirmation_delay(self.now, self.zone)),
            harmless(&row.reason),
            row.id.to_string(),
        ]
    }

    fn time(&self, time: Option<Timestamp>) -> String {
        time.map(|t| t.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
    }
}

fn number(number: Option<i32>) -> String {
    number.map(|n| n.to_string()).unwrap_or_default()
}

/// The text, made harmless where a spreadsheet would take it for a formula. The wide forms of the signs count too:
/// spreadsheets of some languages read them alike.
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
}
