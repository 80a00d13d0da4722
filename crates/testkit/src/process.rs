//! A child process whose output is kept and which can be ended in both ways.

use std::{
    process::{ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, BufReader},
    process::{Child, Command},
};

use crate::wait_for_some;

/// A running child; killed when dropped.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Process {
    /// Starts `command` with its output captured.
    ///
    /// # Panics
    /// If it can't be started.
    #[must_use]
    pub fn spawn(mut command: Command) -> Self {
        let name = command.as_std().get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{name} can't be started: {error}"));
        let lines = Arc::new(Mutex::new(Vec::new()));
        if let Some(stdout) = child.stdout.take() {
            tokio::spawn(collect(stdout, Arc::clone(&lines)));
        }
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(collect(stderr, Arc::clone(&lines)));
        }
        Self { name, child, lines }
    }

    /// What it has written so far, both streams, line by line.
    #[must_use]
    pub fn output(&self) -> String {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }

    /// Waits for a line that contains `text`, and answers it.
    ///
    /// # Panics
    /// If the process ends without it or it doesn't come in time; with the output.
    pub async fn wait_for_line(&mut self, text: &str) -> String {
        let Self { name, child, lines } = self;
        let what = format!("{name} to write {text:?}");
        wait_for_some(&what, async || {
            let ended = child.try_wait().ok().flatten();
            // Looked at after the end, so that what it wrote last counts.
            tokio::task::yield_now().await;
            let lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
            let found = lines.iter().find(|line| line.contains(text)).cloned();
            let output = || lines.join("\n");
            assert!(found.is_some() || ended.is_none(), "{name} ended without {text:?}:\n{}", output());
            found
        })
        .await
    }

    /// Asks it to end (SIGTERM).
    pub async fn terminate(&mut self) {
        if let Some(pid) = self.child.id() {
            let _ = Command::new("kill").args(["-TERM", &pid.to_string()]).status().await;
        }
    }

    /// Ends it at once (SIGKILL), and waits until it is gone.
    pub async fn kill(&mut self) {
        let _ = self.child.kill().await;
    }

    /// Waits until it has ended.
    ///
    /// # Panics
    /// If it does not in time; with the output.
    pub async fn wait(&mut self) -> ExitStatus {
        let limit = crate::patience(std::time::Duration::from_secs(60));
        match tokio::time::timeout(limit, self.child.wait()).await {
            Ok(status) => status.expect("a child can be waited for"),
            Err(_) => panic!("{} did not end:\n{}", self.name, self.output()),
        }
    }

    /// Its process id, unless it has ended.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }
}

async fn collect(stream: impl AsyncRead + Unpin, lines: Arc<Mutex<Vec<String>>>) {
    let mut reader = BufReader::new(stream).lines();
    while let Ok(Some(line)) = reader.next_line().await {
        lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}
