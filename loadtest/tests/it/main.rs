//! The profiles smoke, load, lists, peer and pages against a real all-in-one.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use serde_json::Value;

mod comparison;
mod lists;
mod pages;
mod peer;
mod smoke;
mod split;

/// What came of a run of the program.
struct Ran {
    succeeded: bool,
    /// The table.
    text: String,
    /// How far it was, and what went wrong.
    complaint: String,
    /// Nothing where it failed.
    results: Value,
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_loadtest"))
}

/// Any program of Tandem stands in for an earlier one, so the same does.
fn another_program() -> PathBuf {
    program().with_file_name("tandem")
}

/// Runs the program to its end. One at a time: each starts servers of its own, and two would starve each other on a small machine.
fn ended(arguments: &[&str]) -> Ran {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().expect("a folder for the results");
    let output = folder.path().join("results.json");
    let outcome = Command::new(program()).args(arguments).arg("--output").arg(&output).output();
    let outcome = outcome.expect("loadtest can be started");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran {
        succeeded: outcome.status.success(),
        text: text(&outcome.stdout),
        complaint: text(&outcome.stderr),
        results: std::fs::read(&output).map_or(Value::Null, |json| serde_json::from_slice(&json).expect("JSON")),
    }
}

/// The results of a run in which every answer held, and its table.
fn run(arguments: &[&str]) -> (Value, String) {
    let Ran { succeeded, text, complaint, results } = ended(arguments);
    assert!(succeeded, "{text}\n{complaint}");
    (results, text)
}
