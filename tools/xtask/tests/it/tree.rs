//! A small code base that keeps every rule.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

const MANIFEST: &str = "[package]\nname = \"NAME\"\n\n[dependencies]\nkernel.workspace = true\n";

/// Two services, a library and a tool, each of a few lines.
const FILES: [(&str, &str); 14] = [
    ("crates/kernel/src/lib.rs", "pub mod fold;\npub use fold::fold;\n"),
    ("crates/kernel/src/fold.rs", "/// Text without accents.\npub fn fold(text: &str) -> String { text.to_owned() }\n"),
    ("services/clinic/src/main.rs", "fn main() { clinic::build(); }\n"),
    ("services/clinic/src/lib.rs", "mod beds;\nmod visits;\npub fn build() { visits::serve(); }\n"),
    ("services/clinic/src/beds.rs", "use crate::visits::{Visit, wire};\npub(crate) fn of(_: &Visit) { wire(); }\n"),
    (
        "services/clinic/src/visits/mod.rs",
        "mod app;\nmod domain;\nmod grpc;\nmod store;\nmod wire;\npub(crate) use domain::Visit;\npub(crate) use grpc::serve;\npub(crate) use wire::wire;\n",
    ),
    (
        "services/clinic/src/visits/domain.rs",
        "use kernel::fold;\npub(crate) struct Visit(pub(crate) String);\nimpl Visit { pub(crate) fn new(name: &str) -> Self { Self(fold(name)) } }\n\
         #[cfg(test)]\nmod tests { use sqlx::PgPool; fn covers() {} }\n",
    ),
    (
        "services/clinic/src/visits/store.rs",
        "use super::domain::Visit;\nuse sqlx::PgConnection;\npub(crate) fn load(_: &mut PgConnection) -> Visit { Visit::new(\"a deed\") }\n",
    ),
    (
        "services/clinic/src/visits/app.rs",
        "use super::{Visit, store};\npub(crate) fn visit(tx: &mut chassis::Tx) -> Visit { store::load(tx) }\n",
    ),
    (
        "services/clinic/src/visits/wire.rs",
        "use super::Visit;\nuse proto::clinic::v1 as pb;\npub(crate) fn wire() {}\npub(crate) fn message(_: &Visit) -> pb::Visit { pb::Visit {} }\n",
    ),
    (
        "services/clinic/src/visits/grpc.rs",
        "use super::{app, wire};\npub(crate) fn serve() { tonic::serve(app::visit, wire::message); }\n",
    ),
    ("services/clinic/tests/it/main.rs", "use clinic::build;\n#[test]\nfn it_is_built() { build(); }\n"),
    ("services/pharmacy/src/main.rs", "mod store;\nfn main() {}\n"),
    ("tools/probe/src/main.rs", "mod scan;\nfn main() { scan::run(); }\n"),
];

/// A code base in a folder of its own.
pub(crate) struct Tree(TempDir);

impl Tree {
    pub(crate) fn clean() -> Self {
        let tree = Self(tempfile::tempdir().unwrap());
        for (path, text) in FILES {
            tree.write(path, text);
        }
        for folder in ["crates/kernel", "services/clinic", "services/pharmacy", "tools/probe"] {
            let name = Path::new(folder).file_name().unwrap().to_string_lossy();
            let manifest = MANIFEST.replace("NAME", &name);
            let dependencies = if folder == "crates/kernel" { "" } else { "kernel.workspace = true\n" };
            tree.write(&format!("{folder}/Cargo.toml"), &manifest.replace("kernel.workspace = true\n", dependencies));
        }
        tree.write("docs/README.md", "");
        assert!(tree.run("report").status.success());
        tree
    }

    /// Puts a text where a file may have been.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Adds a text to a file, or makes one of it.
    pub(crate) fn append(&self, path: &str, text: &str) {
        let before = fs::read_to_string(self.0.path().join(path)).unwrap_or_default();
        self.write(path, &format!("{before}{text}"));
    }

    pub(crate) fn run(&self, command: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask")).arg(command).env("TANDEM_ROOT", self.0.path()).output().unwrap()
    }
}
