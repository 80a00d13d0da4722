//! The command line of a service's own binary.

use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use clap::{Parser, Subcommand};
use kernel::SystemClock;
use tokio::net::TcpListener;

use crate::{
    Db, Incoming, Process, Service, Settings,
    config::{self},
    migrate, telemetry,
};

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
    /// Brings the service's schema up to date and declares its queues, then ends.
    Migrate,
}

/// The process of one service: reads settings and arguments, serves until told to stop.
#[must_use]
pub fn main<S: Service>() -> ExitCode {
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run::<S>(Arguments::parse())));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "whoever starts a process reads why it does not start on its terminal")]
fn complain(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}

#[expect(clippy::print_stdout, reason = "the settings were asked for on the terminal")]
fn print<C: serde::Serialize>(settings: &Settings<C>) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string_pretty(settings)?);
    Ok(())
}

async fn run<S: Service>(arguments: Arguments) -> anyhow::Result<()> {
    let settings: Settings<S::Config> = config::load(S::NAME, arguments.config.as_deref())?;
    if arguments.print_config {
        return print(&settings);
    }
    let _telemetry = telemetry::init(&settings.telemetry, S::NAME, &settings.province.code)?;
    let env = Process::env(&settings, Arc::new(SystemClock))?;
    if matches!(arguments.command, Some(Command::Migrate)) {
        return migrate_schema::<S>(&settings, &env).await;
    }
    if S::migrator().is_some() {
        anyhow::ensure!(!settings.database.url.is_empty(), "database.url is required");
    }
    if S::TOPOLOGY.has_events() {
        anyhow::ensure!(
            !settings.broker.url.is_empty(),
            "broker.url is required: services in processes of their own share nothing but a broker"
        );
    }
    let mut process = Process::new(env, Process::transport(&settings), &[S::NAME]);
    process.lifecycle().listen_to_signals(Duration::from_millis(settings.server.linger_ms))?;
    if settings.server.ends_with_input {
        process.lifecycle().end_with_input();
    }
    let (server, province) = (settings.server.clone(), settings.province.code.clone());
    let listener = TcpListener::bind(&server.listen).await?;
    process.add::<S>(settings, Incoming::Network(listener), false).await?;
    process.start();
    if !server.admin_listen.is_empty() {
        process.serve_admin(TcpListener::bind(&server.admin_listen).await?);
    }
    tracing::info!(service = S::NAME, province, listen = server.listen, "serving");
    process.finished(Duration::from_millis(server.grace_ms)).await;
    tracing::info!(service = S::NAME, "stopped");
    Ok(())
}

async fn migrate_schema<S: Service>(settings: &Settings<S::Config>, env: &kernel::Env) -> anyhow::Result<()> {
    migrate::run::<S>(&Db::open(&settings.database, S::NAME, Arc::clone(&env.clock))?).await?;
    if !settings.broker.url.is_empty() {
        Process::transport(settings).declare(&[S::TOPOLOGY]).await?;
    }
    Ok(())
}
