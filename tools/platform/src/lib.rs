//! Tandem as people run it: the built program `tandem` as a child, in either shape, with a mail server and a trace receiver
//! of its own, reached over the network alone; a client of its REST API, and a [`browser`]. What a test does to it, a person
//! could do.

pub mod browser;
mod children;
mod front_end;
mod rest;
mod setup;

use std::{collections::BTreeMap, path::Path};

pub use front_end::FrontEnd;
pub use rest::Rest;
pub use setup::Setup;
use tempfile::TempDir;
pub use testkit::answer::Answer;
use testkit::{mail::Sink, otlp::Receiver, postgres::Database, process::Process, rabbitmq::Broker, wait_for};
use tokio::sync::OnceCell;
use tonic::transport::{Channel, Endpoint};

use self::{children::Child, setup::launch};

/// The password that the first operator chooses in a platform under test.
pub const OPERATORS_PASSWORD: &str = "Une seule porte, 2026!";
const SERVES: &str = "Tandem serves";
const STOPPED: &str = "Tandem has stopped";

/// How Tandem runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All services in one process, events handed over in tables.
    OneProcess,
    /// Each service as a process of its own, RabbitMQ between them.
    Split,
}

/// A running province, with nobody in it but the first operator. Its processes end with this value, and with the thread
/// of the runtime that started them.
pub struct Platform {
    /// What its mail server has taken.
    pub mails: Sink,
    /// What its processes have told of their work.
    pub traces: Receiver,
    /// The database, unless the cluster is its own.
    pub database: Option<Database>,
    shape: Shape,
    environment: BTreeMap<String, String>,
    ports: [u16; 2],
    process: Process,
    operator: OnceCell<Rest>,
    folder: TempDir,
    _broker: Option<Broker>,
}

impl Platform {
    /// Starts a platform with nothing special.
    ///
    /// # Panics
    /// As [`Setup::start`].
    pub async fn start(shape: Shape) -> Self {
        Setup::new(shape).start().await
    }

    /// Where the gateway is.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports[0])
    }

    /// Where the pages are.
    #[must_use]
    pub fn pages_url(&self) -> String {
        match self.shape {
            Shape::OneProcess => self.base_url(),
            Shape::Split => format!("http://127.0.0.1:{}", self.ports[1]),
        }
    }

    /// Where data and secrets are kept.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What its processes have written since they were started last.
    #[must_use]
    pub fn output(&self) -> String {
        self.process.output()
    }

    /// A client of the REST API without a token, at an address of its own, as every network has one: limits by address
    /// count it apart.
    #[must_use]
    pub fn rest(&self) -> Rest {
        Rest::new(self.base_url())
    }

    /// The first operator, who has chosen a password as the first sign-in demands.
    ///
    /// # Panics
    /// If the platform did not print a first operator, or refuses the new password.
    pub async fn operator(&self) -> Rest {
        let first = || async {
            let login = self.operators_login();
            let output = self.output();
            let line =
                output.lines().find(|line| line.contains("First operator")).expect("a first operator is printed");
            let (_, temporary) = line.rsplit_once("temporary password ").expect("the line ends with the password");
            self.rest().choose_password(&login, temporary.trim(), OPERATORS_PASSWORD).await
        };
        self.operator.get_or_init(first).await.clone()
    }

    /// The first operator's login, as it was printed.
    ///
    /// # Panics
    /// If it was not.
    #[must_use]
    pub fn operators_login(&self) -> String {
        let output = self.output();
        let (_, rest) = output.split_once("First operator: login ").expect("a first operator is printed");
        rest.split(',').next().unwrap_or_default().trim().to_owned()
    }

    /// A gRPC connection to the gateway, from an address of its own.
    ///
    /// # Panics
    /// If there is none to be had.
    pub async fn grpc(&self) -> Channel {
        let endpoint = Endpoint::from_shared(self.base_url()).expect("a base URL is an address");
        let endpoint = endpoint.local_address(Some(rest::next_address()));
        endpoint.connect().await.expect("the gateway takes connections")
    }

    /// Asks it to end as an operating system does, and waits until it has.
    ///
    /// # Panics
    /// If it does not end cleanly; with its output.
    pub async fn stop(&mut self) {
        self.process.terminate().await;
        self.check_clean_end().await;
    }

    /// Asks it to end as Ctrl-C does, and waits until it has.
    ///
    /// # Panics
    /// If it does not end cleanly; with its output.
    pub async fn interrupt(&mut self) {
        if let Some(pid) = self.process.id() {
            children::signal("INT", pid);
        }
        self.check_clean_end().await;
    }

    /// Ends it at once, with all its processes, as a power cut would.
    pub async fn kill(&mut self) {
        let all = self.children();
        self.process.kill().await;
        all.iter().for_each(|child| children::signal("KILL", child.pid));
    }

    /// Ends its first process at once, and waits until all that it has started have ended by themselves.
    ///
    /// # Panics
    /// If one goes on.
    pub async fn kill_first_process(&mut self) {
        let all = self.children();
        self.process.kill().await;
        for child in all {
            wait_for(&format!("{} to end", child.name), async || children::is_gone(child.pid)).await;
        }
    }

    /// Ends the database of its own at once.
    ///
    /// # Panics
    /// If it has none.
    pub fn kill_database(&self) {
        let file = self.folder().join("data/postgres/data/postmaster.pid");
        let lines = std::fs::read_to_string(file).expect("a database of its own");
        let pid = lines.lines().next().and_then(|pid| pid.trim().parse().ok()).expect("its process");
        children::signal("KILL", pid);
    }

    /// Ends one service's process at once.
    ///
    /// # Panics
    /// If there is no such process.
    pub fn kill_service(&self, service: &str) {
        let name = format!("tandem-{service}");
        let child = self.children().into_iter().find(|child| child.name == name);
        children::signal("KILL", child.unwrap_or_else(|| panic!("no process {name}")).pid);
    }

    /// Starts it again, on the same data and the same addresses.
    ///
    /// # Panics
    /// As [`Setup::start`].
    pub async fn start_again(&mut self) {
        self.process = launch(self.shape, self.environment.clone()).await;
    }

    async fn check_clean_end(&mut self) {
        let status = self.process.wait().await;
        assert!(status.success(), "tandem ended with {status}:\n{}", self.output());
        wait_for("the last word", async || self.output().contains(STOPPED)).await;
    }

    fn children(&self) -> Vec<Child> {
        self.process.id().map(children::of).unwrap_or_default()
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        // It goes first, or it would start the others again; they would end by themselves, but not at once.
        let all = self.children();
        self.process
            .id()
            .into_iter()
            .chain(all.into_iter().map(|child| child.pid))
            .for_each(|pid| children::signal("KILL", pid));
    }
}
