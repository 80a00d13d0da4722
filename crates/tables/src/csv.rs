//! CSV files, piece by piece.

use jiff::tz::TimeZone;
use kernel::Locale;

use crate::{Column, Value};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Writes a file for one reader.
#[derive(Clone, Copy)]
pub struct Csv<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The province's time zone.
    pub zone: &'a TimeZone,
}

impl Csv<'_> {
    /// The media type of the file.
    pub const CONTENT_TYPE: &'static str = "text/csv; charset=utf-8";

    /// What a file of these columns begins with: byte order mark and header.
    #[must_use]
    pub fn header<R: ?Sized, C: ?Sized>(self, columns: &[Column<R, C>], context: &C) -> Vec<u8> {
        self.begin(columns.iter().map(|column| (column.header)(context, column.key)))
    }

    /// The lines of some rows.
    #[must_use]
    pub fn rows<'r, R: 'r, C: ?Sized>(
        self,
        columns: &[Column<R, C>],
        rows: impl IntoIterator<Item = &'r R>,
        context: &C,
    ) -> Vec<u8> {
        self.lines(rows.into_iter().map(|row| columns.iter().map(|column| (column.value)(row, context))))
    }

    /// What a file begins with whose columns are known only when it is asked for.
    #[must_use]
    pub fn begin(self, header: impl IntoIterator<Item = String>) -> Vec<u8> {
        let mut bytes = BYTE_ORDER_MARK.as_bytes().to_vec();
        bytes.extend(self.lines([header.into_iter().map(Value::Text)]));
        bytes
    }

    /// Lines of such a file, all of one length.
    #[must_use]
    pub fn lines<L: IntoIterator<Item = Value>>(self, lines: impl IntoIterator<Item = L>) -> Vec<u8> {
        let delimiter = match self.locale {
            Locale::Fr => b';',
            Locale::En => b',',
        };
        let mut writer = ::csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(::csv::Terminator::CRLF)
            .from_writer(Vec::new());
        for line in lines {
            let cells = line.into_iter().map(|value| value.written(self.zone));
            writer.write_record(cells).expect("lines of one length can be written to memory");
        }
        writer.into_inner().expect("memory can be flushed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Bed {
        unit: &'static str,
        number: i32,
    }

    fn header(locale: &Locale, key: &'static str) -> String {
        format!("{key} ({locale})")
    }

    const COLUMNS: [Column<Bed, Locale>; 2] = [
        Column { key: "unit", header, value: |bed, _| bed.unit.into() },
        Column { key: "number", header, value: |bed, _| bed.number.into() },
    ];

    fn written(locale: Locale, rows: &[Bed]) -> String {
        let csv = Csv { locale, zone: &TimeZone::UTC };
        let mut bytes = csv.header(&COLUMNS, &locale);
        bytes.extend(csv.rows(&COLUMNS, rows, &locale));
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn each_language_has_its_separator_and_headers() {
        let beds = [Bed { unit: "4 Ouest, A", number: -1 }, Bed { unit: "dit « \"oui\" »; non", number: 12 }];
        assert_eq!(
            written(Locale::Fr, &beds),
            "\u{feff}unit (fr);number (fr)\r\n4 Ouest, A;-1\r\n\"dit « \"\"oui\"\" »; non\";12\r\n"
        );
        assert!(written(Locale::En, &beds).starts_with("\u{feff}unit (en),number (en)\r\n\"4 Ouest, A\",-1\r\n"));
    }

    #[test]
    fn what_people_typed_is_no_formula_in_lines_either() {
        let csv = Csv { locale: Locale::Fr, zone: &TimeZone::UTC };
        assert_eq!(csv.lines([["=HYPERLINK(1)", "x"].map(Value::from)]), b"'=HYPERLINK(1);x\r\n");
        assert_eq!(csv.begin(["@x".to_owned()]), "\u{feff}'@x\r\n".as_bytes());
    }
}
