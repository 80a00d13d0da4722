//! All services of a province in one process.

use chassis::{Component, Host, Incoming, Process, Service, Settings, config, migrate};
use configuration::Configuration;
use eventing::Topology;
use gateway::Gateway;
use identity::Identity;
use kernel::Env;
use notification::Notification;
use placement::Placement;
use reporting::Reporting;
use tokio::net::TcpListener;
use web::Web;

use crate::{
    Config,
    archive::Migrations,
    database::{Databases, SERVICES},
};

/// The events of all services that have some.
pub(crate) const TOPOLOGIES: [&Topology; 5] =
    [Identity::TOPOLOGY, Configuration::TOPOLOGY, Placement::TOPOLOGY, Notification::TOPOLOGY, Reporting::TOPOLOGY];

/// The newest migrations that this program knows, by schema and by the table that counts them.
pub(crate) fn newest_migrations() -> Migrations {
    let of = [
        (Identity::NAME, migrate::newest::<Identity>()),
        (Configuration::NAME, migrate::newest::<Configuration>()),
        (Placement::NAME, migrate::newest::<Placement>()),
        (Notification::NAME, migrate::newest::<Notification>()),
        (Reporting::NAME, migrate::newest::<Reporting>()),
        (Web::NAME, migrate::newest::<Web>()),
    ];
    of.into_iter().map(|(schema, newest)| (schema.to_owned(), newest)).collect()
}

/// The services that have been put together. Nothing flows until [`Process::start`].
pub(crate) struct Platform {
    pub(crate) process: Process,
    pub(crate) identity: Host,
    pub(crate) configuration: Host,
    pub(crate) placement: Host,
    pub(crate) notification: Host,
    pub(crate) reporting: Host,
}

impl Platform {
    /// Builds all services with a schema; migrates them first.
    pub(crate) async fn assemble(settings: &Settings<Config>, env: Env, databases: &Databases) -> anyhow::Result<Self> {
        Self::assemble_in(Process::new(env, Process::transport(settings), &SERVICES), settings, databases).await
    }

    /// The same in a process that has been prepared otherwise.
    pub(crate) async fn assemble_in(
        mut process: Process,
        settings: &Settings<Config>,
        databases: &Databases,
    ) -> anyhow::Result<Self> {
        let inner = settings.service.clone();
        // Brings the schema up to date; the front end itself is built when the gateway's address is known.
        process.build::<Web>(pages(settings, databases, String::new()), true).await?;
        let part = &mut process;
        Ok(Self {
            identity: add::<Identity>(part, settings, databases, inner.identity).await?,
            configuration: add::<Configuration>(part, settings, databases, inner.configuration).await?,
            placement: add::<Placement>(part, settings, databases, inner.placement).await?,
            notification: add::<Notification>(part, settings, databases, inner.notification).await?,
            reporting: add::<Reporting>(part, settings, databases, inner.reporting).await?,
            process,
        })
    }

    /// Opens the gateway, with the pages behind it for whatever is no call. The front end calls the gateway at its own
    /// address, as it would across a cluster.
    pub(crate) async fn open(
        &mut self,
        settings: &Settings<Config>,
        databases: &Databases,
        listener: TcpListener,
    ) -> anyhow::Result<()> {
        let (server, broker) = (&settings.server, &settings.broker);
        let own = pages(settings, databases, format!("http://{}", listener.local_addr()?));
        let (host, mut pages) = self.process.build::<Web>(own, false).await?;
        let behind = pages.take_http();
        self.process.attach::<Web>(&host, pages, server, broker, Incoming::Memory)?;
        let own = settings_of::<Gateway>(settings, None, settings.service.gateway.clone());
        let (host, _) = self.process.build::<Gateway>(own, false).await?;
        let entry = Component::new().http(gateway::router(&host, &settings.service.gateway, behind)?);
        self.process.attach::<Gateway>(&host, entry, server, broker, Incoming::Network(listener))
    }

    /// The services with a schema, by name.
    pub(crate) fn hosts(&self) -> [&Host; 5] {
        [&self.identity, &self.configuration, &self.placement, &self.notification, &self.reporting]
    }
}

fn pages(settings: &Settings<Config>, databases: &Databases, gateway: String) -> Settings<web::Config> {
    let config = settings.service.web.clone();
    let gateway = if gateway.is_empty() { config.gateway.clone() } else { gateway };
    settings_of::<Web>(
        settings,
        Some(databases),
        web::Config { gateway, secure_cookies: Some(config.secure_cookies.unwrap_or(false)), ..config },
    )
}

async fn add<S: Service>(
    process: &mut Process,
    settings: &Settings<Config>,
    databases: &Databases,
    config: S::Config,
) -> anyhow::Result<Host> {
    let settings = settings_of::<S>(settings, Some(databases), config);
    process.add::<S>(settings, Incoming::Memory, true).await
}

fn settings_of<S: Service>(
    settings: &Settings<Config>,
    databases: Option<&Databases>,
    service: S::Config,
) -> Settings<S::Config> {
    let url = databases.map(|d| d.url(S::NAME)).unwrap_or_default();
    Settings {
        province: settings.province.clone(),
        database: config::Database { url, ..settings.database.clone() },
        broker: settings.broker.clone(),
        server: settings.server.clone(),
        telemetry: settings.telemetry.clone(),
        internal: settings.internal.clone(),
        peers: settings.peers.clone(),
        service,
    }
}
