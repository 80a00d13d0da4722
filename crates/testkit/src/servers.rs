//! One PostgreSQL and one RabbitMQ for a whole run of tests.

use std::{process::Command, thread};

use anyhow::{Result, anyhow};
use embedded::{postgres::Cluster, rabbitmq::Node};

/// Both servers; they end with this value.
#[derive(Debug)]
pub struct Servers {
    cluster: Cluster,
    node: Node,
}

/// Starts both, side by side.
///
/// # Errors
/// If one is not installed or does not start.
pub fn start_all() -> Result<Servers> {
    let node = thread::spawn(Node::temporary);
    let cluster = Cluster::temporary();
    let node = node.join().map_err(|_| anyhow!("starting RabbitMQ panicked"))?;
    Ok(Servers { cluster: cluster?, node: node? })
}

impl Servers {
    /// What the testkit of other processes reads.
    #[must_use]
    pub fn environment(&self) -> [(&'static str, String); 3] {
        [
            ("TANDEM_TEST_DATABASE_URL", self.database_url().to_owned()),
            ("TANDEM_TEST_AMQP_URL", self.amqp_url()),
            ("TANDEM_TEST_AMQP_MANAGEMENT_URL", self.management_url()),
        ]
    }

    /// Address of a database superuser.
    #[must_use]
    pub fn database_url(&self) -> &str {
        self.cluster.url()
    }

    /// Address of the broker's default virtual host.
    #[must_use]
    pub fn amqp_url(&self) -> String {
        self.node.url()
    }

    /// Address of the broker's management API.
    #[must_use]
    pub fn management_url(&self) -> String {
        self.node.management_url()
    }

    /// Runs a command that finds the servers in its environment, and answers its exit code.
    ///
    /// # Errors
    /// If the command can't be started.
    pub fn run(&self, program: &str, arguments: &[String]) -> Result<u8> {
        let status = Command::new(program).args(arguments).envs(self.environment()).status()?;
        // Ended by a signal: as a shell would put it, some code that is not success.
        Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
    }
}
