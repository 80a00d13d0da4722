//! One value of a statement, seen in two journeys.

use std::collections::HashMap;

use anyhow::{Result, bail};

/// What each journey has of its own.
#[derive(Default)]
pub(super) struct Variables {
    /// By how they were seen in the two journeys.
    ids: HashMap<(String, String), usize>,
    codes: HashMap<(String, String), Code>,
}

/// A short text that must be unique, such as a reference: some letters and digits of it vary.
struct Code {
    name: String,
    /// The expression that makes it.
    expression: String,
}

/// A part of a value.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Id(&'a str),
    Time(&'a str),
    Text(&'a str),
}

/// Longer texts that differ, such as stored answers, are kept as one of the journeys had them: to the database they are bytes.
const LONGEST_CODE: usize = 24;
/// How many digits `loadtest.code` makes.
const DIGITS: usize = 12;

impl Variables {
    /// The SQL for a value of a type.
    pub(super) fn write(&mut self, value: Option<&str>, twin: Option<&str>, kind: &str) -> Result<String> {
        let (value, twin) = match (value, twin) {
            (Some(value), Some(twin)) => (value, twin),
            (None, None) => return Ok(format!("NULL::{kind}")),
            _ => bail!("given in one journey and not in the other"),
        };
        if value == twin || kind == "bytea" {
            return Ok(format!("{}::{kind}", literal(value)));
        }
        let (pieces, twins) = (pieces(value), pieces(twin));
        let alike = pieces.len() == twins.len()
            && pieces.iter().zip(&twins).all(|pair| match pair {
                (Piece::Id(_), Piece::Id(_)) | (Piece::Time(_), Piece::Time(_)) => true,
                (one, other) => one == other,
            });
        if alike {
            let written: Vec<String> = pieces.iter().zip(&twins).map(|(one, other)| self.piece(one, other)).collect();
            return Ok(match &written[..] {
                [one] => format!("{one}::{kind}"),
                many => format!("({})::{kind}", many.join(" || ")),
            });
        }
        if !matches!(kind, "text" | "character varying" | "jsonb" | "json") {
            bail!("{value} and {twin} differ, and what decides them is not known");
        }
        if value.len() > LONGEST_CODE || value.len() != twin.len() {
            return Ok(format!("{}::{kind}", literal(value)));
        }
        Ok(format!("{}::{kind}", self.code(value, twin)))
    }

    /// The first statement of the script, which makes the variables.
    pub(super) fn head(&self) -> String {
        let ids = (1..=self.ids.len()).map(|id| format!(", loadtest.uuid() AS id{id}"));
        let codes = self.codes.values().map(|code| format!(", {} AS {}", code.expression, code.name));
        let own: String = ids.chain(codes).collect();
        format!("SELECT nextval('loadtest.serial') AS serial \\gset\nSELECT clock_timestamp() AS now{own} \\gset\n")
    }

    fn piece(&mut self, one: &Piece, other: &Piece) -> String {
        match (one, other) {
            (Piece::Id(id), Piece::Id(twin)) if id == twin => format!("{}::text", literal(id)),
            (Piece::Id(id), Piece::Id(twin)) => {
                let next = self.ids.len() + 1;
                let number = self.ids.entry(((*id).to_owned(), (*twin).to_owned())).or_insert(next);
                format!(":id{number}::text")
            }
            (Piece::Time(time), Piece::Time(twin)) if time == twin => format!("{}::text", literal(time)),
            (Piece::Time(_), _) => ":now::text".to_owned(),
            (Piece::Id(text) | Piece::Text(text), _) => format!("{}::text", literal(text)),
        }
    }

    /// A variable that looks like the two texts: what they have in common at their beginning stays, letters and digits vary.
    fn code(&mut self, value: &str, twin: &str) -> String {
        let next = self.codes.len() + 1;
        let code = self.codes.entry((value.to_owned(), twin.to_owned())).or_insert_with(|| {
            let common = value.chars().zip(twin.chars()).take_while(|(one, other)| one == other).count();
            let (mut parts, mut digit) = (Vec::new(), 0);
            for (index, character) in value.chars().enumerate() {
                if index < common || !character.is_ascii_alphanumeric() {
                    parts.push(literal(&character.to_string()));
                } else {
                    parts.push(format!("substr(loadtest.code(:serial), {}, 1)", digit % DIGITS + 1));
                    digit += 1;
                }
            }
            Code { name: format!("code{next}"), expression: parts.join(" || ") }
        });
        format!(":{}", code.name)
    }
}

/// A quoted text in which pgbench finds no variables.
fn literal(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3A").replace('\n', "\\n");
    format!("E'{escaped}'")
}

/// Takes a value apart into ids, times and what is between them.
fn pieces(value: &str) -> Vec<Piece<'_>> {
    let (mut found, mut begin, mut at) = (Vec::new(), 0, 0);
    while at < value.len() {
        let rest = value.get(at..).unwrap_or_default();
        let piece = match (id_length(rest), time_length(rest)) {
            (Some(length), _) => Some((length, Piece::Id(&rest[..length]))),
            (None, Some(length)) => Some((length, Piece::Time(&rest[..length]))),
            (None, None) => None,
        };
        let Some((length, piece)) = piece else {
            at += 1;
            continue;
        };
        if begin < at {
            found.push(Piece::Text(&value[begin..at]));
        }
        found.push(piece);
        at += length;
        begin = at;
    }
    if begin < value.len() {
        found.push(Piece::Text(&value[begin..]));
    }
    found
}

fn id_length(text: &str) -> Option<usize> {
    let id = text.get(..36)?;
    uuid::Uuid::try_parse(id).is_ok().then_some(36)
}

/// `2026-11-23 17:00:00.123456+00`.
fn time_length(text: &str) -> Option<usize> {
    let shape = text.get(..19)?.bytes().zip("0000-00-00 00:00:00".bytes());
    let fits = |(byte, sample): (u8, u8)| if sample == b'0' { byte.is_ascii_digit() } else { byte == sample };
    if !shape.into_iter().all(fits) {
        return None;
    }
    let rest = &text[19..];
    let fraction = rest.find(['+', '-']).filter(|end| rest[..*end].chars().all(|c| c == '.' || c.is_ascii_digit()))?;
    let zone = rest[fraction + 1..].find(|c: char| c != ':' && !c.is_ascii_digit());
    Some(19 + fraction + 1 + zone.unwrap_or(rest.len() - fraction - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "0192aaaa-0000-7000-8000-000000000001";
    const TWO: &str = "0192aaaa-0000-7000-8000-000000000002";

    #[test]
    fn an_id_is_the_same_variable_wherever_it_stands() {
        let mut variables = Variables::default();
        let alone = variables.write(Some(ONE), Some(TWO), "uuid").unwrap();
        let inside =
            variables.write(Some(&format!("{{\"a\": \"{ONE}\"}}")), Some(&format!("{{\"a\": \"{TWO}\"}}")), "jsonb");
        assert_eq!(alone, ":id1::text::uuid");
        assert_eq!(inside.unwrap(), "(E'{\"a\"\\x3A \"'::text || :id1::text || E'\"}'::text)::jsonb");
        assert!(variables.head().contains("loadtest.uuid() AS id1 \\gset"));
    }

    #[test]
    fn times_become_the_present_and_what_is_common_stays() {
        let mut variables = Variables::default();
        let (early, late) = ("2026-11-23 17:00:00.1+00", "2026-11-23 17:00:00.123456+00");
        assert_eq!(variables.write(Some(early), Some(late), "timestamptz").unwrap(), ":now::text::timestamptz");
        assert_eq!(variables.write(Some(early), Some(early), "timestamptz").unwrap().matches("\\x3A").count(), 2);
        assert_eq!(variables.write(None, None, "text").unwrap(), "NULL::text");
    }

    #[test]
    fn a_reference_keeps_its_look() {
        let mut variables = Variables::default();
        assert_eq!(variables.write(Some("QC-7F3K-29"), Some("QC-9ABC-29"), "text").unwrap(), ":code1::text");
        assert_eq!(variables.head().matches("loadtest.code(:serial)").count(), 6);
    }

    #[test]
    fn a_number_that_differs_without_a_known_cause_is_refused() {
        assert!(Variables::default().write(Some("1"), Some("2"), "bigint").is_err());
    }
}
