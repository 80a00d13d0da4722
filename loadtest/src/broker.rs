//! The RabbitMQ between Tandem's processes, where each service is one of its own.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
};

use anyhow::{Context as _, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use embedded::{Home, rabbitmq::Node};
use serde_json::Value;
use tempfile::TempDir;

use crate::api::{Api, text};

/// Lengths alone: statistics would cost the broker more than the rest of the answer.
const QUEUES: &str = "/api/queues?disable_stats=true&enable_queue_totals=true";

/// A node that is as careful about messages as one in production. It ends with this value.
pub(crate) struct Broker {
    pub(crate) pid: u32,
    pub(crate) url: String,
    management: Api,
    /// User and password, as a header has them.
    credentials: String,
    // The node stops before its folder goes.
    _node: Node,
    _folder: TempDir,
}

impl Broker {
    /// Starts it.
    ///
    /// # Errors
    /// If RabbitMQ is not installed or does not start.
    pub(crate) async fn start() -> Result<Self> {
        tokio::task::spawn_blocking(|| {
            // The server's own account must be able to go through.
            let passable = Permissions::from_mode(0o711);
            let folder = tempfile::Builder::new().prefix("tandem-loadtest-mq-").permissions(passable).tempdir()?;
            let home = folder.path().join("rabbitmq");
            let node = Node::start(Home::Kept(home.clone()))?;
            let pid = fs::read_to_string(home.join("pid")).context("the process of RabbitMQ")?.trim().parse()?;
            let address = node.management_url();
            let (user, host) =
                address.strip_prefix("http://").and_then(|rest| rest.split_once('@')).context("who may come in")?;
            let (credentials, management) = (STANDARD.encode(user), Api::at(format!("http://{host}")).basic());
            Ok(Self { pid, url: node.url(), management, credentials, _node: node, _folder: folder })
        })
        .await?
    }

    /// Messages that wait for a consumer or are in its hands. A queue may tell it some seconds late.
    pub(crate) async fn waiting(&self) -> Result<i64> {
        Ok(self.lengths().await?.into_iter().filter(|(name, _)| !is_dead(name)).map(|(_, length)| length).sum())
    }

    /// Queues of messages that were given up, each with how many.
    pub(crate) async fn dead_letters(&self) -> Result<Vec<String>> {
        let dead = self.lengths().await?.into_iter().filter(|(name, length)| is_dead(name) && *length > 0);
        Ok(dead.map(|(name, length)| format!("{name}: {length}")).collect())
    }

    async fn lengths(&self) -> Result<Vec<(String, i64)>> {
        let answer = self.management.get(&self.credentials, QUEUES).await.context("the lengths of queues")?;
        let length = |queue: &Value| (text(queue, "/name").to_owned(), queue["messages"].as_i64().unwrap_or_default());
        Ok(answer.as_array().into_iter().flatten().map(length).collect())
    }
}

fn is_dead(queue: &str) -> bool {
    queue.ends_with(".dead")
}
