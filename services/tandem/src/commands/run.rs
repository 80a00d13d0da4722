//! `tandem run`.

use std::time::Duration;

use anyhow::Context as _;
use chassis::{Settings, telemetry};
use clap::Args;
use tokio::net::TcpListener;

use super::{demo, env, print, ready::last_words, welcome};
use crate::{Config, database::Databases, platform::Platform, split};

/// How long the start may take until it says where Tandem is, come what may.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves the province until told to stop.
#[derive(Args)]
pub(crate) struct Run {
    /// Fills an empty province with the demonstration first, and prints its accounts when all has started.
    #[arg(long)]
    demo: bool,
    /// Starts each service as a process of its own, with RabbitMQ between them.
    #[arg(long)]
    split: bool,
}

pub(crate) async fn execute(mut settings: Settings<Config>, run: Run) -> anyhow::Result<()> {
    let pages = if run.split { &settings.service.web_listen } else { &settings.service.listen }.clone();
    settings.service.reached_at(&pages);
    // Whoever wants an address that is taken learns it before anything is started and filled.
    listen("service.listen", &settings.service.listen).await?;
    if run.split {
        listen("service.web_listen", &settings.service.web_listen).await?;
    }
    let databases = Databases::open(&settings).await?;
    if run.demo {
        demo::load(&settings, &databases).await?;
    }
    if run.split {
        return Box::pin(split::run(settings, databases, run.demo)).await;
    }
    let _telemetry = telemetry::init(&settings.telemetry, "tandem", &settings.province.code)?;
    let mut platform = Platform::assemble(&settings, env(&settings)?, &databases).await?;
    welcome::begin(&platform, &settings).await?;
    platform.process.lifecycle().listen_to_signals(Duration::from_millis(settings.server.linger_ms))?;
    let listener = listen("service.listen", &settings.service.listen).await?;
    let address = listener.local_addr()?;
    platform.open(&settings, &databases, listener).await?;
    platform.process.start();
    if !settings.service.admin_listen.is_empty() {
        platform.process.serve_admin(TcpListener::bind(&settings.service.admin_listen).await?);
    }
    platform.process.settled(PATIENCE).await;
    print(&last_words(&settings.province.code, &format!("http://{address}"), run.demo))?;
    platform.process.finished(Duration::from_millis(settings.server.grace_ms)).await;
    drop(databases);
    print("Tandem has stopped")
}

async fn listen(key: &str, address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("{key}: nobody can listen at {address}"))
}
