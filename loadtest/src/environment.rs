//! What every profile needs: a database, a mail server, and how Tandem is started beside them; all of it private to the run.

use std::{future::Future, path::PathBuf, sync::Arc};

use anyhow::{Context as _, Result, anyhow};
use tempfile::TempDir;
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    mail_sink::MailSink,
    server::{Database, Server},
    tandem::{Log, Setup},
};

/// Ends with this value, except for databases on a server that was given: those go by [`Environment::clear`].
pub(crate) struct Environment {
    pub(crate) server: Server,
    pub(crate) sink: MailSink,
    pub(crate) setup: Setup,
    name: String,
    data: TempDir,
}

impl Environment {
    /// Sets it up; nothing of Tandem runs yet.
    pub(crate) async fn open() -> Result<Self> {
        let server = Server::open().await?;
        let name = format!("loadtest_{}", std::process::id());
        let database = server.create(&name).await?;
        let sink = MailSink::start().await?;
        let data = tempfile::Builder::new().prefix("tandem-loadtest-data-").tempdir()?;
        let setup = Setup {
            database_url: database.url,
            mail_port: Some(sink.port),
            port: embedded::free_port(),
            data: data.path().to_owned(),
            demo: false,
            log: Arc::new(Log::default()),
        };
        Ok(Self { server, sink, setup, name, data })
    }

    /// The database.
    pub(crate) fn database(&self) -> Result<Database> {
        self.server.connect(&self.name)
    }

    /// The name of the database for the fixed raw limit.
    pub(crate) fn fixed_name(&self) -> String {
        format!("{}_fixed", self.name)
    }

    /// Where Tandem writes its mails if it has no mail server.
    pub(crate) fn mails(&self) -> PathBuf {
        self.data.path().join("mail")
    }

    /// Does something, unless we are told to stop first; what went wrong is told with the end of Tandem's log.
    pub(crate) async fn unless_stopped<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let mut terminated = signal(SignalKind::terminate())?;
        let outcome = tokio::select! {
            outcome = work => outcome,
            _ = tokio::signal::ctrl_c() => Err(anyhow!("interrupted")),
            _ = terminated.recv() => Err(anyhow!("terminated")),
        };
        outcome.with_context(|| format!("Tandem's log ends:\n{}", self.setup.log.last_lines()))
    }

    /// Takes away what was made: a server that is not ours should not keep it, whatever came of it.
    pub(crate) async fn clear(&self) -> Result<()> {
        for leftover in [self.name.clone(), format!("{}_raw", self.name), self.fixed_name()] {
            self.server.drop(&self.server.connect(&leftover)?).await?;
        }
        Ok(())
    }
}
