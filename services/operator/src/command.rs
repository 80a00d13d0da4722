//! The command line of the operator's binary.

use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use chassis::{Process, Settings, Validate as _, telemetry};
use clap::{Parser, Subcommand};
use kernel::SystemClock;
use kube::Client;
use tokio::net::TcpListener;

use crate::{Readiness, config::Config, operate, resource};

#[derive(Parser)]
struct Arguments {
    /// Settings in TOML; the environment wins over them.
    #[arg(long, env = "TANDEM_CONFIG")]
    config: Option<PathBuf>,
    /// Prints the settings that hold, secrets masked, and ends.
    #[arg(long)]
    print_config: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the definition of the resource `Province`, as it is checked in with the chart.
    Crd,
}

/// The process of the operator: reads settings and arguments, works until told to stop.
#[must_use]
pub fn main() -> ExitCode {
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(Arguments::parse())));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    if matches!(arguments.command, Some(Command::Crd)) {
        return print(&resource::definition()?);
    }
    let settings: Settings<Config> = chassis::config::read("operator", arguments.config.as_deref())?;
    if arguments.print_config {
        return print(&serde_json::to_string_pretty(&settings)?);
    }
    settings.service.validate().map_err(anyhow::Error::msg)?;
    let _telemetry = telemetry::init(&settings.telemetry, "operator", "all")?;
    let clock = Arc::new(SystemClock);
    let client = Client::try_default().await?;
    let env = Process::env(&settings, Arc::clone(&clock) as Arc<dyn kernel::Clock>)?;
    let mut process = Process::new(env, Process::transport(&settings), &[]);
    // Nobody calls the operator, so there is nobody to linger for.
    process.lifecycle().listen_to_signals(Duration::ZERO)?;
    let readiness = Readiness::default();
    let (answered, lifecycle) = (readiness.answered.clone(), process.lifecycle().clone());
    process.require("API server", move || answered.is_raised());
    let operating = operate(client, settings.service, clock, readiness, lifecycle.clone());
    lifecycle.spawn("operator", operating);
    if !settings.server.admin_listen.is_empty() {
        process.serve_admin(TcpListener::bind(&settings.server.admin_listen).await?);
    }
    process.finished(Duration::from_millis(settings.server.grace_ms)).await;
    tracing::info!("stopped");
    Ok(())
}

#[expect(clippy::print_stderr, reason = "whoever starts a process reads why it does not start on its terminal")]
fn complain(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}

#[expect(clippy::print_stdout, reason = "it was asked for on the terminal")]
#[expect(clippy::unnecessary_wraps, reason = "the last step of those that can fail")]
fn print(text: &str) -> anyhow::Result<()> {
    println!("{text}");
    Ok(())
}
