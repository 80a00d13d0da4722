//! What has one home: rules and types that were written several times once, and the crate that holds them.

use super::{
    base::{CodeBase, SourceFile},
    lexer::{Token, group_end},
    pending::Pending,
};

/// What is looked for.
enum Thing {
    /// A definition by its keyword and name.
    Defined(&'static str, &'static str),
    /// A variant of an enum, however that is declared.
    Variant(&'static str),
    /// A type of another crate that is named.
    Named(&'static str, &'static str),
}

use Thing::{Defined, Named, Variant};

/// Each with its home, and what it is in a few words.
const HOMES: [(Thing, &str, &str); 16] = [
    (Defined("fn", "covers"), "directory", "what a grant covers"),
    (Defined("struct", "Reach"), "directory", "how far grants reach"),
    (Defined("enum", "Scope"), "directory", "where a grant holds"),
    (Defined("enum", "ScopeKind"), "directory", "where a grant holds"),
    (Defined("enum", "Role"), "directory", "the roles"),
    (Defined("enum", "ClosureReason"), "directory", "why a place is closed"),
    (Defined("enum", "ReasonUse"), "directory", "what a reason is for"),
    (Defined("fn", "fold"), "kernel", "text without accents and case"),
    (Defined("struct", "DateRange"), "kernel", "first and last day"),
    (Defined("enum", "Locale"), "kernel", "the languages"),
    (Defined("struct", "Invalid"), "kernel", "what is wrong with a message"),
    (Defined("macro_rules", "coded"), "kernel", "an enum with stable codes"),
    (Variant("RedirectedAutomatically"), "placement", "the states of a request"),
    (Named("csv", "Writer"), "tables", "files of rows"),
    (Named("csv", "WriterBuilder"), "tables", "files of rows"),
    (Named("rust_xlsxwriter", "Workbook"), "tables", "files of rows"),
];

/// What still lives elsewhere as well, crate by crate. The list only gets shorter. Placement's role is who acts: the clock too.
const PENDING: &[(&str, &[&str])] = &[("placement", &["Role"])];

/// One line per thing in a second home.
pub(crate) fn faults(base: &CodeBase) -> Vec<String> {
    let mut pending = Pending::new("second homes", PENDING);
    let mut faults = Vec::new();
    for of in &base.crates {
        for file in of.files.iter().filter(|file| file.module.is_some()) {
            for (thing, home, what) in HOMES.iter().filter(|(_, home, _)| *home != of.name) {
                let is_here = thing.stands_in(file);
                if is_here && !pending.allows(&of.name, thing.name()) {
                    faults.push(format!("{}: `{}`: {what} has its home in {home}", file.name(), thing.name()));
                }
            }
        }
    }
    faults.extend(pending.faults(base));
    faults
}

impl Thing {
    const fn name(&self) -> &'static str {
        match self {
            Defined(_, name) | Variant(name) | Named(_, name) => name,
        }
    }

    fn stands_in(&self, file: &SourceFile) -> bool {
        let code = &file.code;
        let has = |at: usize, text: &str| code.get(at).is_some_and(|t| t.text == text);
        (0..code.len()).any(|at| match self {
            Defined(keyword, name) => {
                (has(at, keyword) && (has(at + 1, name) || (has(at + 1, "!") && has(at + 2, name))))
                    || (*keyword == "enum" && coded_name(&code[at..]) == Some(*name))
            }
            Variant(name) => is_enum(&code[at..]) && declares(code, at, name),
            Named(of, name) => {
                has(at, of)
                    && has(at + 1, "::")
                    && (has(at + 2, name) || (has(at + 2, "{") && group_has(code, at + 2, name)))
            }
        })
    }
}

/// Whether tokens begin an enum, by the keyword or by the macro for those with codes.
fn is_enum(tokens: &[Token]) -> bool {
    tokens[0].is_name("enum") || (tokens[0].is_name("coded") && tokens.get(1).is_some_and(|t| t.is_sign("!")))
}

/// The name of the enum that the macro for those with codes declares, behind its attributes.
fn coded_name(tokens: &[Token]) -> Option<&str> {
    let is_coded = tokens[0].is_name("coded") && tokens.get(1)?.is_sign("!");
    let mut at = 3;
    while is_coded && tokens.get(at)?.is_sign("#") {
        at = group_end(tokens, at + 1) + 1;
    }
    let name = tokens.get(at).filter(|_| is_coded)?;
    tokens.get(at + 1)?.is_sign("{").then_some(name.text.as_str())
}

fn declares(code: &[Token], start: usize, name: &str) -> bool {
    let opens = (start..code.len()).find(|&at| code[at].is_sign("{"));
    opens.is_some_and(|opens| group_has(code, opens, name))
}

fn group_has(code: &[Token], start: usize, name: &str) -> bool {
    code[start..group_end(code, start).min(code.len())].iter().any(|t| t.is_name(name))
}
