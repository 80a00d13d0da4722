//! The rules of the code base that its text shows.
//!
//! - `layers`: what the layers of a capability may import. `siblings`: capabilities meet through each other's `mod.rs`.
//! - `circles`: files import each other without circles. `walls`: who may depend on whom, and what is pure.
//! - `words`: words to write instead of others, in `texts` too. `homes`: what is defined in one crate alone. `sizes`: files and functions.

mod base;
mod circles;
mod homes;
mod imports;
mod layers;
mod lexer;
mod pending;
mod siblings;
mod sizes;
mod texts;
mod walls;
mod words;

use std::path::Path;

use base::CodeBase;

/// One line per breach of a rule.
pub(crate) fn faults(root: &Path) -> anyhow::Result<Vec<String>> {
    let base = CodeBase::read(root)?;
    let rules =
        [layers::faults, siblings::faults, circles::faults, walls::faults, words::faults, homes::faults, sizes::faults];
    Ok(rules.iter().flat_map(|rule| rule(&base)).collect())
}

/// The sizes of files and functions, per crate.
pub(crate) fn sizes(root: &Path) -> anyhow::Result<String> {
    Ok(sizes::table(&CodeBase::read(root)?))
}
