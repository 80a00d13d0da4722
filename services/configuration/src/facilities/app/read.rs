//! From bytes of an unknown encoding to the rows of a table.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8};
use kernel::{ErrorKind, Problem};

use crate::facilities::domain::row::Row;

/// Why a file can't be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It holds bytes that no text holds.
    #[error("the file is not text")]
    NotText,
    /// It is text in none of the encodings that are read: its names would be kept with wrong letters.
    #[error("the encoding of the file is not known")]
    UnknownEncoding,
    /// The header row lacks columns.
    #[error("columns are missing: {}", .0.join(", "))]
    MissingColumns(Vec<&'static str>),
}

impl Problem for Unreadable {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::Empty => "FILE_EMPTY",
            Self::NotText => "FILE_NOT_TEXT",
            Self::UnknownEncoding => "FILE_ENCODING_UNKNOWN",
            Self::MissingColumns(_) => "FILE_LACKS_COLUMNS",
        }
    }

    fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::MissingColumns(columns) => vec![("columns", columns.join(", "))],
            Self::Empty | Self::NotText | Self::UnknownEncoding => Vec::new(),
        }
    }
}

/// A file that could be read.
#[derive(Debug)]
pub(crate) struct File {
    pub encoding: &'static str,
    pub lines: Vec<Line>,
}

/// A row with the line on which it begins, or what is wrong with its fields.
#[derive(Debug)]
pub(crate) struct Line {
    pub number: u64,
    pub row: Result<Row, String>,
}

type Setter = fn(&mut Row, String);

/// The columns that are needed, by header name; others may stand among them, in any order.
const COLUMNS: [(&str, Setter); 13] = [
    ("index", |row, text| row.index = text),
    ("facility_name", |row, text| row.name = text),
    ("odhf_facility_type", |row, text| row.kind = text),
    ("provider", |row, text| row.provider = text),
    ("unit", |row, text| row.unit = text),
    ("street_no", |row, text| row.street_no = text),
    ("street_name", |row, text| row.street_name = text),
    ("postal_code", |row, text| row.postal_code = text),
    ("city", |row, text| row.city = text),
    ("province", |row, text| row.province = text),
    ("CSDname", |row, text| row.subdivision = text),
    ("latitude", |row, text| row.latitude = text),
    ("longitude", |row, text| row.longitude = text),
];

pub(crate) fn read(bytes: &[u8]) -> Result<File, Unreadable> {
    let (text, encoding) = decode(bytes)?;
    // The line of a record is counted wrong where lines end with two characters.
    let text = text.replace("\r\n", "\n");
    let (separator, text, skipped) = separated(&text);
    let mut table = csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let header = table.headers().map_err(|_| Unreadable::NotText)?.clone();
    let columns = columns(&header)?;
    let mut lines = Vec::new();
    for record in table.records() {
        let record = record.map_err(|_| Unreadable::NotText)?;
        let number = record.position().map_or(0, csv::Position::line) + skipped;
        let row = if record.len() == header.len() {
            Ok(row(&record, &columns))
        } else {
            Err(format!("{} fields in place of {}", record.len(), header.len()))
        };
        lines.push(Line { number, row });
    }
    Ok(File { encoding, lines })
}

/// The separator, the text behind a line that says which it is, and how many lines that takes. Where none says so, the one that
/// yields most of the columns: spreadsheets write what their language separates by.
fn separated(text: &str) -> (u8, &str, u64) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let declared = first.trim_matches('"').strip_prefix("sep=").and_then(|sign| sign.bytes().next());
    if let Some(separator) = declared.filter(u8::is_ascii) {
        return (separator, rest, 1);
    }
    let known = |separator: &u8| {
        let mut table = csv::ReaderBuilder::new().delimiter(*separator).from_reader(first.as_bytes());
        let header = table.headers().cloned().unwrap_or_default();
        COLUMNS.iter().filter(|(name, _)| header.iter().any(|head| head.trim().eq_ignore_ascii_case(name))).count()
    };
    // Of several that are as good, the last is taken: a comma where nothing fits.
    let separator = *b"|\t;,".iter().max_by_key(|separator| known(separator)).unwrap_or(&b',');
    (separator, text, 0)
}

/// By its byte order mark; else UTF-8 if that fits; else what its letters look like, which is windows-1252 for Latin-1, or that of
/// old Macintosh computers.
fn decode(bytes: &[u8]) -> Result<(String, &'static str), Unreadable> {
    let mut encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| encoding);
    let (mut text, _, had_errors) = encoding.decode(bytes);
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    if had_errors || text.contains('\0') {
        return Err(Unreadable::NotText);
    }
    if encoding.is_single_byte() && !is_written(&text) {
        encoding = MACINTOSH;
        text = encoding.decode(bytes).0;
        if !is_written(&text) {
            return Err(Unreadable::UnknownEncoding);
        }
    }
    Ok((text.into_owned(), encoding.name()))
}

/// Whether the letters within words are mostly those of French: `H“pital` was written in another encoding, and a single name
/// from elsewhere is none the worse.
fn is_written(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    let is_within = |word: &&[char]| word[0].is_alphabetic() && !word[1].is_ascii() && word[2].is_alphabetic();
    let within: Vec<&[char]> = signs.windows(3).filter(is_within).collect();
    // No capital stands between small letters.
    let is_french = |word: &&&[char]| FRENCH.contains(word[1]) && !(word[1].is_uppercase() && word[2].is_lowercase());
    let french = within.iter().filter(is_french).count();
    french * 2 >= within.len()
}

/// What stands within French names beyond ASCII.
const FRENCH: &str = "’‑–—·àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ";

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"ca"), Utf8Detection::Deny)
}

/// Columns that make the reading better where a file has them.
const OPTIONAL_COLUMNS: [(&str, Setter); 2] =
    [("source_facility_type", |row, text| row.missions = text), ("CSDuid", |row, text| row.subdivision_code = text)];

fn columns(header: &csv::StringRecord) -> Result<Vec<(usize, Setter)>, Unreadable> {
    let place = |name: &str| header.iter().position(|h| h.trim().eq_ignore_ascii_case(name));
    let missing: Vec<_> = COLUMNS.iter().map(|(name, _)| *name).filter(|name| place(name).is_none()).collect();
    if !missing.is_empty() {
        return Err(Unreadable::MissingColumns(missing));
    }
    Ok(COLUMNS.iter().chain(&OPTIONAL_COLUMNS).filter_map(|(name, setter)| Some((place(name)?, *setter))).collect())
}

fn row(record: &csv::StringRecord, columns: &[(usize, Setter)]) -> Row {
    let mut row = Row::default();
    for (place, set) in columns {
        set(&mut row, record.get(*place).unwrap_or_default().to_owned());
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "index,facility_name,odhf_facility_type,provider,unit,street_no,street_name,postal_code,city,\
                          province,CSDname,latitude,longitude";

    fn names(bytes: &[u8]) -> (&'static str, Vec<String>) {
        let file = read(bytes).expect("a readable file");
        let names = file.lines.into_iter().map(|l| l.row.expect("as many fields as the header").name).collect();
        (file.encoding, names)
    }

    #[test]
    fn the_encoding_is_found() {
        let text = format!("{HEADER}\n1,CLSC de Bécancour — Sacré-Cœur,,,,,,,bécancour,qc,,,\n");
        let name = vec!["CLSC de Bécancour — Sacré-Cœur".to_owned()];
        assert_eq!(names(text.as_bytes()), ("UTF-8", name.clone()));
        assert_eq!(names(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), ("UTF-8", name.clone()));
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        assert_eq!(names(&latin), ("windows-1252", name.clone()));
        let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(names(&utf16), ("UTF-16LE", name));
    }

    #[test]
    fn what_separates_is_found_or_said() {
        let line = "1,\"CLSC, ici; là\",,,,,,,x,qc,,,";
        let comma = format!("{HEADER}\n{line}\n");
        for separator in [";", "\t", "|"] {
            let other = HEADER.replace(',', separator);
            let line = format!("1{0}\"CLSC, ici; là\"{0}{0}{0}{0}{0}{0}{0}x{0}qc{0}{0}{0}", separator);
            for head in [String::new(), format!("sep={separator}\r\n"), format!("\"sep={separator}\"\n")] {
                let text = format!("{head}{other}\r\n{line}\r\n");
                let file = read(text.as_bytes()).expect("a readable file");
                let name = file.lines[0].row.as_ref().map(|row| row.name.clone());
                assert_eq!(name.as_deref(), Ok("CLSC, ici; là"), "{text}");
                assert_eq!(file.lines[0].number, if head.is_empty() { 2 } else { 3 });
            }
        }
        assert_eq!(names(comma.as_bytes()).1, ["CLSC, ici; là"]);
    }

    #[test]
    fn letters_of_old_computers_are_read_or_refused_and_never_kept_wrong() {
        let text = format!("{HEADER}\n1,Hôpital de Bécancour,,,,,,,bécancour,qc,,,\n");
        // Macintosh: é is 8E, ô is 99. Code page 850: é is 82, ô is 93.
        let written = |e: u8, o: u8| -> Vec<u8> {
            text.chars()
                .flat_map(|c| match c {
                    'é' => vec![e],
                    'ô' => vec![o],
                    c => vec![c as u8],
                })
                .collect()
        };
        assert_eq!(names(&written(0x8e, 0x99)), ("macintosh", vec!["Hôpital de Bécancour".to_owned()]));
        assert_eq!(read(&written(0x82, 0x93)).expect_err("cp850"), Unreadable::UnknownEncoding);
        assert_eq!(names(&written(0xe9, 0xf4)).0, "windows-1252");
    }

    #[test]
    fn what_is_no_such_file_is_refused_with_the_cause() {
        assert_eq!(read(b"").expect_err("empty"), Unreadable::Empty);
        assert_eq!(read(b" \r\n ").expect_err("blank"), Unreadable::Empty);
        assert_eq!(read(b"\x7fELF\x02\x01\x01\0\0\0\0").expect_err("a program"), Unreadable::NotText);
        let lacking = HEADER.replace("city,", "").replace("index,", "");
        assert_eq!(read(lacking.as_bytes()).expect_err("lacking"), Unreadable::MissingColumns(vec!["index", "city"]));
    }

    #[test]
    fn a_row_of_another_length_is_told_by_its_line() {
        let file = read(format!("{HEADER}\n1,\"two\nlines\",,,,,,,c,qc,,,\n2,short\n").as_bytes()).expect("readable");
        let numbers: Vec<_> = file.lines.iter().map(|l| (l.number, l.row.is_ok())).collect();
        assert_eq!(numbers, [(2, true), (4, false)]);
    }
}
