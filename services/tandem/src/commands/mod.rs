//! One file per command, and what several of them say.

pub(crate) mod backup;
pub(crate) mod dead_letters;
pub(crate) mod demo;
pub(crate) mod import;
pub(crate) mod migrate;
pub(crate) mod ready;
pub(crate) mod reset_operator;
pub(crate) mod restore;
pub(crate) mod run;
pub(crate) mod welcome;

use std::sync::Arc;

use chassis::{Process, Settings};
use kernel::{Env, SystemClock};

use crate::Config;

/// Time and ids as the machine gives them.
pub(crate) fn env(settings: &Settings<Config>) -> anyhow::Result<Env> {
    Process::env(settings, Arc::new(SystemClock))
}

/// Says something to whoever typed the command.
#[expect(clippy::print_stdout, clippy::unnecessary_wraps, reason = "the answer of a command goes to its terminal")]
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    println!("{text}");
    Ok(())
}

/// Says what went wrong to whoever typed the command.
#[expect(clippy::print_stderr, reason = "whoever types a command reads why it failed")]
pub(crate) fn complain(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}

/// A failure of a use case, with its causes, for the terminal.
pub(crate) fn failed(failure: chassis::Failure) -> anyhow::Error {
    anyhow::anyhow!("{} ({})", failure.chain(), failure.reason())
}
