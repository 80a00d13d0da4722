//! The code base as it lies in its folders: crates, their files, and the modules that those are.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use super::{
    lexer::{self, Kind, Token, group_end, is_test_attribute},
    texts::{self, Text},
};

/// Folders of the code base that hold crates.
const PARENTS: [&str; 3] = ["crates", "services", "tools"];
/// Crates that stand by themselves.
const ALONE: [&str; 2] = ["proto", "loadtest"];
/// Folders of a crate that hold Rust.
const SOURCES: [&str; 4] = ["src", "tests", "examples", "benches"];

/// The path of a module inside its crate; empty for the root.
pub(crate) type Module = Vec<String>;

pub(crate) struct CodeBase {
    pub(crate) crates: Vec<Crate>,
    /// What is written beside Rust.
    pub(crate) texts: Vec<Text>,
}

pub(crate) struct Crate {
    pub(crate) name: String,
    /// The folder above it, such as `services`; empty for what stands by itself.
    pub(crate) parent: &'static str,
    pub(crate) manifest: String,
    pub(crate) files: Vec<SourceFile>,
}

pub(crate) struct SourceFile {
    /// From the root of the code base.
    pub(crate) path: PathBuf,
    /// All tokens, comments and tests too.
    pub(crate) tokens: Vec<Token>,
    /// Those of code that is shipped.
    pub(crate) code: Vec<Token>,
    /// Which module it is, if it belongs to the library or program; none for tests and examples.
    pub(crate) module: Option<Module>,
}

impl CodeBase {
    /// Reads it.
    pub(crate) fn read(root: &Path) -> anyhow::Result<Self> {
        let mut crates = Vec::new();
        for parent in PARENTS {
            for entry in fs::read_dir(root.join(parent)).into_iter().flatten().flatten() {
                crates.extend(Crate::read(root, &entry.path(), parent)?);
            }
        }
        for alone in ALONE {
            crates.extend(Crate::read(root, &root.join(alone), "")?);
        }
        crates.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { crates, texts: texts::read(root)? })
    }

    /// The crates whose folder lies in `parent`.
    pub(crate) fn of(&self, parent: &str) -> impl Iterator<Item = &Crate> {
        self.crates.iter().filter(move |c| c.parent == parent)
    }
}

impl Crate {
    fn read(root: &Path, folder: &Path, parent: &'static str) -> anyhow::Result<Option<Self>> {
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else { return Ok(None) };
        let name = folder.file_name().context("a crate lies in a folder")?.to_string_lossy().into_owned();
        let has_library = folder.join("src/lib.rs").exists();
        let mut files = Vec::new();
        for path in SOURCES.iter().flat_map(|source| rust_files(&folder.join(source))) {
            let text = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
            let module = path.strip_prefix(folder.join("src")).ok().map(|path| module_of(path, has_library));
            files.push(SourceFile::new(path.strip_prefix(root)?.to_owned(), module, &text));
        }
        drop_test_modules(&mut files);
        Ok(Some(Self { name, parent, manifest, files }))
    }

    /// Its files that are modules of the library or program, with what they are.
    pub(crate) fn modules(&self) -> impl Iterator<Item = (&SourceFile, &Module)> {
        self.files.iter().filter_map(|file| Some((file, file.module.as_ref()?)))
    }

    /// Whether it has a file for this module.
    pub(crate) fn has_module(&self, module: &[String]) -> bool {
        self.modules().any(|(_, m)| m == module)
    }
}

impl SourceFile {
    fn new(path: PathBuf, module: Option<Module>, text: &str) -> Self {
        let tokens = lexer::tokens(text);
        let without_comments: Vec<_> = tokens.iter().filter(|t| t.kind != Kind::Comment).cloned().collect();
        let code = lexer::without_tests(&without_comments);
        Self { path, tokens, code, module }
    }

    /// As it is named in a fault.
    pub(crate) fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// `[requests, store]` of `requests/store.rs`, and `[requests]` of `requests/mod.rs`. A program beside a library is no root.
fn module_of(path: &Path, has_library: bool) -> Module {
    let mut module: Module = path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let is_root = module == ["lib"] || (module == ["main"] && !has_library);
    if is_root || module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    module
}

/// Files that are there for tests alone, because the module that names them does so under `#[cfg(test)]`, are no modules of
/// what is shipped.
fn drop_test_modules(files: &mut [SourceFile]) {
    let named = |file: &SourceFile| Some((file.module.clone()?, test_modules(&file.tokens)));
    let all: BTreeSet<Module> = files
        .iter()
        .filter_map(named)
        .flat_map(|(module, names)| names.into_iter().map(move |name| [module.as_slice(), &[name]].concat()))
        .collect();
    for file in files {
        let is_test = |module: &Module| all.iter().any(|test| module.starts_with(test));
        file.module = file.module.take().filter(|module| !is_test(module));
    }
}

fn test_modules(tokens: &[Token]) -> Vec<String> {
    let of = |at: usize| {
        let after = tokens.get(group_end(tokens, at + 1) + 1..)?;
        (is_test_attribute(&tokens[at..]) && after.len() > 2 && after[0].is_name("mod") && after[2].is_sign(";"))
            .then(|| after[1].text.clone())
    };
    (0..tokens.len()).filter(|&at| tokens[at].is_sign("#")).filter_map(of).collect()
}

/// The Rust files below a folder in order; none if there is no such folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
