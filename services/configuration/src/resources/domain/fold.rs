//! Several names in one searched text.

use kernel::fold;

/// The folds of several names in one text; the line break between them is in no folded query, so none matches across.
#[must_use]
pub fn fold_all(texts: &[&str]) -> String {
    texts.iter().map(|t| fold(t)).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_query_matches_across_two_names() {
        assert_eq!(fold_all(&["Soins", "", "Care"]), "soins\ncare");
        assert!(!fold_all(&["Soins", "Care"]).contains(&fold("soins care")));
    }
}
