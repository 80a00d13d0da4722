//! The import rules inside a service: which module may name which crate and which other module.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use syn::visit::{self, Visit};

/// What the files of a module must not name: crates by their names, modules of the same service as `crate::name`.
const FORBIDDEN: [(&str, &[&str]); 7] = [
    (
        "domain",
        &[
            "tokio",
            "sqlx",
            "tonic",
            "lapin",
            "proto",
            "chassis",
            "eventing",
            "axum",
            "crate::store",
            "crate::app",
            "crate::wire",
            "crate::grpc",
            "crate::events",
            "crate::tasks",
        ],
    ),
    (
        "wire",
        &[
            "tokio",
            "sqlx",
            "tonic",
            "lapin",
            "eventing",
            "axum",
            "crate::store",
            "crate::app",
            "crate::grpc",
            "crate::events",
            "crate::tasks",
        ],
    ),
    (
        "store",
        &[
            "tonic",
            "lapin",
            "proto",
            "axum",
            "crate::app",
            "crate::wire",
            "crate::grpc",
            "crate::events",
            "crate::tasks",
        ],
    ),
    ("app", &["tonic", "lapin", "axum", "crate::grpc", "crate::events", "crate::tasks"]),
    ("grpc", &["sqlx", "lapin", "axum", "crate::store", "crate::events", "crate::tasks"]),
    ("events", &["sqlx", "lapin", "axum", "tonic", "crate::store", "crate::grpc", "crate::tasks"]),
    ("tasks", &["sqlx", "lapin", "axum", "crate::store", "crate::grpc", "crate::events"]),
];

/// One line per name that a layer must not know.
pub(crate) fn faults(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut faults = Vec::new();
    for service in fs::read_dir(root.join("services"))? {
        let source = service?.path().join("src");
        for (module, forbidden) in FORBIDDEN {
            for file in rust_files(&source.join(module)) {
                let names = names(&file)?;
                for name in forbidden.iter().filter(|name| names.contains(**name)) {
                    faults.push(format!("{}: {module} must not know {name}", file.display()));
                }
            }
        }
    }
    Ok(faults)
}

/// The Rust files below a folder; none if there is no such folder.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

/// How the paths of a file begin: `sqlx`, `crate::store`. Test modules may use what they like.
fn names(file: &Path) -> anyhow::Result<BTreeSet<String>> {
    let text = fs::read_to_string(file)?;
    let syntax = syn::parse_file(&text).with_context(|| format!("{}", file.display()))?;
    let mut collector = Collector::default();
    collector.visit_file(&syntax);
    Ok(collector.0)
}

#[derive(Default)]
struct Collector(BTreeSet<String>);

impl Collector {
    fn note(&mut self, segments: &[String]) {
        match segments {
            [first, second, ..] if first == "crate" => drop(self.0.insert(format!("crate::{second}"))),
            [first, _, ..] => drop(self.0.insert(first.clone())),
            _ => {}
        }
    }

    fn note_use(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.note_use(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.note(&with(&name.ident)),
            syn::UseTree::Rename(rename) => self.note(&with(&rename.ident)),
            syn::UseTree::Glob(_) => self.note(&[before, &["*".to_owned()]].concat()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.note_use(before, item)),
        }
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let is_test = module.attrs.iter().any(|a| a.path().is_ident("cfg"));
        if !is_test {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.note_use(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        self.note(&segments);
        visit::visit_path(self, path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of(text: &str) -> BTreeSet<String> {
        let mut collector = Collector::default();
        collector.visit_file(&syn::parse_str(text).unwrap());
        collector.0
    }

    #[test]
    fn names_are_found_in_uses_groups_paths_and_macros() {
        let text =
            "use crate::{store, domain::x}; use tonic as t; fn f() { sqlx::query!(\"select 1\"); let _: proto::E; }";
        let names = names_of(text);
        for name in ["crate::store", "crate::domain", "sqlx", "proto"] {
            assert!(names.contains(name), "{name} in {names:?}");
        }
    }

    #[test]
    fn tests_inside_a_file_may_use_what_they_like() {
        assert!(!names_of("#[cfg(test)] mod tests { use sqlx::query; }").contains("sqlx"));
    }
}
