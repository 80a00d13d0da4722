//! What a file names of other modules and other crates: by `use`, and by paths, inside macros too.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    base::{Crate, Module, SourceFile},
    lexer::{Kind, Token, group_end},
};

/// A path as it is written, once `self`, `super` and names that `use` brought are followed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Import {
    /// From the root of the crate.
    Inside(Vec<String>),
    /// Of another crate, its name first.
    Outside(Vec<String>),
}

/// The names of a file.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) imports: BTreeSet<Import>,
    /// What `use` makes of a name.
    pub(crate) aliases: BTreeMap<String, Import>,
    /// Modules all of whose names are brought in.
    pub(crate) globs: Vec<Module>,
}

impl Names {
    /// What a module of a crate names.
    pub(crate) fn of(file: &SourceFile, module: &Module, of: &Crate) -> Self {
        let mut reader = Reader { of, tokens: &file.code, names: Self::default() };
        // Names that `use` brings hold before it as well, so the uses are read first.
        reader.read(module.clone(), 0..file.code.len(), true);
        reader.read(module.clone(), 0..file.code.len(), false);
        reader.names
    }
}

struct Reader<'a> {
    of: &'a Crate,
    tokens: &'a [Token],
    names: Names,
}

impl Reader<'_> {
    fn read(&mut self, module: Module, range: std::ops::Range<usize>, is_for_uses: bool) {
        let mut at = range.start;
        while at < range.end {
            let token = &self.tokens[at];
            if token.is_name("mod") && self.is_sign(at + 2, "{") {
                let end = group_end(self.tokens, at + 2).min(range.end);
                let inner = [module.as_slice(), &[self.tokens[at + 1].text.clone()]].concat();
                self.read(inner, at + 3..end, is_for_uses);
                at = end + 1;
            } else if token.is_name("use") && self.is_path_start(at + 1) {
                at = self.tree(&module, &[], at + 1, is_for_uses);
            } else if token.kind == Kind::Name && self.is_sign(at + 1, "::") {
                let (path, end) = self.path(at);
                if !is_for_uses && path.len() > 1 {
                    let import = self.resolve(&module, &path);
                    self.names.imports.extend(import);
                }
                at = end;
            } else {
                at += 1;
            }
        }
    }

    /// One branch of a `use`; answers what comes after it.
    fn tree(&mut self, module: &Module, before: &[String], start: usize, is_for_uses: bool) -> usize {
        let start = if self.is_sign(start, "::") { start + 1 } else { start };
        let (path, end) = self.path(start);
        let path = [before, &path].concat();
        if self.is_sign(end, "{") {
            let close = group_end(self.tokens, end);
            let mut at = end + 1;
            while at < close {
                at = self.tree(module, &path, at, is_for_uses);
                at += usize::from(self.is_sign(at, ","));
            }
            return close + 1;
        }
        if self.is_sign(end, "*") {
            if is_for_uses && let Some(Import::Inside(all)) = self.resolve(module, &path) {
                self.names.globs.push(all);
            } else {
                let import = self.resolve(module, &path);
                self.names.imports.extend(import);
            }
            return end + 1;
        }
        let (path, last) = match path.split_last() {
            Some((last, parents)) if last == "self" => (parents.to_vec(), parents.last().cloned()),
            _ => (path.clone(), path.last().cloned()),
        };
        let is_renamed = self.tokens.get(end).is_some_and(|t| t.is_name("as"));
        let alias = if is_renamed { self.tokens.get(end + 1).map(|t| t.text.clone()) } else { last };
        if let (Some(alias), Some(import)) = (alias, self.resolve(module, &path)) {
            if is_for_uses {
                self.names.aliases.insert(alias, import);
            } else {
                self.names.imports.insert(import);
            }
        }
        (end + if is_renamed { 2 } else { 0 }).max(start + 1)
    }

    /// Names joined by `::`, and what comes after them; a `::` that leads to a group or a star belongs to the path.
    fn path(&self, start: usize) -> (Vec<String>, usize) {
        let (mut path, mut at) = (Vec::new(), start);
        while let Some(token) = self.tokens.get(at).filter(|t| t.kind == Kind::Name) {
            path.push(token.text.clone());
            at += 1;
            if !self.is_sign(at, "::") {
                break;
            }
            at += 1;
        }
        (path, at)
    }

    fn resolve(&self, module: &Module, path: &[String]) -> Option<Import> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(Import::Inside(rest.to_vec())),
            "self" => Some(Import::Inside([module, rest].concat())),
            "super" => {
                let above = rest.iter().take_while(|part| *part == "super").count();
                let parent = module.get(..module.len().checked_sub(above + 1)?)?;
                Some(Import::Inside([parent, &rest[above..]].concat()))
            }
            "Self" => None,
            _ if self.of.has_module(&[module.as_slice(), std::slice::from_ref(first)].concat()) => {
                Some(Import::Inside([module, path].concat()))
            }
            _ => Some(match self.names.aliases.get(first) {
                Some(Import::Inside(target)) => Import::Inside([target, rest].concat()),
                Some(Import::Outside(target)) if target.first() != Some(first) || target.len() > 1 => {
                    Import::Outside([target, rest].concat())
                }
                _ => Import::Outside(path.to_vec()),
            }),
        }
    }

    fn is_sign(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is_sign(text))
    }

    /// `use` also captures in the bounds of a type.
    fn is_path_start(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == Kind::Name || t.is_sign("::") || t.is_sign("{"))
    }
}
