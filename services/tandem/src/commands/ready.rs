//! What is said when all has started, in one process or in several.

/// What is said last, so that it stands below all that the start has logged: who can sign in, and where.
pub(crate) fn last_words(province: &str, places: &str, demo: bool) -> String {
    let accounts = if demo { format!("\n{}\n", crate::demo::table()) } else { String::new() };
    format!("{accounts}Tandem serves {} at {places}", province.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::ACCOUNTS;

    #[test]
    fn the_address_comes_last_and_the_accounts_before_it() {
        let words = last_words("qc", "http://127.0.0.1:8080", true);
        assert_eq!(words.lines().last(), Some("Tandem serves QC at http://127.0.0.1:8080"));
        assert!(ACCOUNTS.iter().all(|account| words.contains(account.login)));
        assert_eq!(last_words("qc", "http://[::1]:1", false), "Tandem serves QC at http://[::1]:1");
    }
}
