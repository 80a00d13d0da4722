//! What people type to find something by its name.

use crate::fold;

/// How people write the same word in the names of places.
const SAINT: [&str; 4] = ["st", "ste", "saint", "sainte"];

/// The words of a search, each of which must be found, in whatever order. Case, accents and punctuation do not count, nor whether a
/// name is written in one word (`oconnor` finds O'Connor), and `St`, `Ste`, `Saint` and `Sainte` are one word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchTerms(Vec<String>);

impl SearchTerms {
    /// Of what was typed.
    #[must_use]
    pub fn of(query: &str) -> Self {
        Self(fold(query).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether nothing is searched, so that everything is found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a text holds all words.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        let text = fold(text);
        let joined = text.replace(' ', "");
        self.0.iter().all(
            |term| {
                if is_saint(term) { text.split(' ').any(is_saint) } else { joined.contains(term.as_str()) }
            },
        )
    }

    /// A regular expression of PostgreSQL for each word, over a column of folded text: `search ~ ALL($1)`.
    #[must_use]
    pub fn patterns(&self) -> Vec<String> {
        let pattern = |term: &String| {
            if is_saint(term) {
                return format!(r"\m({})\M", SAINT.join("|"));
            }
            let letters = term.chars().map(|c| if c.is_alphanumeric() { c.to_string() } else { format!(r"\{c}") });
            letters.collect::<Vec<_>>().join(" ?")
        };
        self.0.iter().map(pattern).collect()
    }
}

fn is_saint(word: &str) -> bool {
    SAINT.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_people_write_them() {
        for (query, name) in [
            ("charles hopital", "Hôpital Charles-Le Moyne"),
            ("Lac-Saint-Jean", "CLSC du Lac-St-Jean"),
            ("ste justine", "Hôpital Sainte-Justine"),
            ("oconnor", "O’Connor"),
            ("o'connor", "Oconnor"),
            ("", "4 Ouest"),
            ("4oue", "4 Ouest"),
        ] {
            assert!(SearchTerms::of(query).are_in(name), "{query} in {name}");
        }
        for (query, name) in [("saint", "Unité de l’Est"), ("4 sud", "4 Ouest"), ("%", "4 Ouest"), (".", "4 Ouest")]
        {
            assert!(!SearchTerms::of(query).are_in(name), "{query} in {name}");
        }
    }

    #[test]
    fn a_pattern_holds_no_sign_of_the_typists() {
        assert_eq!(SearchTerms::of("été (a|b)").patterns(), ["e ?t ?e", "a", "b"]);
        assert_eq!(SearchTerms::of(" .* ").patterns(), [r"\. ?\*"]);
        assert_eq!(SearchTerms::of("St").patterns(), [r"\m(st|ste|saint|sainte)\M"]);
        assert!(SearchTerms::of(" ").is_empty() && SearchTerms::of(" ").patterns().is_empty());
    }
}
