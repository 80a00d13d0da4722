//! One breach at a time.

use super::tree::Tree;

/// Adds each text to its file in a clean tree, and expects a refusal that says so, and nothing else.
fn refused(breaches: &[(&str, &str, &str)]) {
    for (path, text, expected) in breaches {
        let tree = Tree::clean();
        tree.append(path, text);
        let output = tree.run("check");
        let says = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{path} passes with {text:?}");
        assert!(says.lines().all(|line| line.contains(expected)), "{expected:?} for {text:?} in {path}:\n{says}");
    }
}

#[test]
fn a_clean_tree_passes() {
    let output = Tree::clean().run("check");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_report_that_is_out_of_date_is_refused() {
    refused(&[("docs/topology.md", "More.\n", "docs/topology.md is out of date")]);
}

#[test]
fn a_layer_that_imports_what_it_must_not_is_refused() {
    let visits = |file: &str| format!("services/clinic/src/visits/{file}");
    for (layer, text, expected) in [
        ("domain.rs", "use sqlx::PgPool;", "domain must not know the crate sqlx"),
        ("domain.rs", "fn wait() { tokio::spawn(async {}); }", "domain must not know the crate tokio"),
        ("domain.rs", "use directory::snapshot::Snapshot;", "domain must not know the crate directory"),
        ("domain.rs", "use directory::{Directory, model::Place};", "domain must not know the crate directory"),
        ("domain.rs", "use directory::*;", "domain must not know the crate directory"),
        ("domain.rs", "use super::store::load;", "domain must not know the layer store"),
        ("domain.rs", "fn all() { vec![super::app::visit] }", "domain must not know the layer app"),
        ("wire.rs", "use crate::visits::{domain::Visit as V, store as s};", "wire must not know the layer store"),
        ("wire.rs", "use tonic::Status;", "wire must not know the crate tonic"),
        ("store.rs", "use proto::clinic::v1::Visit as Message;", "store must not know the crate proto"),
        ("store.rs", "fn up() { super::app::visit(); }", "store must not know the layer app"),
        ("app.rs", "use sqlx::PgPool;", "app must not know the crate sqlx"),
        ("app.rs", "use tonic::Status;", "app must not know the crate tonic"),
        ("app.rs", "use eventing::Consumer;", "app must not know the crate eventing"),
        ("grpc.rs", "use super::store;", "grpc must not know the layer store"),
        ("grpc.rs", "fn rows() { sqlx::query!(\"select 1\"); }", "grpc must not know the crate sqlx"),
        ("events.rs", "use super::grpc::serve;", "events must not know the layer grpc"),
        ("tasks/daily.rs", "use super::super::events;", "tasks must not know the layer events"),
    ] {
        let tree = Tree::clean();
        tree.append("services/clinic/src/visits/mod.rs", "mod events;\nmod tasks;\n");
        tree.write(&visits("events.rs"), "");
        tree.write(&visits("tasks/mod.rs"), "mod daily;\n");
        assert!(tree.run("check").status.success());
        tree.append(&visits(layer), text);
        let output = tree.run("check");
        let says = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && says.contains(expected), "{expected:?} for {text:?}:\n{says}");
    }
}

#[test]
fn a_layer_beside_the_capabilities_is_held_to_the_table_too() {
    refused(&[("services/pharmacy/src/store/mod.rs", "use tonic::Status;\n", "store must not know the crate tonic")]);
}

#[test]
fn what_goes_past_a_siblings_mod_rs_is_refused() {
    let expected = "goes past the mod.rs of visits";
    refused(&[
        ("services/clinic/src/beds.rs", "use crate::visits::store::load;\n", expected),
        ("services/clinic/src/beds.rs", "use super::visits::domain::Visit as V;\n", expected),
        ("services/clinic/src/beds.rs", "use crate::visits;\nfn all() { visits::store::load(); }\n", expected),
        ("services/clinic/src/beds.rs", "fn all() { assert!(crate::visits::store::load()); }\n", expected),
    ]);
}

#[test]
fn the_pages_of_web_are_siblings() {
    let tree = Tree::clean();
    tree.write("services/web/Cargo.toml", "[package]\nname = \"web\"\n");
    tree.write("services/web/src/main.rs", "mod pages;\nfn main() {}\n");
    tree.write("services/web/src/pages/mod.rs", "mod home;\nmod list;\n");
    tree.write("services/web/src/pages/list/mod.rs", "mod rows;\n");
    tree.write("services/web/src/pages/list/rows.rs", "pub(crate) fn rows() {}\n");
    tree.write("services/web/src/pages/home.rs", "use super::list::rows::rows;\n");
    let output = tree.run("check");
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(says.contains("goes past the mod.rs of pages::list"), "{says}");
}

#[test]
fn files_that_import_each_other_in_a_circle_are_refused() {
    let circle = "import each other in a circle";
    refused(&[("services/clinic/src/visits/domain.rs", "use crate::beds;\n", circle)]);
    // Also where a `mod.rs` stands between them, and in three steps.
    let tree = Tree::clean();
    tree.write("tools/probe/src/scan/mod.rs", "mod a;\nmod b;\nmod c;\npub(crate) use a::A;\npub(crate) fn run() {}\n");
    tree.write("tools/probe/src/scan/a.rs", "use super::b::B;\npub(crate) struct A(B);\n");
    tree.write("tools/probe/src/scan/b.rs", "use super::c::C;\npub(crate) struct B(C);\n");
    tree.write("tools/probe/src/scan/c.rs", "pub(crate) struct C;\n");
    assert!(tree.run("check").status.success());
    tree.append("tools/probe/src/scan/c.rs", "use super::A;\n");
    let output = tree.run("check");
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(says.contains("scan::a -> scan::b -> scan::c -> scan::a import each other"), "{says}");
}

#[test]
fn a_refused_word_is_refused_in_names_comments_and_names_of_files() {
    let beds = "services/clinic/src/beds.rs";
    refused(&[
        (beds, "pub(crate) struct DeedOfDay;\n", "not `deed`; one of: action"),
        (beds, "// Each deed counts.\n", "not `deed`"),
        (beds, "/// The ledger.\npub(crate) fn jobs() {}\n", "not `ledger`; one of: jobs"),
        (beds, "fn f() { assert!(trouble); }\n", "not `trouble`; one of: error"),
        (beds, "enum A { Told }\n", "not `Told`; one of: user message"),
        ("services/clinic/tests/it/patrol.rs", "", "not `patrol`; one of: runner"),
    ]);
}

#[test]
fn a_refused_word_is_refused_beside_rust_too() {
    refused(&[
        ("proto/clinic/v1/visit.proto", "// Checks of the house.\n", "not `house`; one of: code base"),
        ("charts/clinic/templates/pod.yaml", "# From the door on.\n", "not `door`; one of: router"),
        ("charts/clinic/files/alerts.yaml", "- alert: ClinicDoorErrors\n", "not `door`"),
        ("services/clinic/templates/visit.html", "<div class=\"door\">\n", "not `door`"),
        ("docs/visits.md", "The ledger of visits.\n", "not `ledger`; one of: jobs"),
    ]);
    let tree = Tree::clean();
    tree.write("services/clinic/migrations/0001_visit.sql", "-- Of the house.\n");
    tree.write("docs/data-model.md", "Of the house.\n");
    assert!(tree.run("check").status.success());
}

#[test]
fn what_is_defined_outside_its_home_is_refused() {
    let beds = "services/clinic/src/beds.rs";
    refused(&[
        (beds, "fn covers() -> bool { true }\n", "`covers`: what a grant covers has its home in directory"),
        (beds, "pub(crate) struct DateRange;\n", "first and last day has its home in kernel"),
        (beds, "kernel::coded! { /// Who.\n Role { Nurse = \"N\" } }\n", "`Role`: the roles has its home in directory"),
        (beds, "kernel::coded! { #[derive(Default)] ReasonUse { Low = \"L\" } }\n", "has its home in directory"),
        (beds, "macro_rules! coded { () => {}; }\n", "has its home in kernel"),
        (beds, "enum Step { Held, RedirectedAutomatically }\n", "the states of a request has its home in placement"),
        (beds, "kernel::coded! { Step { RedirectedAutomatically = \"X\" } }\n", "has its home in placement"),
        (beds, "fn rows() { csv::WriterBuilder::new(); }\n", "files of rows has its home in tables"),
        (beds, "use csv::{Reader, Writer};\n", "files of rows has its home in tables"),
    ]);
}

#[test]
fn a_hole_in_a_wall_is_refused() {
    let clinic = "services/clinic/Cargo.toml";
    refused(&[
        (clinic, "pharmacy.workspace = true\n", "must not depend on the crate of another service: pharmacy"),
        (clinic, "probe.workspace = true\n", "must not depend on what stands above the services: probe"),
        (clinic, "[dev-dependencies]\nfantoccini.workspace = true\n", "fantoccini, which one crate alone may name"),
        (clinic, "serde = \"1\"\n", "the version of serde belongs into the workspace manifest"),
        ("crates/kernel/Cargo.toml", "clinic.workspace = true\n", "must not depend on one: clinic"),
        ("crates/kernel/Cargo.toml", "tokio.workspace = true\n", "kernel is pure, and must not depend on tokio"),
    ]);
    let tree = Tree::clean();
    tree.write("crates/directory/Cargo.toml", "[package]\nname = \"directory\"\n");
    tree.write("crates/directory/src/lib.rs", "pub mod model;\n");
    tree.write("crates/directory/src/model.rs", "use sqlx::PgPool;\n");
    let output = tree.run("check");
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(says.contains("pure code must not know sqlx::PgPool"), "{says}");
}

#[test]
fn what_is_too_long_is_refused() {
    let lines = |count: usize| "    work();\n".repeat(count);
    let (short, long) = (format!("fn f() {{\n{}}}\n", lines(90)), format!("fn long() {{\n{}}}\n", lines(110)));
    let beds = "services/clinic/src/beds.rs";
    refused(&[
        (beds, &long, "long has 112 lines, more than 100"),
        (beds, &short.repeat(6), "554 lines are more than 500"),
    ]);
    let tree = Tree::clean();
    tree.append(beds, &short);
    assert!(tree.run("check").status.success());
}

#[test]
fn sizes_are_told_crate_by_crate() {
    let output = Tree::clean().run("sizes");
    let says = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success());
    let clinic = says.lines().find(|line| line.starts_with("clinic")).unwrap();
    let numbers: Vec<_> = clinic.split_whitespace().skip(1).collect();
    assert_eq!(numbers, ["9", "3", "8", "8", "9", "1", "1", "1"], "{says}");
}
