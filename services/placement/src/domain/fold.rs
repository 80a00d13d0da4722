//! Text as it is searched: accents and case do not count.

/// Folds case and the accents of French and its neighbours; anything else stays. Written into a search column by code,
/// because PostgreSQL's `unaccent` can only be installed by a superuser.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            '’' => folded.push('\''),
            // Combining marks, where a text came decomposed.
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
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
    fn accents_and_case_do_not_count() {
        assert_eq!(fold("Hôpital du Sacré-Cœur"), "hopital du sacre-coeur");
        assert_eq!(fold("L’Été e\u{301}"), "l'ete e");
        assert_eq!(fold_reference("qc 7F3K-29"), "qc7f3k29");
    }
}
