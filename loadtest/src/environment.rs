//! What every profile needs: a database, a mail server, and how Tandem is started beside them; all of it private to the run.

use std::{
    future::Future,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result, anyhow};
use tempfile::TempDir;
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    broker::Broker,
    mail_sink::MailSink,
    server::{Database, Server},
    tandem::{Log, Setup},
};

/// Ends with this value, except for databases on a server that was given: those go by [`Environment::clear`].
pub(crate) struct Environment {
    pub(crate) server: Server,
    /// The program that is measured.
    pub(crate) own: Installation,
    /// The one that it is compared with.
    pub(crate) beside: Option<Installation>,
}

/// A program of Tandem with a database, a mail server and a folder of its own.
pub(crate) struct Installation {
    pub(crate) sink: MailSink,
    pub(crate) setup: Setup,
    name: String,
    data: TempDir,
}

impl Environment {
    /// Sets it up; nothing of Tandem runs yet.
    pub(crate) async fn open(beside: Option<&Path>) -> Result<Self> {
        let server = Server::open().await?;
        let program = std::env::current_exe()?.with_file_name("tandem");
        let name = format!("loadtest_{}", std::process::id());
        let other = match beside {
            Some(program) => Some(Installation::prepare(&server, program.to_owned(), format!("{name}_beside")).await?),
            None => None,
        };
        let own = Installation::prepare(&server, program, name).await?;
        Ok(Self { server, own, beside: other })
    }

    /// Has each service run as a process of its own, with a RabbitMQ between them.
    pub(crate) async fn split(&mut self) -> Result<()> {
        for installation in [Some(&mut self.own), self.beside.as_mut()].into_iter().flatten() {
            installation.setup.broker = Some(Arc::new(Broker::start().await?));
        }
        Ok(())
    }

    /// The name of the database for the fixed raw limit.
    pub(crate) fn fixed_name(&self) -> String {
        format!("{}_fixed", self.own.name)
    }

    /// Does something, unless we are told to stop first; what went wrong is told with the end of Tandem's log.
    pub(crate) async fn unless_stopped<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let mut terminated = signal(SignalKind::terminate())?;
        let outcome = tokio::select! {
            outcome = work => outcome,
            _ = tokio::signal::ctrl_c() => Err(anyhow!("interrupted")),
            _ = terminated.recv() => Err(anyhow!("terminated")),
        };
        let logs = [Some(&self.own), self.beside.as_ref()];
        let logs = logs.into_iter().flatten().map(|installation| installation.setup.log.last_lines());
        let logs: Vec<String> = logs.filter(|lines| !lines.is_empty()).collect();
        outcome.with_context(|| format!("Tandem's log ends:\n{}", logs.join("\n")))
    }

    /// Takes away what was made: a server that is not ours should not keep it, whatever came of it.
    pub(crate) async fn clear(&self) -> Result<()> {
        let name = &self.own.name;
        for leftover in [name.clone(), format!("{name}_raw"), format!("{name}_beside"), self.fixed_name()] {
            self.server.drop(&self.server.connect(&leftover)?).await?;
        }
        Ok(())
    }
}

impl Installation {
    async fn prepare(server: &Server, program: PathBuf, name: String) -> Result<Self> {
        let database = server.create(&name).await?;
        let sink = MailSink::start().await?;
        let data = tempfile::Builder::new().prefix("tandem-loadtest-data-").tempdir()?;
        let setup = Setup {
            program,
            database_url: database.url,
            mail_port: Some(sink.port),
            port: embedded::free_port(),
            data: data.path().to_owned(),
            demo: false,
            broker: None,
            log: Arc::new(Log::default()),
        };
        Ok(Self { sink, setup, name, data })
    }

    /// The database.
    pub(crate) fn database(&self, server: &Server) -> Result<Database> {
        server.connect(&self.name)
    }

    /// Where Tandem writes its mails if it has no mail server.
    pub(crate) fn mails(&self) -> PathBuf {
        self.data.path().join("mail")
    }
}
