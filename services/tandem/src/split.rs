//! The shape of a cluster on one machine: each service a process of its own, RabbitMQ between them. One that ends by itself is started
//! again, as a cluster would; all end with this one, however it ends, since it holds what they read from.

use std::{collections::BTreeMap, path::PathBuf, process::Stdio, time::Duration};

use anyhow::Context as _;
use chassis::{Lifecycle, Process, Settings, telemetry};
use embedded::{Home, free_port, rabbitmq::Node};
use tokio::{
    net::TcpStream,
    process::{Child, Command},
    time::Instant,
};

use crate::{
    Config,
    commands::{env, print, ready::last_words, welcome},
    data,
    database::{Databases, SERVICES},
    platform::{Platform, TOPOLOGIES},
};

const GATEWAY: &str = "gateway";
const WEB: &str = "web";
/// How long a service may take until it listens.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest that a service which ends again and again waits for its next start.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A service that has run so long has started well.
const STEADY: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);

/// Each process by the name of its service.
type Processes = BTreeMap<&'static str, Supervised>;

/// A process that is started again when it ends by itself.
struct Supervised {
    command: Command,
    child: Child,
    started: Instant,
    /// How long it waits before its next start; twice as long after each that did not last.
    pause: Duration,
}

impl Supervised {
    fn start(mut command: Command) -> anyhow::Result<Self> {
        let child = spawn(&mut command)?;
        Ok(Self { command, child, started: Instant::now(), pause: Duration::ZERO })
    }

    fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Starts it anew if it has ended, once its pause is over. A start that fails is a short life.
    fn revive(&mut self, name: &str) {
        if !self.has_ended() {
            return;
        }
        if self.started.elapsed() >= STEADY {
            self.pause = Duration::ZERO;
        }
        if self.started.elapsed() < self.pause {
            return;
        }
        let status = self.child.try_wait().ok().flatten().map(|status| status.to_string());
        tracing::error!(process = name, status, "has ended by itself and is started again");
        self.pause = (self.pause * 2).clamp(PAUSE, LONGEST_PAUSE);
        self.started = Instant::now();
        match spawn(&mut self.command) {
            Ok(child) => self.child = child,
            Err(error) => tracing::error!(process = name, error = format!("{error:#}"), "cannot be started"),
        }
    }
}

/// Runs until told to stop. A process that ends by itself is started again.
pub(crate) async fn run(mut settings: Settings<Config>, databases: Databases, demo: bool) -> anyhow::Result<()> {
    let _telemetry = telemetry::init(&settings.telemetry, "tandem", &settings.province.code)?;
    let lifecycle = Lifecycle::default();
    lifecycle.listen_to_signals(Duration::ZERO)?;
    let node = broker(&mut settings).await?;
    let platform = Platform::assemble(&settings, env(&settings)?, &databases).await?;
    welcome::begin(&platform, &settings).await?;
    drop(platform);
    Process::transport(&settings).declare(&TOPOLOGIES).await?;

    let addresses = SERVICES.map(|schema| (schema, format!("127.0.0.1:{}", free_port())));
    let mut processes = start(&settings, &databases, &BTreeMap::from(addresses.clone()))?;
    for (_, address) in &addresses {
        wait_until_listening(address, &mut processes).await?;
    }
    wait_until_listening(&settings.service.listen, &mut processes).await?;
    wait_until_listening(&settings.service.web_listen, &mut processes).await?;
    let Config { listen, web_listen, .. } = &settings.service;
    let places = format!("http://{listen}, its pages at http://{web_listen}, from {} processes", processes.len());
    print(&last_words(&settings.province.code, &places, demo))?;
    while tokio::time::timeout(PAUSE, lifecycle.soft().cancelled()).await.is_err() {
        processes.iter_mut().for_each(|(name, process)| process.revive(name));
    }
    stop(&mut processes, Duration::from_millis(settings.server.grace_ms)).await;
    drop((node, databases));
    print("Tandem has stopped")
}

/// The broker that is given, or a node of our own in the data folder.
async fn broker(settings: &mut Settings<Config>) -> anyhow::Result<Option<Node>> {
    if !settings.broker.url.is_empty() {
        return Ok(None);
    }
    let home = Home::Kept(data::broker(&settings.service.data));
    let node = tokio::task::spawn_blocking(|| Node::start(home)).await??;
    settings.broker.url = chassis::Secret::new(node.url());
    Ok(Some(node))
}

fn start(
    settings: &Settings<Config>,
    databases: &Databases,
    addresses: &BTreeMap<&str, String>,
) -> anyhow::Result<Processes> {
    let mut shared = Vec::new();
    flatten("TANDEM__SERVER", &serde_json::to_value(&settings.server)?, &mut shared);
    flatten("TANDEM__DATABASE", &serde_json::to_value(&settings.database)?, &mut shared);
    let mut common: BTreeMap<String, String> = shared.into_iter().collect();
    common.extend([
        ("TANDEM__PROVINCE__CODE".to_owned(), settings.province.code.clone()),
        ("TANDEM__PROVINCE__TIME_ZONE".to_owned(), settings.province.time_zone.clone()),
        ("TANDEM__INTERNAL__SECRET".to_owned(), settings.internal.secret.expose().to_owned()),
        ("TANDEM__INTERNAL__ACCEPTED_SECRET".to_owned(), settings.internal.accepted_secret.expose().to_owned()),
        ("TANDEM__BROKER__URL".to_owned(), settings.broker.url.expose().to_owned()),
        ("TANDEM__BROKER__CA_FILE".to_owned(), settings.broker.ca_file.clone()),
        ("TANDEM__TELEMETRY__OTLP_ENDPOINT".to_owned(), settings.telemetry.otlp_endpoint.clone()),
        ("TANDEM__TELEMETRY__LOG_FORMAT".to_owned(), settings.telemetry.log_format.name().to_owned()),
        ("TANDEM__TELEMETRY__LOG_FILTER".to_owned(), settings.telemetry.log_filter.clone()),
        ("TANDEM__SERVER__ADMIN_LISTEN".to_owned(), String::new()),
        ("TANDEM__SERVER__ENDS_WITH_INPUT".to_owned(), true.to_string()),
    ]);
    for schema in SERVICES {
        common.insert(format!("TANDEM__PEERS__{}", schema.to_uppercase()), format!("http://{}", addresses[schema]));
    }
    let mut processes = Processes::new();
    for schema in SERVICES {
        let own = [
            ("DATABASE__URL", databases.url(schema).expose().to_owned()),
            ("SERVER__LISTEN", addresses[schema].clone()),
        ];
        processes.insert(schema, start_one(schema, &common, &own, &service_keys(settings, schema)?)?);
    }
    let gateway = [("SERVER__LISTEN", settings.service.listen.clone())];
    processes.insert(GATEWAY, start_one(GATEWAY, &common, &gateway, &service_keys(settings, GATEWAY)?)?);
    let web = [
        ("DATABASE__URL", databases.url(WEB).expose().to_owned()),
        ("SERVER__LISTEN", settings.service.web_listen.clone()),
        ("SERVICE__GATEWAY", format!("http://{}", settings.service.listen)),
        ("SERVICE__SECURE_COOKIES", settings.service.web.secure_cookies.unwrap_or(false).to_string()),
    ];
    processes.insert(WEB, start_one(WEB, &common, &web, &service_keys(settings, WEB)?)?);
    Ok(processes)
}

/// A service's own settings, as the environment names them. Secrets are not in them: they are masked when written.
fn service_keys(settings: &Settings<Config>, service: &str) -> anyhow::Result<Vec<(String, String)>> {
    let all = serde_json::to_value(&settings.service)?;
    let mut keys = Vec::new();
    if let Some(own) = all.get(service) {
        flatten("SERVICE", own, &mut keys);
    }
    if service == "notification" {
        let secret = settings.service.notification.link_secret.expose().to_owned();
        keys.push(("SERVICE__LINK_SECRET".to_owned(), secret));
        let password = settings.service.notification.smtp.password.expose().to_owned();
        keys.push(("SERVICE__SMTP__PASSWORD".to_owned(), password));
    }
    Ok(keys)
}

fn flatten(prefix: &str, value: &serde_json::Value, keys: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                flatten(&format!("{prefix}__{}", name.to_uppercase()), value, keys);
            }
        }
        serde_json::Value::String(text) if text == "***" => {}
        serde_json::Value::String(text) => keys.push((prefix.to_owned(), text.clone())),
        serde_json::Value::Bool(_) | serde_json::Value::Number(_) => keys.push((prefix.to_owned(), value.to_string())),
        // Lists are given in files alone; here they hold their defaults.
        serde_json::Value::Array(_) | serde_json::Value::Null => {}
    }
}

fn start_one(
    service: &'static str,
    common: &BTreeMap<String, String>,
    own: &[(&str, String)],
    keys: &[(String, String)],
) -> anyhow::Result<Supervised> {
    let prefix = format!("TANDEM_{}__", service.to_uppercase());
    let mut command = Command::new(program(service)?);
    // Our own file and environment are not theirs: what they share is told below.
    command.env_remove("TANDEM_CONFIG");
    for (key, _) in std::env::vars_os().filter(|(key, _)| key.to_string_lossy().starts_with("TANDEM__")) {
        command.env_remove(key);
    }
    command
        .envs(common)
        .envs(keys.iter().map(|(key, value)| (format!("{prefix}{key}"), value)))
        .envs(own.iter().map(|(key, value)| (format!("{prefix}{key}"), value)))
        .stdin(Stdio::piped())
        // Ctrl-C reaches the whole foreground group; we tell the children ourselves, when it is their turn.
        .process_group(0)
        .kill_on_drop(true);
    Supervised::start(command)
}

fn spawn(command: &mut Command) -> anyhow::Result<Child> {
    let program = command.as_std().get_program().to_string_lossy().into_owned();
    command.spawn().with_context(|| format!("{program} can't be started"))
}

/// The binary of a service, beside our own.
fn program(service: &str) -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own.with_file_name(format!("tandem-{service}")))
}

async fn wait_until_listening(address: &str, processes: &mut Processes) -> anyhow::Result<()> {
    let listening = async {
        while TcpStream::connect(address).await.is_err() {
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::select! {
        done = tokio::time::timeout(PATIENCE, listening) => done.with_context(|| format!("nobody listens at {address}")),
        name = first_to_end(processes) => anyhow::bail!("{name} did not start; its log tells why"),
    }
}

async fn first_to_end(processes: &mut Processes) -> &'static str {
    loop {
        if let Some(name) = processes.iter_mut().find_map(|(name, process)| process.has_ended().then_some(*name)) {
            return name;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// The gateway closes first, then what is behind it.
async fn stop(processes: &mut Processes, grace: Duration) {
    let (front, back): (Vec<_>, Vec<_>) = processes.iter_mut().partition(|(name, _)| [GATEWAY, WEB].contains(*name));
    for group in [front, back] {
        for (_, process) in &group {
            if let Some(pid) = process.child.id() {
                // A child that is gone already needs no signal.
                let _ = Command::new("kill").args(["-TERM", &pid.to_string()]).status().await;
            }
        }
        for (name, Supervised { child, .. }) in group {
            // Waiting would close what it reads from.
            let _held = child.stdin.take();
            if tokio::time::timeout(grace + PAUSE, child.wait()).await.is_err() {
                tracing::warn!(process = *name, "did not stop in time");
                // What does not end when asked is ended.
                let _ = child.kill().await;
            }
        }
    }
}
