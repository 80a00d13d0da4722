//! The number that people say on the phone.

use std::fmt;

use uuid::Uuid;

/// Crockford's digits: no I, L, O or U, which are misheard or misread.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A request's reference, `QC-7F3K-29`: the province, then thirty random bits in groups that can be said in one breath.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    /// Makes one of a province's code and a random id, whose last thirty bits are used. Clashes happen (one in two hundred
    /// among five million): whoever stores it tries again.
    #[must_use]
    pub fn of(province: &str, random: Uuid) -> Self {
        let bits = random.as_u128();
        let digits: String =
            (0..6).map(|i| char::from(DIGITS[usize::try_from((bits >> (5 * i)) & 31).unwrap_or(0)])).collect();
        let (first, second) = digits.split_at(4);
        Self(format!("{}-{first}-{second}", province.to_uppercase()))
    }

    /// One that was stored.
    #[must_use]
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// As people write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Folds a reference or part of one: people leave out the hyphens, or write blanks.
#[must_use]
pub fn fold_reference(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_and_has_no_letter_that_is_misread() {
        let reference = Reference::of("qc", Uuid::from_u128(0x1234_5678_9abc_def0_1234_5678_9abc_def0));
        assert_eq!(reference.as_str().len(), 10);
        assert!(reference.as_str().starts_with("QC-"));
        assert!(!reference.as_str()[3..].contains(['I', 'L', 'O', 'U']));
    }
}
