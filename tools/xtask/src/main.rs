//! Checks of the house itself, and the reports that are checked in.
//!
//! - `xtask check`: the import rules of the layers, the walls between services, and that the reports are up to date.
//! - `xtask report`: writes the reports: who publishes, who consumes and who calls whom; who may call which method.

mod layers;
mod reports;
mod walls;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fails on any fault of the house.
    Check,
    /// Writes the reports anew.
    Report,
}

fn main() -> ExitCode {
    let root = PathBuf::from(std::env::var("TANDEM_ROOT").unwrap_or_else(|_| ".".into()));
    let outcome = match Arguments::parse().command {
        Command::Check => check(&root),
        Command::Report => reports::write(&root).map(|()| Vec::new()),
    };
    match outcome {
        Ok(faults) if faults.is_empty() => ExitCode::SUCCESS,
        Ok(faults) => complain(&faults.join("\n")),
        Err(error) => complain(&format!("{error:#}")),
    }
}

fn check(root: &std::path::Path) -> anyhow::Result<Vec<String>> {
    let mut faults = layers::faults(root)?;
    faults.extend(walls::faults(root)?);
    faults.extend(reports::undeclared());
    faults.extend(reports::drift(root)?);
    Ok(faults)
}

#[expect(clippy::print_stderr, reason = "a check tells what it found on the terminal")]
fn complain(text: &str) -> ExitCode {
    eprintln!("{text}");
    ExitCode::FAILURE
}
