//! What is written beside Rust and read by people: contracts, templates, charts, documents.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

/// Folders that hold them.
const FOLDERS: [&str; 5] = ["charts", "docs", "loadtest", "proto", "services"];
/// Folders that hold what others have made, or what nobody can change any more.
const LEFT_OUT: [&str; 4] = ["examples", "migrations", "node_modules", "target"];
/// Written from the comments of migrations.
const FROM_MIGRATIONS: &str = "docs/data-model.md";

pub(crate) struct Text {
    /// From the root of the code base.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// All of them in order.
pub(crate) fn read(root: &Path) -> anyhow::Result<Vec<Text>> {
    let mut paths: Vec<_> = entries(root).into_iter().filter(|path| path.is_file()).collect();
    for folder in FOLDERS {
        collect(&root.join(folder), &mut paths);
    }
    let mut texts = Vec::new();
    for path in paths {
        let below = path.strip_prefix(root)?;
        if is_read(below) {
            let text = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
            texts.push(Text { path: below.to_owned(), text });
        }
    }
    Ok(texts)
}

fn is_read(path: &Path) -> bool {
    let has_extension = |wanted: &str| path.extension().is_some_and(|extension| extension == wanted);
    let lies_in = |folder: &str| path.iter().any(|part| part == folder);
    let is_of_a_chart = path.starts_with("charts") && (lies_in("files") || lies_in("templates"));
    let is_template = path.starts_with("services") && lies_in("templates");
    (has_extension("md") && path != Path::new(FROM_MIGRATIONS))
        || has_extension("proto")
        || is_of_a_chart
        || is_template
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if !path.is_dir() {
            found.push(path);
        } else if !LEFT_OUT.iter().any(|name| path.ends_with(name)) {
            collect(&path, found);
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
