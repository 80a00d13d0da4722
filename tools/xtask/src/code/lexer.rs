//! Rust text as tokens with their lines. The checks need names, paths and comments, of macros too; what they don't need, such as
//! types, is not understood.

/// A piece of Rust text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    /// Counted from 1.
    pub(crate) line: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Name,
    /// `::` is one; every other sign stands alone.
    Sign,
    /// Strings, characters, numbers and lifetimes, whose text is never asked for.
    Literal,
    Comment,
}

impl Token {
    pub(crate) fn is_name(&self, text: &str) -> bool {
        self.kind == Kind::Name && self.text == text
    }

    pub(crate) fn is_sign(&self, text: &str) -> bool {
        self.kind == Kind::Sign && self.text == text
    }
}

/// The tokens of a file.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let (mut rest, mut line, mut tokens) = (text, 1, Vec::new());
    while let Some(first) = rest.chars().next() {
        let (kind, length) = next(rest, first);
        let (piece, after) = rest.split_at(length);
        if let Some(kind) = kind {
            tokens.push(Token { kind, text: piece.to_owned(), line });
        }
        line += piece.matches('\n').count();
        rest = after;
    }
    tokens
}

/// Kind and length of what a text begins with; space has no kind.
fn next(rest: &str, first: char) -> (Option<Kind>, usize) {
    if first.is_whitespace() {
        return (None, first.len_utf8());
    }
    if rest.starts_with("//") {
        return (Some(Kind::Comment), rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Some(Kind::Comment), block_comment(rest));
    }
    if let Some(length) = string(rest) {
        return (Some(Kind::Literal), length);
    }
    if first == '\'' {
        return (Some(Kind::Literal), character_or_lifetime(rest));
    }
    if let Some(character) = rest.strip_prefix('b').filter(|after| after.starts_with('\'')) {
        return (Some(Kind::Literal), 1 + character_or_lifetime(character));
    }
    if first.is_alphabetic() || first == '_' {
        return (Some(Kind::Name), word(rest));
    }
    if first.is_ascii_digit() {
        return (Some(Kind::Literal), word(rest));
    }
    (Some(Kind::Sign), if rest.starts_with("::") { 2 } else { first.len_utf8() })
}

fn word(rest: &str) -> usize {
    rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The length of a string of any sort, with its prefix; none if the text does not begin with one.
fn string(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        let quoted = rest
            .strip_prefix(prefix)
            .map(|after| if prefix.ends_with('r') { after.trim_start_matches('#') } else { after });
        quoted.is_some_and(|after| after.starts_with('"'))
    })?;
    let after = &rest[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = after.find('"')?;
        let end = format!("\"{}", &after[..hashes]);
        let body = &after[hashes + 1..];
        let length = body.find(&end).map_or(body.len(), |at| at + end.len());
        return Some(prefix.len() + hashes + 1 + length);
    }
    Some(prefix.len() + quoted(after, '"'))
}

fn character_or_lifetime(rest: &str) -> usize {
    let mut after = rest.chars().skip(1);
    match (after.next(), after.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted(rest, '\''),
        _ => 1 + word(&rest[1..]),
    }
}

/// The length of what stands between two marks, both included; a mark after a backslash does not end it.
fn quoted(rest: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if c == mark => return at + mark.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// Where the group that opens at `start` ends: the index of its closing sign.
pub(crate) fn group_end(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start).filter(|(_, token)| token.kind == Kind::Sign) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

/// The tokens without those of items under `#[cfg(test)]`, which may use what they like.
pub(crate) fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if is_test_attribute(&tokens[at..]) {
            at = item_end(tokens, at) + 1;
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Whether tokens begin with `#[cfg(test)]`, or another condition on `test` that is no denial.
pub(crate) fn is_test_attribute(tokens: &[Token]) -> bool {
    let begins = tokens.len() > 4 && tokens[0].is_sign("#") && tokens[1].is_sign("[") && tokens[2].is_name("cfg");
    let inside = || &tokens[3..group_end(tokens, 1).min(tokens.len())];
    begins && inside().iter().any(|t| t.is_name("test")) && !inside().iter().any(|t| t.is_name("not"))
}

/// The last token of the item whose attributes begin at `start`.
fn item_end(tokens: &[Token], start: usize) -> usize {
    let mut at = start;
    while at < tokens.len() {
        let token = &tokens[at];
        if token.is_sign("{") {
            return group_end(tokens, at);
        }
        if token.is_sign(";") {
            return at;
        }
        at = if token.is_sign("(") || token.is_sign("[") { group_end(tokens, at) + 1 } else { at + 1 };
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        tokens(text).into_iter().filter(|t| t.kind == Kind::Name).map(|t| t.text).collect()
    }

    #[test]
    fn nothing_inside_strings_characters_and_comments_is_a_name() {
        let text = r####"a("b \" c", r#"d " e"#, b'f', 'g', '\'', br"h"); // i
            /* j /* k */ l */ fn m<'n>() { o::p!("q"); }"####;
        assert_eq!(names(text), ["a", "fn", "m", "o", "p"]);
    }

    #[test]
    fn lines_are_counted_through_strings_and_comments() {
        let all = tokens("a /* \n */ \"\n\n\" b");
        assert_eq!(all.iter().map(|t| t.line).collect::<Vec<_>>(), [1, 1, 2, 4]);
    }

    #[test]
    fn items_of_tests_are_left_out_and_nothing_else() {
        let text = "#[cfg(test)] #[path(x)] mod tests { fn a() {} } fn b() {} #[cfg(test)] use c::d; #[cfg(not(test))] fn e() {}";
        let kept = without_tests(&tokens(text));
        let kept: Vec<_> = kept.iter().filter(|t| t.kind == Kind::Name).map(|t| t.text.as_str()).collect();
        assert_eq!(kept, ["fn", "b", "cfg", "not", "test", "fn", "e"]);
    }
}
