//! A real Chromium, driven by chromedriver, both from the system's packages: what people see and do. A [`Tab`] is one
//! person's browser, with cookies of its own.

mod keys;
mod tab;
mod view;

use std::{fs, os::unix::fs::PermissionsExt as _};

pub use fantoccini::key::Key;
pub use tab::Tab;
pub use view::View;

use fantoccini::ClientBuilder;
use tempfile::TempDir;
use testkit::{free_port, process::Process};
use tokio::process::Command;

/// Chromium, which ends with the driver that has started it, however that ends.
const STARTER: &str = "#!/bin/sh\nexec setpriv --pdeathsig KILL -- chromium \"$@\"\n";

/// Opens browsers.
pub struct Browser {
    url: String,
    starter: TempDir,
    _driver: Process,
}

impl Browser {
    /// Starts chromedriver.
    ///
    /// # Panics
    /// If it is not installed, or does not start.
    pub async fn start() -> Self {
        let starter = tempfile::tempdir().expect("a temporary folder");
        let file = starter.path().join("chromium");
        fs::write(&file, STARTER).expect("the folder is ours");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("the file is ours");
        let port = free_port();
        // On a thread of the runtime: it ends with the thread that started it, and a test's own thread ends with the test.
        let spawned = tokio::spawn(async move {
            let mut command = Command::new("setpriv");
            command.args(["--pdeathsig", "KILL", "--", "chromedriver"]).arg(format!("--port={port}"));
            Process::spawn(command)
        });
        let mut driver = spawned.await.expect("starting a process does not panic");
        driver.wait_for_line("started successfully").await;
        Self { url: format!("http://127.0.0.1:{port}"), starter, _driver: driver }
    }

    /// A browser that nobody has used.
    ///
    /// # Panics
    /// If Chromium does not start.
    pub async fn open(&self, view: View) -> Tab {
        let profile = tempfile::tempdir().expect("a temporary folder");
        let binary = self.starter.path().join("chromium").display().to_string();
        let mut client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        client.capabilities(view.capabilities(&binary, &profile));
        let client = client.connect(&self.url).await.expect("chromium starts");
        let session = client.session_id().await.ok().flatten().expect("a session has an id");
        Tab::new(client, format!("{}/session/{session}", self.url), view, profile)
    }
}
