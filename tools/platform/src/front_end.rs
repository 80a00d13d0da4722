//! Another front end beside the platform's own, which reaches the gateway at an address of the test's choice.

use std::fs;

use serde_json::Value;
use testkit::{free_port, process::Process, wait_for};
use tokio::process::Command;

use crate::{Platform, setup::built};

/// A front end in a process of its own; it ends with this value.
pub struct FrontEnd {
    url: String,
    _process: Process,
}

impl FrontEnd {
    /// Where its pages are.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Platform {
    /// Starts a front end that reaches the gateway at `gateway`, a host and port, and waits until it serves.
    ///
    /// # Panics
    /// If its program has not been built, or the platform has a cluster of its own.
    pub async fn front_end(&self, gateway: &str) -> FrontEnd {
        let listen = format!("127.0.0.1:{}", free_port());
        let database = self.database.as_ref().expect("the database is one of the tests' server");
        let secrets = fs::read(self.folder().join("data/secrets.json")).expect("secrets are in the data folder");
        let secrets: Value = serde_json::from_slice(&secrets).expect("secrets are JSON");
        let environment = [
            ("TANDEM_WEB__DATABASE__URL", database.url_for_schema("web")),
            ("TANDEM_WEB__SERVER__LISTEN", listen.clone()),
            ("TANDEM_WEB__SERVER__ADMIN_LISTEN", String::new()),
            ("TANDEM_WEB__SERVICE__GATEWAY", format!("http://{gateway}")),
            ("TANDEM_WEB__SERVICE__SECURE_COOKIES", "false".to_owned()),
            ("TANDEM__PEERS__IDENTITY", format!("http://{gateway}")),
            ("TANDEM__INTERNAL__SECRET", secrets["internal"].as_str().unwrap_or_default().to_owned()),
            ("TANDEM__TELEMETRY__OTLP_ENDPOINT", self.traces.endpoint().to_owned()),
            ("TANDEM__TELEMETRY__LOG_FORMAT", "text".to_owned()),
        ];
        // On a thread of the runtime, as the platform itself.
        let spawned = tokio::spawn(async move {
            let mut command = Command::new("setpriv");
            command.args(["--pdeathsig", "TERM", "--"]).arg(built("tandem-web")).envs(environment);
            Process::spawn(command)
        });
        let process = spawned.await.expect("starting a process does not panic");
        let url = format!("http://{listen}");
        let asked = || testkit::http::client().get(format!("{url}/sign-in")).send();
        wait_for("the front end to serve", async || {
            let ended = process.id().is_none();
            assert!(!ended, "it has ended:\n{}", process.output());
            asked().await.is_ok_and(|answer| answer.status().is_success())
        })
        .await;
        FrontEnd { url, _process: process }
    }
}
