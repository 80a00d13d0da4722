//! The address that passwords and reminders go to.

use email_address::{EmailAddress, Options};

/// Whether mail can be sent to an address, by the rules of the library that sends it: RFC 5321 with at most 64 characters before
/// the `@`, and a domain with a dot. Without quotes and letters beyond ASCII, which few mail servers take. Only a mail that arrives
/// proves more.
#[must_use]
pub fn is_mailable(text: &str) -> bool {
    let options = Options { minimum_sub_domains: 2, allow_domain_literal: false, allow_display_text: false };
    text.is_ascii() && !text.contains('"') && EmailAddress::parse_with_options(text, options).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_mailed_is_no_address() {
        let longest = format!("{}@example.ca", "a".repeat(64));
        for good in ["m@ciusss.ca", "marie-eve.o'neil+stages@a.b.qc.ca", &longest] {
            assert!(is_mailable(good), "{good}");
        }
        let long = [format!("{}@example.ca", "a".repeat(65)), format!("a@{}example.ca", "b.".repeat(130))];
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
            "luc.d\u{2019}x@example.org",
            "marie-\u{e8}ve@example.org",
            "mailto:a@b.ca",
            "a..b@c.ca",
            ".a@c.ca",
            "a.@c.ca",
            "\"a b\"@c.ca",
            "m@[127.0.0.1]",
            "m@-a.ca",
            &long[0],
            &long[1],
        ] {
            assert!(!is_mailable(bad), "{bad}");
        }
    }
}
