//! Lines of a file that spreadsheets open as it is: a byte order mark, semicolons in French and commas in English, lines that
//! end as RFC 4180 has it, and no cell that could become a formula.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use kernel::Locale;

use super::text::Text;

/// What a file begins with.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The media type of the file.
pub(crate) const CONTENT_TYPE: &str = "text/csv; charset=utf-8";

/// A file that the browser saves under `name`; `header` holds keys of texts.
pub(crate) fn answer(text: Text, name: &str, header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Response {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}.csv\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    let first = header.iter().map(|key| text.t(key)).collect();
    let body = [BYTE_ORDER_MARK.as_bytes(), &lines(text.0, std::iter::once(first).chain(rows))].concat();
    let kind = HeaderValue::from_static(CONTENT_TYPE);
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], body).into_response()
}

/// The lines of some records, all of one length.
pub(crate) fn lines<R: IntoIterator<Item = String>>(locale: Locale, records: impl IntoIterator<Item = R>) -> Vec<u8> {
    let delimiter = match locale {
        Locale::Fr => b';',
        Locale::En => b',',
    };
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        writer
            .write_record(record.into_iter().map(|cell| harmless(&cell)))
            .expect("records of one length are written to memory");
    }
    writer.into_inner().expect("memory can be flushed")
}

/// The text, made harmless where a spreadsheet would take it for a formula: what one person typed must not run on the machine
/// of another. The wide forms of the signs count too, since spreadsheets of some languages read them alike.
fn harmless(text: &str) -> String {
    const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(SIGNS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(locale: Locale, cells: [&str; 2]) -> String {
        String::from_utf8(lines(locale, [cells.map(str::to_owned)])).unwrap()
    }

    #[test]
    fn each_language_has_its_separator() {
        assert_eq!(written(Locale::Fr, ["a, b", "c"]), "a, b;c\r\n");
        assert_eq!(written(Locale::En, ["a, b", "c"]), "\"a, b\",c\r\n");
        assert_eq!(written(Locale::Fr, ["dit « \"oui\" »; non", "été"]), "\"dit « \"\"oui\"\" »; non\";été\r\n");
    }

    #[test]
    fn a_cell_cannot_become_a_formula() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert_eq!(harmless(hostile), format!("'{hostile}"));
        }
        assert_eq!(written(Locale::Fr, ["=HYPERLINK(1)", "x"]), "'=HYPERLINK(1);x\r\n");
        assert_eq!(harmless("Hôpital Sainte-Justine"), "Hôpital Sainte-Justine");
    }
}
