//! Starting the built program with what a test gives it.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use testkit::{free_port, mail::Sink, otlp::Receiver, postgres::Database, process::Process, rabbitmq::Broker};
use tokio::{process::Command, sync::OnceCell};

use super::{Platform, SERVES, Shape};

/// What the names of data folders begin with, before the process that made them.
const FOLDER: &str = "tandem-platform-";

/// What a platform is started with.
pub struct Setup {
    shape: Shape,
    own_cluster: bool,
    settings: Vec<(&'static str, String)>,
}

impl Setup {
    /// The shape, on a fresh database of the tests' server.
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        Self { shape, own_cluster: false, settings: Vec::new() }
    }

    /// On a PostgreSQL cluster of its own in its data folder, which is what `tandem run` does by itself.
    #[must_use]
    pub fn with_own_cluster(self) -> Self {
        Self { own_cluster: true, ..self }
    }

    /// With one more environment variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.settings.push((name, value.into()));
        self
    }

    /// Starts it, and waits until it serves.
    ///
    /// # Panics
    /// If the program has not been built, or does not start; with its output.
    pub async fn start(self) -> Platform {
        sweep();
        let prefix = format!("{FOLDER}{}-", std::process::id());
        let folder = tempfile::Builder::new().prefix(&prefix).tempdir().expect("a temporary folder");
        // A cluster of its own runs under another account, which has to pass through the folder.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).expect("the folder is ours");
        let (mails, traces) = (Sink::start().await, Receiver::start().await);
        let database = if self.own_cluster { None } else { Some(Database::empty().await) };
        let broker = if self.shape == Shape::Split { Some(Broker::fresh().await) } else { None };
        let ports = [free_port(), free_port()];
        let mut environment = common_environment(folder.path(), ports, &mails, &traces);
        if let Some(database) = &database {
            environment.insert("TANDEM__DATABASE__URL".into(), database.url().to_owned());
        }
        if let Some(broker) = &broker {
            environment.insert("TANDEM__BROKER__URL".into(), broker.url().to_owned());
        }
        environment.extend(self.settings.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let process = launch(self.shape, environment.clone()).await;
        let shape = self.shape;
        let operator = OnceCell::new();
        Platform { mails, traces, database, shape, environment, ports, process, operator, folder, _broker: broker }
    }
}

/// Removes what platforms of processes that are gone have left: one that all tests of a process share is never dropped.
fn sweep() {
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(FOLDER)).and_then(|rest| rest.split('-').next());
        if owner.is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            // Another process may be sweeping too.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn common_environment(data: &Path, ports: [u16; 2], mails: &Sink, traces: &Receiver) -> BTreeMap<String, String> {
    let address = |port: u16| format!("127.0.0.1:{port}");
    let own = [
        ("DATA", data.join("data").display().to_string()),
        ("LISTEN", address(ports[0])),
        ("WEB_LISTEN", address(ports[1])),
        ("ADMIN_LISTEN", String::new()),
        ("NOTIFICATION__SMTP__HOST", "127.0.0.1".to_owned()),
        ("NOTIFICATION__SMTP__PORT", mails.port().to_string()),
        // A mail whose names have not arrived yet is put off; a test does not wait for half a minute.
        ("NOTIFICATION__FIRST_RETRY_S", "1".to_owned()),
        // People stay signed in as long as a slow run of all journeys takes.
        ("IDENTITY__ACCESS_TOKEN_SECONDS", "3600".to_owned()),
        ("IDENTITY__ARGON2__MEMORY_KIB", "8192".to_owned()),
        ("IDENTITY__ARGON2__PASSES", "1".to_owned()),
    ];
    let shared = [
        ("TANDEM__TELEMETRY__OTLP_ENDPOINT", traces.endpoint().to_owned()),
        ("TANDEM__TELEMETRY__LOG_FORMAT", "text".to_owned()),
        ("TANDEM__DATABASE__MAX_CONNECTIONS", "8".to_owned()),
        // Many platforms share two cores with a build; a wait is no failure.
        ("TANDEM__DATABASE__ACQUIRE_TIMEOUT_MS", "20000".to_owned()),
        ("TANDEM__SERVER__DEADLINE_MS", "30000".to_owned()),
    ];
    let own = own.into_iter().map(|(key, value)| (format!("TANDEM_TANDEM__SERVICE__{key}"), value));
    own.chain(shared.into_iter().map(|(key, value)| (key.to_owned(), value))).collect()
}

/// Starts the program on a thread of the runtime, not on the caller's: the child is told to end when the thread that
/// started it does, however that comes about, and a test's own thread ends with the test.
pub(super) async fn launch(shape: Shape, environment: BTreeMap<String, String>) -> Process {
    let spawned = tokio::spawn(async move { Process::spawn(command(shape, environment)) }).await;
    let mut process = spawned.expect("starting a process does not panic");
    let line = process.wait_for_line(SERVES).await;
    assert!(line.contains("http://"), "{line}");
    process
}

fn command(shape: Shape, environment: BTreeMap<String, String>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--"]).arg(built("tandem")).arg("run");
    if shape == Shape::Split {
        command.arg("--split");
    }
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TANDEM_")) {
        command.env_remove(name);
    }
    command.envs(environment);
    command
}

/// A built program, beside the folder of the tests' own executables.
pub(super) fn built(program: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a running program has a path");
    let built = test.parent().and_then(Path::parent).map(|folder| folder.join(program)).unwrap_or_default();
    assert!(built.exists(), "{} is missing: run `cargo build --workspace --bins` first", built.display());
    built
}
