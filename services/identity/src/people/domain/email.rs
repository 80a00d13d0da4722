//! The address that passwords and reminders go to.

/// Whether a text can be an address: one `@` with something before it and a domain with a dot behind it, no spaces or
/// control characters, at most 254 characters (RFC 5321 §4.5.3.1.3). Only a mail that arrives proves more.
#[must_use]
pub fn is_plausible(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let labels = || domain.split('.');
    text.len() <= 254
        && !local.is_empty()
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"'))
        && !domain.contains('@')
        && labels().count() >= 2
        && labels().all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_and_a_domain_with_a_dot() {
        for good in ["m@ciusss.ca", "marie-ève.o'neil+stages@a.b.qc.ca"] {
            assert!(is_plausible(good), "{good}");
        }
        let long = format!("{}@example.ca", "a".repeat(254));
        for bad in [
            "",
            "m",
            "m@",
            "@a.ca",
            "m@localhost",
            "m@a..ca",
            "m@.ca",
            "m@a.ca.",
            "m @a.ca",
            "a@b@c.ca",
            "<m@a.ca>",
            &long,
        ] {
            assert!(!is_plausible(bad), "{bad}");
        }
    }
}
