//! What a password must be (domain §4.3).

use unicode_normalization::UnicodeNormalization as _;

use crate::accounts::domain::login::Login;

/// Fewest characters.
pub const SHORTEST: usize = 12;
/// Most characters: bounds the work of hashing.
pub const LONGEST: usize = 128;
/// A login shorter than this may occur in a password by chance.
const TELLING_LOGIN: usize = 3;

/// A password in the one form in which it is compared, hashed and measured (NFKC): one machine types `é` as one character,
/// another as two.
pub fn normal_form(password: &str) -> String {
    password.nfkc().collect()
}

/// Every rule that `password` breaks, as reason codes; empty if it may be used by `login` in place of `present`.
#[must_use]
pub fn broken_rules(password: &str, login: &Login, present: &str) -> Vec<&'static str> {
    let (password, present) = (&*normal_form(password), &*normal_form(present));
    let count = password.chars().count();
    let has = |test: fn(char) -> bool| password.chars().any(test);
    let contains_login = login.as_str().len() >= TELLING_LOGIN && password.to_lowercase().contains(login.as_str());
    [
        (count < SHORTEST, "PASSWORD_TOO_SHORT"),
        (count > LONGEST, "PASSWORD_TOO_LONG"),
        (!has(char::is_uppercase), "PASSWORD_WITHOUT_UPPER_CASE"),
        (!has(char::is_lowercase), "PASSWORD_WITHOUT_LOWER_CASE"),
        (!has(|c| c.is_ascii_digit()), "PASSWORD_WITHOUT_DIGIT"),
        (!has(|c| !c.is_alphanumeric() && !c.is_control()), "PASSWORD_WITHOUT_SYMBOL"),
        (has(char::is_control), "CONTROL_CHARACTER"),
        (contains_login, "PASSWORD_CONTAINS_LOGIN"),
        (password == present, "PASSWORD_UNCHANGED"),
    ]
    .into_iter()
    .filter_map(|(broken, reason)| broken.then_some(reason))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_told_by_its_reason() {
        let login = Login::parse("mroy").expect("a login");
        let long = format!("Aa1!{}", "x".repeat(125));
        for (password, broken) in [
            ("Correct-Horse-9", &[][..]),
            ("Épée d’acier 7", &[]),
            ("Sh0rt!", &["PASSWORD_TOO_SHORT"]),
            (&long, &["PASSWORD_TOO_LONG"]),
            ("correct-horse-9", &["PASSWORD_WITHOUT_UPPER_CASE"]),
            ("CORRECT-HORSE-9", &["PASSWORD_WITHOUT_LOWER_CASE"]),
            ("Correct-Horse-N", &["PASSWORD_WITHOUT_DIGIT"]),
            ("CorrectHorse99", &["PASSWORD_WITHOUT_SYMBOL"]),
            ("Correct\u{7}Horse-9", &["CONTROL_CHARACTER"]),
            ("Correct-MRoy-99", &["PASSWORD_CONTAINS_LOGIN"]),
            ("Temporary-Pass-1", &["PASSWORD_UNCHANGED"]),
            ("Ｔemporary-Pass-1", &["PASSWORD_UNCHANGED"]),
            ("E\u{301}e\u{301}-acier7!", &["PASSWORD_TOO_SHORT"]),
        ] {
            assert_eq!(broken_rules(password, &login, "Temporary-Pass-1"), broken, "{password}");
        }
    }

    #[test]
    fn a_password_of_exactly_the_bounds_holds() {
        let login = Login::parse("mroy").expect("a login");
        for length in [SHORTEST, LONGEST] {
            let password = format!("Aa1!{}", "x".repeat(length - 4));
            assert!(broken_rules(&password, &login, "").is_empty());
        }
    }
}
