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

/// Numbers of up to so many digits are ordered by their size.
const DIGITS: usize = 6;

/// What names are ordered by: folded, and numbers by their size, so that `4e Nord` stands before `10e Est`.
#[must_use]
pub fn sort_key(name: &str) -> String {
    numbers_in_order(&fold(name))
}

/// The text with its numbers filled up with zeros, so that they are ordered by their size.
#[must_use]
pub fn numbers_in_order(text: &str) -> String {
    let (mut key, mut rest) = (String::with_capacity(text.len() + DIGITS), text);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let (digits, behind) = from.split_at(from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len()));
        key.push_str(before);
        key.extend(std::iter::repeat_n('0', DIGITS.saturating_sub(digits.len())));
        key.push_str(digits);
        rest = behind;
    }
    key.push_str(rest);
    key
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
    fn numbers_are_ordered_by_their_size() {
        let mut names = ["10e Est", "4e Sud", "Unité B12", "4e Nord", "Unité B2", "100", "Éveil"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["4e Nord", "4e Sud", "10e Est", "100", "Éveil", "Unité B2", "Unité B12"]);
        assert_eq!(numbers_in_order("D2"), "D000002");
        assert_eq!(numbers_in_order(&numbers_in_order("a1234567b3")), "a1234567b000003");
    }

    #[test]
    fn no_letter_stands_twice_in_the_table() {
        let all: String = LETTERS.iter().map(|(marked, _)| *marked).collect();
        for letter in all.chars() {
            assert_eq!(all.matches(letter).count(), 1, "{letter}");
        }
    }
}
