//! Text as it is ordered and searched: case, accents and punctuation do not count. Written into columns by code, because
//! PostgreSQL's `unaccent` can be installed by a superuser alone.

/// What each letter with a mark is without it: the letters of Latin-1, Latin Extended-A and Vietnamese, which are those of
/// names in Canada's registers.
const LETTERS: [(&str, &str); 23] = [
    ("àáâãäåāăąạảấầẩẫậắằẳẵặǎ", "a"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęěẹẻẽếềểễệ", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįıỉịǐ", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŉŋ", "n"),
    ("òóôõöøōŏőọỏốồổỗộớờởỡợơǒ", "o"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ţťŧț", "t"),
    ("ùúûüũūŭůűųụủứừửữựưǔ", "u"),
    ("ŵẁẃẅ", "w"),
    ("ýÿŷỳỵỷỹ", "y"),
    ("źżž", "z"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("þ", "th"),
];

/// Lower case, accents and ligatures resolved, every run of other characters one space: `L'Île-d'Orléans` becomes
/// `l ile d orleans`. Letters of other scripts stay. Text without any letter or digit stays as it is, so that a search for it
/// finds nothing rather than everything.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        // Combining marks, as in decomposed text, belong to the letter before them.
        if ('\u{300}'..='\u{36f}').contains(&letter) {
            continue;
        }
        if !letter.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        match LETTERS.iter().find(|(marked, _)| marked.contains(letter)) {
            Some((_, plain)) if !letter.is_ascii() => folded.push_str(plain),
            _ => folded.push(letter),
        }
    }
    if folded.is_empty() { text.trim().to_owned() } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_punctuation_do_not_count() {
        for (text, folded) in [
            ("L'Île-d'Orléans", "l ile d orleans"),
            ("  SACRÉ-CŒUR (pavillon) ", "sacre coeur pavillon"),
            ("E\u{301}le\u{301}onore", "eleonore"),
            ("NGUYỄN", "nguyen"),
            ("O\u{2019}Brien, St. John", "o brien st john"),
            ("ᐊᓈᓇ", "ᐊᓈᓇ"),
            (" % ", "%"),
            ("  ", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn no_letter_stands_twice_in_the_table() {
        let all: String = LETTERS.iter().map(|(marked, _)| *marked).collect();
        for letter in all.chars() {
            assert_eq!(all.matches(letter).count(), 1, "{letter}");
        }
    }
}
