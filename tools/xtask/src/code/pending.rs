//! What a rule still lets pass in some crates, until they are put right. An entry that is no longer needed is a fault, so that
//! the lists only get shorter.

use std::collections::BTreeSet;

use super::base::CodeBase;

pub(crate) struct Pending {
    rule: &'static str,
    entries: &'static [(&'static str, &'static [&'static str])],
    used: BTreeSet<(String, String)>,
}

impl Pending {
    pub(crate) const fn new(rule: &'static str, entries: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self { rule, entries, used: BTreeSet::new() }
    }

    /// Whether a crate may still do it.
    pub(crate) fn allows(&mut self, crate_name: &str, what: &str) -> bool {
        let is_entry = self.entries.iter().any(|(of, list)| *of == crate_name && list.contains(&what));
        if is_entry {
            self.used.insert((crate_name.to_owned(), what.to_owned()));
        }
        is_entry
    }

    /// The entries that nothing needs any more, in the code base that the lists speak of: their own.
    pub(crate) fn faults(&self, base: &CodeBase) -> Vec<String> {
        if !base.crates.iter().any(|c| c.name == env!("CARGO_PKG_NAME")) {
            return Vec::new();
        }
        let all = self.entries.iter().flat_map(|(of, list)| list.iter().map(move |what| (*of, *what)));
        let unused = all.filter(|(of, what)| !self.used.contains(&((*of).to_owned(), (*what).to_owned())));
        unused
            .map(|(of, what)| format!("{of}: `{what}` is gone: take it out of the list of pending {}", self.rule))
            .collect()
    }
}
