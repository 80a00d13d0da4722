//! The columns of the report on requests: each declared once, with the field of the contract that says the same.

use jiff::{Timestamp, tz::TimeZone};
use kernel::Locale;
use tables::{Column, Csv, Value};
use terms::Audience;

use crate::{
    projections::state_to_contract,
    reports::domain::{requests::Row, viewer::Side},
};

/// For whom a file is written.
pub struct Reader {
    /// The reader's language.
    pub locale: Locale,
    /// From which side the reader looks.
    pub side: Side,
    /// The province's time zone, in which times are written.
    pub zone: TimeZone,
    /// Until when open delays are counted.
    pub now: Timestamp,
    /// The texts of the catalogue, by key.
    pub text: fn(&str, Locale) -> String,
}

impl Reader {
    /// What the file begins with.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        self.csv().header(COLUMNS, self)
    }

    /// The lines of some rows.
    #[must_use]
    pub fn rows(&self, rows: &[Row]) -> Vec<u8> {
        self.csv().rows(COLUMNS, rows, self)
    }

    const fn csv(&self) -> Csv<'_> {
        Csv { locale: self.locale, zone: &self.zone }
    }

    /// What the reader's side calls the state of a row.
    fn state(&self, row: &Row) -> String {
        let audience = match self.side {
            Side::School => Audience::Placing,
            Side::Coordinator => Audience::Receiving,
            Side::Destination => Audience::Destination,
        };
        terms::state(state_to_contract(&row.state), audience, self.locale)
    }

    fn heading(&self, key: &'static str) -> String {
        (self.text)(&format!("column-{}", key.replace('_', "-")), self.locale)
    }
}

/// The columns, in order; the key of each is its field in the contract.
pub const COLUMNS: &[Column<Row, Reader>] = &[
    column("reference", |row, _| row.reference.as_str().into()),
    column("placing_agency", |row, _| row.placing_agency.as_str().into()),
    column("program", |row, reader| row.program.get(reader.locale).into()),
    column("receiving_agency", |row, _| row.receiving_agency.as_str().into()),
    column("site", |row, _| row.site.as_str().into()),
    column("service", |row, reader| row.service.get(reader.locale).into()),
    column("destination", |row, _| row.destination.as_str().into()),
    column("start_date", |row, _| row.start.into()),
    column("end_date", |row, _| row.end.into()),
    column("student_count", |row, _| row.students.into()),
    column("state", |row, reader| reader.state(row).into()),
    column("sent_time", |row, _| row.sent.into()),
    column("answered_time", |row, _| row.answered.into()),
    column("confirmed_time", |row, _| row.confirmed.into()),
    column("answer_delay_days", |row, reader| row.answer_delay(reader.now, &reader.zone).into()),
    column("confirmation_delay_days", |row, reader| row.confirmation_delay(reader.now, &reader.zone).into()),
    column("reason_code", |row, _| row.reason.as_str().into()),
    column("placement_request_id", |row, _| row.id.to_string().into()),
];

const fn column(key: &'static str, value: fn(&Row, &Reader) -> Value) -> Column<Row, Reader> {
    Column { key, header: Reader::heading, value }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_file_has_the_columns_of_the_contract() {
        let message = proto::descriptors().get_message_by_name("tandem.reporting.v1.RequestReportRow");
        let message = message.expect("the contract has rows");
        let fields: BTreeSet<_> = message.fields().map(|field| field.name().to_owned()).collect();
        assert_eq!(COLUMNS.iter().map(|column| column.key.to_owned()).collect::<BTreeSet<_>>(), fields);
    }
}
