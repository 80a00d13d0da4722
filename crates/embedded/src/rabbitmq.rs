//! A RabbitMQ node.

use std::{
    fs,
    net::TcpStream,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

use crate::{Home, account::Account, broker_user::User, free_port, server::Server};

/// A node with folders, ports and name daemon of its own; ends with this value.
#[derive(Debug)]
pub struct Node {
    account: Account,
    home: Home,
    folder: PathBuf,
    script: String,
    user: User,
    port: u16,
    management_port: u16,
    server: Option<Server>,
}

impl Node {
    /// Starts a node, which takes some seconds. A kept one finds its queues again.
    ///
    /// # Errors
    /// If RabbitMQ is not installed or does not start; the text says which.
    pub fn start(home: Home) -> Result<Self> {
        Self::start_with(home, "")
    }

    /// Starts a node with further lines of configuration.
    pub fn start_with(home: Home, settings: &str) -> Result<Self> {
        let program = program()?;
        let account = Account::unprivileged("rabbitmq")?;
        let folder = home.make(account, "mq")?;
        let (port, management_port) = (free_port(), free_port());
        // Data that matters is not open to whoever knows what every RabbitMQ comes with.
        let user = if home.is_kept() { User::kept(&folder, account)? } else { User::of_every_node() };
        let settings = format!("{settings}\n{}", user.settings(&folder));
        let script = script(&folder, &program, port, management_port, &settings);
        let mut node = Self { account, home, folder, script, user, port, management_port, server: None };
        node.restart()?;
        Ok(node)
    }

    /// A node for tests.
    pub fn temporary() -> Result<Self> {
        Self::start(Home::Temporary)
    }

    /// Ends the node at once, as a power cut would; its data stays.
    ///
    /// # Errors
    /// If the node can't be ended.
    pub fn kill(&mut self) -> Result<()> {
        self.server.take().map_or(Ok(()), Server::stop_and_keep)
    }

    /// Starts the node again, on the same ports and data.
    pub fn restart(&mut self) -> Result<()> {
        self.kill()?;
        let kept = self.home.is_kept();
        let server = Server::start(self.account, &self.folder, &self.script, if kept { "TERM" } else { "KILL" }, kept)?;
        let listens = |port| TcpStream::connect(("127.0.0.1", port)).is_ok();
        server.wait_until(|| listens(self.port) && listens(self.management_port))?;
        self.server = Some(server);
        Ok(())
    }

    /// The address of the default virtual host.
    #[must_use]
    pub fn url(&self) -> String {
        format!("amqp://{}@127.0.0.1:{}/%2f", self.user, self.port)
    }

    /// The address of the management API.
    #[must_use]
    pub fn management_url(&self) -> String {
        format!("http://{}@127.0.0.1:{}", self.user, self.management_port)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if self.server.take().is_none() && !self.home.is_kept() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn program() -> Result<PathBuf> {
    // Debian's wrapper in the PATH logs into the system's folders; the script behind it takes ours.
    let mut candidates = vec![PathBuf::from("/usr/lib/rabbitmq/bin/rabbitmq-server")];
    let path = std::env::var_os("PATH").unwrap_or_default();
    candidates.extend(std::env::split_paths(&path).map(|folder| folder.join("rabbitmq-server")));
    match candidates.into_iter().find(|candidate| candidate.exists()) {
        Some(program) => Ok(program),
        None => bail!("RabbitMQ is not to be found: install the Debian package `rabbitmq-server`"),
    }
}

/// Writes nothing outside the folder, listens nowhere but on loopback, has a name daemon of its own. The node's name is part
/// of its data, so it does not depend on the port.
fn script(folder: &Path, program: &Path, port: u16, management_port: u16, settings: &str) -> String {
    let (distribution_port, epmd_port) = (free_port(), free_port());
    let (folder, program) = (folder.display(), program.display());
    format!(
        r#"cd '{folder}'
cat >rabbitmq.conf <<'EOF'
listeners.tcp.1 = 127.0.0.1:{port}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management_port}
management_agent.disable_metrics_collector = true
disk_free_limit.absolute = 1MB
log.console.level = warning
{settings}
EOF
echo '[rabbitmq_management].' >enabled_plugins
export HOME='{folder}' ERL_EPMD_PORT={epmd_port} ERL_EPMD_ADDRESS=127.0.0.1
export RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_NODENAME=tandem@localhost RABBITMQ_DIST_PORT={distribution_port}
export RABBITMQ_CONFIG_FILE='{folder}/rabbitmq.conf' RABBITMQ_ENABLED_PLUGINS_FILE='{folder}/enabled_plugins'
export RABBITMQ_MNESIA_BASE='{folder}/mnesia' RABBITMQ_LOG_BASE='{folder}/logs' RABBITMQ_LOGS=-
export RABBITMQ_PID_FILE='{folder}/broker.pid'
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {{127,0,0,1}} +sbwt none +sbwtdcpu none +sbwtdio none'
epmd -address 127.0.0.1 -port {epmd_port} &
exec '{program}'
"#
    )
}
