//! Logins: first initial and surname, with a number on a clash (domain §4.3).

use std::fmt;

use kernel::fold;

/// Longest login.
pub const LONGEST: usize = 64;
/// Longest stem that is made of a name, so that a number fits behind it.
const LONGEST_STEM: usize = 40;

/// A login, in lower case: case does not count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Login(String);

impl Login {
    /// A login as typed; `None` if nobody can have it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let login = text.trim().to_lowercase();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
        ((2..=LONGEST).contains(&login.len()) && login.chars().all(plain)).then_some(Self(login))
    }

    /// The login that a name begins with: `mtremblay`. Names without a letter of the Latin alphabet give `user`.
    #[must_use]
    pub fn of_name(first: &str, last: &str) -> Self {
        let letters = |name: &str| fold(name).chars().filter(char::is_ascii_lowercase).collect::<String>();
        let mut stem: String = letters(first).chars().take(1).chain(letters(last).chars()).collect();
        stem.truncate(LONGEST_STEM);
        if stem.len() < 2 { Self("user".to_owned()) } else { Self(stem) }
    }

    /// This login if it is free, else with the lowest free number from 2: `mtremblay2`.
    #[must_use]
    pub fn first_free(&self, taken: &[String]) -> Self {
        let is_free = |login: &String| !taken.contains(login);
        let numbered = (2..).map(|n| format!("{}{n}", self.0));
        let free = std::iter::once(self.0.clone()).chain(numbered).find(is_free);
        Self(free.expect("there are more numbers than logins"))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_made_of_initial_and_surname_without_accents() {
        for (first, last, login) in [
            ("Marie-Ève", "Tremblay", "mtremblay"),
            ("Éric", "Lefebvre-L’Écuyer", "elefebvrelecuyer"),
            ("Plato", "Plato", "pplato"),
            ("ᐊᓈᓇ", "ᐅᓪᓚ", "user"),
        ] {
            assert_eq!(Login::of_name(first, last).as_str(), login);
        }
    }

    #[test]
    fn a_clash_takes_the_lowest_free_number() {
        let taken = ["mroy", "mroy2", "mroy4"].map(str::to_owned);
        assert_eq!(Login::of_name("Max", "Roy").first_free(&taken).as_str(), "mroy3");
        assert_eq!(Login::of_name("Max", "Roy").first_free(&[]).as_str(), "mroy");
    }

    #[test]
    fn case_does_not_count() {
        assert_eq!(Login::parse(" MTremblay "), Login::parse("mtremblay"));
        for wrong in ["", "m", "m tremblay", "é.roy", "a@b", &"a".repeat(65)] {
            assert_eq!(Login::parse(wrong), None, "{wrong}");
        }
    }
}
