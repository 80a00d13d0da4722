//! Checks of the code base itself, and the reports that are checked in.
//!
//! - `xtask check`: the rules of `code`, and that the reports are up to date.
//! - `xtask sizes`: how large files and functions are, crate by crate.
//! - `xtask report`: writes the reports: who publishes, who consumes and who calls whom; who may call which method;
//!   with which reasons calls are refused.
//! - `xtask data-model`: writes what the schemas hold, from the catalogue of a database (`scripts/data-model`).

mod code;
mod data_model;
mod reasons;
mod reports;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fails on any breach of a rule, and on reports that are out of date.
    Check,
    /// Writes the reports anew.
    Report,
    /// Prints how large files and functions are.
    Sizes,
    /// Writes the data model, or with `--check` compares it, from a catalogue that the query gave.
    DataModel(data_model::Arguments),
}

fn main() -> ExitCode {
    let root = PathBuf::from(std::env::var("TANDEM_ROOT").unwrap_or_else(|_| ".".into()));
    let outcome = match Arguments::parse().command {
        Command::Check => check(&root),
        Command::Sizes => code::sizes(&root).map(|table| {
            print(&table);
            Vec::new()
        }),
        Command::Report => reports::write(&root).and_then(|()| reasons::write(&root)).map(|()| Vec::new()),
        Command::DataModel(arguments) => data_model::execute(&root, &arguments),
    };
    match outcome {
        Ok(faults) if faults.is_empty() => ExitCode::SUCCESS,
        Ok(faults) => complain(&faults.join("\n")),
        Err(error) => complain(&format!("{error:#}")),
    }
}

fn check(root: &std::path::Path) -> anyhow::Result<Vec<String>> {
    let mut faults = code::faults(root)?;
    faults.extend(reports::undeclared());
    faults.extend(reports::drift(root)?);
    faults.extend(reasons::drift(root)?);
    Ok(faults)
}

#[expect(clippy::print_stdout, reason = "a table is asked for on the terminal")]
fn print(text: &str) {
    print!("{text}");
}

#[expect(clippy::print_stderr, reason = "a check tells what it found on the terminal")]
fn complain(text: &str) -> ExitCode {
    eprintln!("{text}");
    ExitCode::FAILURE
}
