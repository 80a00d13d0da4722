//! Lists as files that spreadsheets open as they are: a byte order mark, semicolons in French and commas in English, lines
//! that end as RFC 4180 has it.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use kernel::Locale;

use crate::text::Text;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file that the browser saves under `name`.
pub(crate) fn answer(text: Text, name: &str, header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Response {
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}.csv\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    let header = header.iter().map(|key| text.t(key)).collect();
    let body = write(text.0, std::iter::once(header).chain(rows));
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], body).into_response()
}

fn write(locale: Locale, records: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let delimiter = if locale == Locale::Fr { b';' } else { b',' };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    for record in records {
        let cells = record.iter().map(|cell| harmless(cell));
        writer.write_record(cells).expect("records of one length can be written to memory");
    }
    writer.into_inner().expect("memory can be flushed")
}

/// A spreadsheet must not take what people typed for a formula, and run it on the machine of another.
fn harmless(cell: &str) -> String {
    const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(SIGNS) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_separated_as_spreadsheets_of_the_language_expect() {
        let records = || [vec!["Unité".to_owned(), "4 Ouest; aile B".to_owned()]];
        assert_eq!(write(Locale::Fr, records()), "\u{feff}Unité;\"4 Ouest; aile B\"\r\n".as_bytes());
        assert_eq!(write(Locale::En, records()), "\u{feff}Unité,4 Ouest; aile B\r\n".as_bytes());
    }

    #[test]
    fn nothing_that_was_typed_is_run_as_a_formula() {
        assert_eq!(harmless("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(harmless("4 Ouest"), "4 Ouest");
    }
}
