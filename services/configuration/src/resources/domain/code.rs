//! Codes that the province gives, such as `D1` or `PRECEPTORSHIP`.

use std::{fmt, ops::RangeInclusive, str::FromStr};

/// Capitals, digits and underscores, a capital first. Stable: it never changes and is never given again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// Not a code.
#[derive(Debug, thiserror::Error)]
#[error("not a code of capitals, digits and underscores")]
pub struct MalformedCode;

impl Code {
    /// The code as people write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has so many characters.
    #[must_use]
    pub fn is_of_length(&self, characters: RangeInclusive<usize>) -> bool {
        characters.contains(&self.0.len())
    }

    /// Orders `D2` before `D10`.
    #[must_use]
    pub fn sort_key(&self) -> String {
        kernel::numbers_in_order(&self.0)
    }
}

impl FromStr for Code {
    type Err = MalformedCode;

    fn from_str(text: &str) -> Result<Self, MalformedCode> {
        let good = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        if text.starts_with(|c: char| c.is_ascii_uppercase()) && text.len() <= 40 && text.chars().all(good) {
            return Ok(Self(text.to_owned()));
        }
        Err(MalformedCode)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_codes_count_as_numbers() {
        let mut codes: Vec<Code> = ["D10", "A3", "D2", "D11"].iter().map(|c| c.parse().expect("a code")).collect();
        codes.sort_by_key(Code::sort_key);
        assert_eq!(codes.iter().map(Code::as_str).collect::<Vec<_>>(), ["A3", "D2", "D10", "D11"]);
    }

    #[test]
    fn anything_else_is_no_code() {
        for wrong in ["", "d1", "1D", "D-1", "É1", "D 1"] {
            assert!(wrong.parse::<Code>().is_err(), "{wrong}");
        }
    }
}
