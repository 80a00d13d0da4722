//! The all-in-one: every service of a province in one process, on a PostgreSQL cluster in a folder, with events handed over
//! through tables. It runs the same `build` functions as the separate binaries, so what works here works there; a database
//! or a broker that is given is used instead of its own. It is also the administrator's command line.
//!
//! ```text
//! gateway + web on one address ─► identity, configuration, placement, notification, reporting over pipes in memory
//! ```
//!
//! `tandem run --split` starts the separate binaries as children instead, with a RabbitMQ of their own between them: the
//! shape of a cluster on one machine.

mod archive;
mod commands;
mod config;
mod data;
mod database;
pub mod demo;
mod dump;
mod platform;
mod split;

use std::{path::PathBuf, process::ExitCode};

use chassis::Settings;
use clap::{Parser, Subcommand};

pub use config::Config;

/// Clinical placements: one province in one process.
#[derive(Parser)]
#[command(name = "tandem", version)]
struct Arguments {
    /// Settings in TOML; the environment wins over them.
    #[arg(long, env = "TANDEM_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the province until told to stop.
    Run(commands::run::Run),
    /// Brings all schemas up to date and declares all queues.
    Migrate,
    /// Adds what a province needs from its first start: reasons, placement types, the terms of the coming years.
    Seed,
    /// Makes the first operator of a province that has none who can sign in, and prints the temporary password, once.
    FirstOperator,
    /// Gives an operator who cannot sign in any more a temporary password, printed once, and ends the operator's sessions.
    ResetOperator(commands::reset_operator::Reset),
    /// Brings data in.
    Import(commands::import::Import),
    /// Fills an empty province with the demonstration.
    Demo,
    /// Shows or replays events that could not be handled.
    DeadLetters(commands::dead_letters::DeadLetters),
    /// Copies database, secrets and mails as they stand at one moment into a file, while Tandem runs or not.
    Backup(commands::backup::Backup),
    /// Makes a province of a backup where there is none yet.
    Restore(commands::restore::Restore),
    /// Prints the settings that hold, secrets masked.
    PrintConfig,
}

/// The command line.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(execute(arguments)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            commands::complain(&error);
            ExitCode::FAILURE
        }
    }
}

async fn execute(arguments: Arguments) -> anyhow::Result<()> {
    let file = arguments.config.as_deref();
    let settings: Settings<Config> = match &arguments.command {
        Command::Backup(_) => data::settings_kept(file)?,
        Command::Restore(_) => data::given(file)?,
        _ => data::settings(file)?,
    };
    match arguments.command {
        Command::Run(run) => Box::pin(commands::run::execute(settings, run)).await,
        Command::Migrate => commands::migrate::execute(settings).await,
        Command::Seed => commands::welcome::execute_seed(settings).await,
        Command::FirstOperator => commands::welcome::execute_first_operator(settings).await,
        Command::ResetOperator(reset) => Box::pin(commands::reset_operator::execute(settings, reset)).await,
        Command::Import(import) => Box::pin(commands::import::execute(settings, import)).await,
        Command::Demo => Box::pin(commands::demo::execute(settings)).await,
        Command::DeadLetters(letters) => Box::pin(commands::dead_letters::execute(settings, letters)).await,
        Command::Backup(backup) => commands::backup::execute(settings, backup).await,
        Command::Restore(restore) => commands::restore::execute(settings, restore).await,
        Command::PrintConfig => commands::print(&serde_json::to_string_pretty(&settings)?),
    }
}
