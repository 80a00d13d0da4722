//! Words that an engineer would not guess, and those to write instead. Only such words are here as can hardly be meant
//! otherwise where they are looked for.

use std::collections::BTreeSet;

use super::{
    base::{CodeBase, Crate, SourceFile},
    lexer::Kind,
    pending::Pending,
    texts::Text,
};

/// Where a word is refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Where it is the name of a type or of a variant.
    Types,
    /// Where it is a whole name, whatever its case.
    Whole,
    /// As a part of names too, and of those of files.
    Names,
    /// In comments too, and in contracts, templates, charts and documents.
    Everywhere,
}

use Place::{Everywhere, Names, Types, Whole};

/// Each with the words to use instead.
const REFUSED: [(&str, Place, &str); 31] = [
    ("act", Whole, "action, transition or history entry"),
    ("acts", Whole, "actions, transitions or history entries"),
    ("Asked", Types, "query; of a person, `requested`"),
    ("Beside", Types, "row context"),
    ("crowd", Everywhere, "seeding"),
    ("deed", Everywhere, "action, transition or history entry"),
    ("deeds", Everywhere, "actions, transitions or history entries"),
    ("desk", Names, "support, coordinator home"),
    ("door", Everywhere, "router, authentication layer, front end"),
    ("doors", Everywhere, "routes, pages before sign-in"),
    ("frame", Names, "layout"),
    ("gate", Everywhere, "authentication layer"),
    ("Given", Types, "form"),
    ("ground", Names, "scope"),
    ("house", Everywhere, "code base; of addresses, network"),
    ("Known", Types, "page data"),
    ("ledger", Everywhere, "jobs"),
    ("lens", Everywhere, "list context"),
    ("Moment", Types, "now"),
    ("Move", Types, "action or transition"),
    ("occasion", Names, "trigger"),
    ("pace", Names, "arrivals"),
    ("patrol", Everywhere, "runner"),
    ("room", Names, "nav section, free places"),
    ("slips", Names, "form errors"),
    ("stage", Names, "environment"),
    ("tally", Everywhere, "page timing"),
    ("Told", Types, "user message"),
    ("trouble", Names, "error"),
    ("vault", Everywhere, "session store"),
    ("witness", Everywhere, "seen by"),
];

/// Names that others have chosen: the parts of an HTTP body, a header.
const OTHERS: [&str; 4] = ["Frame", "map_frame", "poll_frame", "X_FRAME_OPTIONS"];

/// What of it is still to be renamed, crate by crate. The list only gets shorter.
const PENDING: &[(&str, &[&str])] = &[];

/// One line per word and file.
pub(crate) fn faults(base: &CodeBase) -> Vec<String> {
    let mut pending = Pending::new("words", PENDING);
    let mut faults = Vec::new();
    for of in &base.crates {
        for (word, instead, file, line) in of.files.iter().flat_map(|file| words_of(of, file)) {
            if !pending.allows(&of.name, word) {
                faults.push(format!("{}:{line}: not `{word}`; one of: {instead}", file.name()));
            }
        }
    }
    faults.extend(base.texts.iter().flat_map(faults_of_text));
    faults.extend(pending.faults(base));
    faults
}

/// What is refused everywhere is refused beside Rust too.
fn faults_of_text(of: &Text) -> impl Iterator<Item = String> {
    REFUSED.iter().filter(|(_, place, _)| *place == Everywhere).filter_map(move |(word, _, instead)| {
        let line = of.text.lines().position(|line| says(line, word))?;
        Some(format!("{}:{}: not `{word}`; one of: {instead}", of.path.display(), line + 1))
    })
}

/// Whether a line has a word, by itself or as a part of a name.
fn says(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric()).flat_map(parts).any(|part| part.eq_ignore_ascii_case(word))
}

/// The refused words of a file, each with the first line where it stands.
fn words_of<'a>(of: &Crate, file: &'a SourceFile) -> Vec<(&'static str, &'static str, &'a SourceFile, usize)> {
    // The checks name what they refuse.
    if of.name == "xtask" && file.path.ends_with("words.rs") {
        return Vec::new();
    }
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    let path = file.path.with_extension("");
    let names = path.iter().map(|part| (Kind::Name, part.to_string_lossy().into_owned(), 1));
    let written = file.tokens.iter().map(|t| (t.kind, t.text.clone(), t.line));
    for (kind, text, line) in names.skip(2).chain(written) {
        for (word, _, instead) in REFUSED.iter().filter(|(word, place, _)| stands_in(word, *place, kind, &text)) {
            if seen.insert(*word) {
                found.push((*word, *instead, file, line));
            }
        }
    }
    found
}

fn stands_in(word: &str, place: Place, kind: Kind, text: &str) -> bool {
    match (kind, place) {
        (Kind::Name, _) if OTHERS.contains(&text) => false,
        (Kind::Name, Types) => text == word,
        (Kind::Name, Whole) => text.eq_ignore_ascii_case(word),
        (Kind::Name, _) => parts(text).any(|part| part.eq_ignore_ascii_case(word)),
        (Kind::Comment, Everywhere) => {
            text.split(|c: char| !c.is_alphanumeric()).any(|part| part.eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}

/// `list` and `Context` of `listContext`, `list` and `context` of `list_context`.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split('_').flat_map(|part| {
        let mut begins: Vec<_> =
            part.char_indices().filter(|(at, c)| *at > 0 && c.is_uppercase()).map(|(at, _)| at).collect();
        // In capitals it is one word.
        if part.chars().all(|c| !c.is_lowercase()) {
            begins.clear();
        }
        begins.push(part.len());
        begins.into_iter().scan(0, move |start, end| Some(&part[std::mem::replace(start, end)..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        assert_eq!(parts("ListContext").collect::<Vec<_>>(), ["List", "Context"]);
        assert_eq!(parts("LIST_context").collect::<Vec<_>>(), ["LIST", "context"]);
    }

    #[test]
    fn a_line_says_a_word_by_itself_or_in_a_name() {
        assert!(says("- alert: TandemDoorErrors", "door") && says("<div class=\"door\">", "door"));
        assert!(!says("indoors, or outdoor", "door"));
    }

    #[test]
    fn a_word_is_refused_where_it_can_be_meant() {
        assert!(
            stands_in("deed", Everywhere, Kind::Name, "DeedOf")
                && stands_in("deed", Everywhere, Kind::Comment, "/// A deed.")
        );
        assert!(
            !stands_in("deed", Everywhere, Kind::Comment, "// indeed")
                && !stands_in("deed", Everywhere, Kind::Literal, "deed")
        );
        assert!(stands_in("act", Whole, Kind::Name, "Act") && !stands_in("act", Whole, Kind::Name, "acts_alone"));
        assert!(!stands_in("desk", Names, Kind::Comment, "// the help desk"));
        assert!(
            stands_in("frame", Names, Kind::Name, "page_frame") && !stands_in("frame", Names, Kind::Name, "map_frame")
        );
    }
}
