//! Lines of a file that spreadsheets open as it is: a byte order mark, semicolons in French and commas in English, lines that
//! end as RFC 4180 has it, and no cell that could become a formula.

use kernel::Locale;

/// What a file begins with.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The media type of the file.
pub(crate) const CONTENT_TYPE: &str = "text/csv; charset=utf-8";

/// The lines of some records.
pub(crate) fn lines<const N: usize>(locale: Locale, records: impl IntoIterator<Item = [String; N]>) -> Vec<u8> {
    let delimiter = match locale {
        Locale::Fr => b';',
        Locale::En => b',',
    };
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        writer
            .write_record(record.iter().map(|cell| harmless(cell)))
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
