//! A real `tandem run`.

use std::{
    collections::VecDeque,
    fs,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use tokio::{
    io::{BufReader, Lines},
    process::{ChildStdout, Command},
    time::timeout,
};

use crate::{
    broker::Broker,
    watchdog::{self, Watched},
};

/// How long Tandem may take to start or to stop.
const PATIENCE: Duration = Duration::from_secs(120);
/// Lines that are kept for whoever asks why.
const KEPT_LINES: usize = 40;

/// How Tandem is started; the same for each start of a run.
pub(crate) struct Setup {
    /// The all-in-one's program.
    pub(crate) program: PathBuf,
    pub(crate) database_url: String,
    /// Where a mail server listens; without one, mails become files in the data folder.
    pub(crate) mail_port: Option<u16>,
    pub(crate) port: u16,
    pub(crate) data: PathBuf,
    /// Whether an empty province is filled with the demonstration.
    pub(crate) demo: bool,
    /// Where each service is a process of its own: what is between them.
    pub(crate) broker: Option<Arc<Broker>>,
    /// What all the processes of the run wrote.
    pub(crate) log: Arc<Log>,
}

/// A running Tandem.
pub(crate) struct Tandem {
    pub(crate) pid: u32,
    /// What the first start of a province prints, once.
    pub(crate) first_operator: Option<FirstOperator>,
    log: Arc<Log>,
    watched: Watched,
}

/// Login and temporary password.
pub(crate) struct FirstOperator {
    pub(crate) login: String,
    pub(crate) temporary_password: String,
}

/// What Tandem wrote.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) errors: AtomicU64,
    pub(crate) warnings: AtomicU64,
    last: Mutex<VecDeque<String>>,
}

impl Setup {
    /// Starts Tandem and waits until it serves.
    pub(crate) async fn start(&self) -> Result<Tandem> {
        let program = &self.program;
        ensure!(program.exists(), "{} is not there: `cargo build --workspace --bins` makes it", program.display());
        let mut command = watchdog::command(program);
        command.arg("run").args(self.demo.then_some("--demo"));
        if self.broker.is_some() {
            // The environment would be its children's too, who know only settings of their own.
            let file = self.data.join("tandem.toml");
            fs::write(&file, toml(&self.environment()))?;
            command.args(["--split", "--config"]).arg(file);
        } else {
            command.envs(self.environment());
        }
        let (watched, mut lines) = watchdog::start(command).await?;
        let log = Arc::clone(&self.log);
        let started = timeout(PATIENCE, read_until_serving(&mut lines, &log)).await;
        let first_operator = started.context("tandem did not start in time")??;
        tokio::spawn(drain(lines, Arc::clone(&log)));
        Ok(Tandem { pid: watched.pid, first_operator, log, watched })
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        // One address makes all calls here: limits by address are for another measurement.
        let no_limit = "60000000".to_owned();
        let mut all = vec![
            ("TANDEM__DATABASE__URL", self.database_url.clone()),
            ("TANDEM__SERVICE__DATA", self.data.display().to_string()),
            ("TANDEM__SERVICE__LISTEN", format!("127.0.0.1:{}", self.port)),
            ("TANDEM__SERVICE__ADMIN_LISTEN", String::new()),
            // A mail whose sender was killed is taken up again after some multiple of this.
            ("TANDEM__SERVICE__NOTIFICATION__SMTP__TIMEOUT_MS", "5000".to_owned()),
            ("TANDEM__SERVICE__NOTIFICATION__FIRST_RETRY_S", "1".to_owned()),
            ("TANDEM__SERVICE__GATEWAY__CALLS_PER_MINUTE", no_limit.clone()),
            ("TANDEM__SERVICE__GATEWAY__SECRETS_PER_MINUTE", no_limit),
            ("TANDEM__SERVICE__WEB__SERVER_TIMING", "true".to_owned()),
            ("TANDEM__SERVER__GRACE_MS", "5000".to_owned()),
            ("TANDEM__TELEMETRY__LOG_FORMAT", "json".to_owned()),
        ];
        if let Some(broker) = &self.broker {
            all.extend([
                ("TANDEM__BROKER__URL", broker.url.clone()),
                ("TANDEM__SERVICE__WEB_LISTEN", format!("127.0.0.1:{}", embedded::free_port())),
            ]);
        }
        match self.mail_port {
            Some(port) => all.extend([
                ("TANDEM__SERVICE__NOTIFICATION__SMTP__HOST", "127.0.0.1".to_owned()),
                ("TANDEM__SERVICE__NOTIFICATION__SMTP__PORT", port.to_string()),
            ]),
            None => all.push(("TANDEM__SERVICE__NOTIFICATION__FOLDER", self.data.join("mail").display().to_string())),
        }
        all
    }
}

impl Tandem {
    /// Ends it at once, as a power cut would.
    pub(crate) async fn kill(mut self) -> Result<()> {
        let killed = Command::new("kill").args(["-KILL", &self.pid.to_string()]).status().await?;
        ensure!(killed.success(), "tandem had ended before it was killed:\n{}", self.log.last_lines());
        self.finish().await
    }

    /// Asks it to end, and waits.
    pub(crate) async fn stop(mut self) -> Result<()> {
        self.finish().await
    }

    async fn finish(&mut self) -> Result<()> {
        self.watched.finish(PATIENCE).await.with_context(|| format!("tandem:\n{}", self.log.last_lines()))
    }
}

impl Log {
    fn take(&self, line: String) {
        if line.contains(r#""level":"ERROR""#) {
            self.errors.fetch_add(1, Ordering::Relaxed);
        } else if line.contains(r#""level":"WARN""#) {
            self.warnings.fetch_add(1, Ordering::Relaxed);
        } else if line.starts_with('{') {
            return;
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.len() == KEPT_LINES {
            last.pop_front();
        }
        last.push_back(line);
    }

    /// The last lines that tell of something other than the day's work.
    pub(crate) fn last_lines(&self) -> String {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

async fn read_until_serving(lines: &mut Lines<BufReader<ChildStdout>>, log: &Log) -> Result<Option<FirstOperator>> {
    let mut operator = None;
    while let Some(line) = lines.next_line().await? {
        if let Some(found) = first_operator(&line) {
            operator = Some(found);
        } else if line.starts_with("Tandem serves ") {
            return Ok(operator);
        } else {
            log.take(line);
        }
    }
    bail!("tandem did not start:\n{}", log.last_lines())
}

/// Settings of the environment as a file has them.
fn toml(settings: &[(&str, String)]) -> String {
    let line = |(name, value): &(&str, String)| {
        let name = name.trim_start_matches("TANDEM__").to_lowercase().replace("__", ".");
        let is_plain = value.parse::<u64>().is_ok() || value.parse::<bool>().is_ok();
        // Neither addresses nor paths hold what a quoted text would have to escape.
        if is_plain { format!("{name} = {value}\n") } else { format!("{name} = '{value}'\n") }
    };
    settings.iter().map(line).collect()
}

async fn drain(mut lines: Lines<BufReader<ChildStdout>>, log: Arc<Log>) {
    while let Ok(Some(line)) = lines.next_line().await {
        log.take(line);
    }
}

fn first_operator(line: &str) -> Option<FirstOperator> {
    let (login, password) = line.strip_prefix("First operator: login ")?.split_once(", temporary password ")?;
    Some(FirstOperator { login: login.to_owned(), temporary_password: password.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_operator_is_read_from_what_the_first_start_prints() {
        let found = first_operator("First operator: login toperator, temporary password Abc-123, x").unwrap();
        assert_eq!((&*found.login, &*found.temporary_password), ("toperator", "Abc-123, x"));
    }

    #[test]
    fn settings_of_the_environment_are_written_as_a_file_has_them() {
        let settings = [
            ("TANDEM__SERVER__GRACE_MS", "5000".to_owned()),
            ("TANDEM__SERVICE__WEB__SERVER_TIMING", "true".to_owned()),
        ];
        assert_eq!(toml(&settings), "server.grace_ms = 5000\nservice.web.server_timing = true\n");
        assert_eq!(toml(&[("TANDEM__BROKER__URL", "amqp://a/%2f".to_owned())]), "broker.url = 'amqp://a/%2f'\n");
    }

    #[test]
    fn only_what_went_wrong_is_kept_of_the_log() {
        let log = Log::default();
        log.take(r#"{"level":"INFO","message":"a day's work"}"#.into());
        log.take(r#"{"level":"ERROR","message":"internal error"}"#.into());
        assert_eq!(log.errors.load(Ordering::Relaxed), 1);
        assert!(!log.last_lines().contains("INFO") && log.last_lines().contains("internal error"));
    }
}
