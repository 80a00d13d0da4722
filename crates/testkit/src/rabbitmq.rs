//! A private RabbitMQ node for the test process, and a virtual host of its own for each test.

use std::{
    net::TcpStream,
    path::{Path, PathBuf},
    process,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use anyhow::{Context as _, Result, bail, ensure};
use reqwest::{Client, Method, StatusCode};

use crate::{
    free_port,
    postgres::drop_in_background,
    server::{Account, Server},
    wait_for_some,
};

/// A RabbitMQ node with folders, ports and name daemon of its own; ends with this value.
#[derive(Debug)]
pub struct Node {
    account: Account,
    folder: PathBuf,
    script: String,
    port: u16,
    management_port: u16,
    server: Option<Server>,
}

impl Node {
    /// Starts a node, which takes some seconds.
    ///
    /// # Errors
    /// If RabbitMQ is not installed or does not start; the text says which.
    pub fn start() -> Result<Self> {
        let program = program()?;
        let account = Account::unprivileged("rabbitmq")?;
        let folder = account.folder("mq")?;
        let (port, management_port) = (free_port(), free_port());
        let script = script(&folder, &program, port, management_port);
        let mut node = Self { account, folder, script, port, management_port, server: None };
        node.restart()?;
        Ok(node)
    }

    /// Ends the node at once, as a power cut would; its data stays.
    ///
    /// # Errors
    /// If the node can't be ended.
    pub fn kill(&mut self) -> Result<()> {
        self.server.take().map_or(Ok(()), Server::stop_and_keep)
    }

    /// Starts the node again, on the same ports and data.
    ///
    /// # Errors
    /// If it does not start.
    pub fn restart(&mut self) -> Result<()> {
        self.kill()?;
        let server = Server::start(self.account, &self.folder, &self.script, "KILL")?;
        let listens = |port| TcpStream::connect(("127.0.0.1", port)).is_ok();
        server.wait_until(|| listens(self.port) && listens(self.management_port))?;
        self.server = Some(server);
        Ok(())
    }

    /// The address of the default virtual host.
    #[must_use]
    pub fn url(&self) -> String {
        format!("amqp://guest:guest@127.0.0.1:{}/%2f", self.port)
    }

    /// The address of the management API.
    #[must_use]
    pub fn management_url(&self) -> String {
        format!("http://guest:guest@127.0.0.1:{}", self.management_port)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if self.server.take().is_none() {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

/// Addresses of the broker that tests of this process use.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// AMQP, default virtual host.
    pub url: String,
    /// Management API, with user and password.
    pub management_url: String,
}

/// The broker given by `TANDEM_TEST_AMQP_URL` and `TANDEM_TEST_AMQP_MANAGEMENT_URL`, or a node that is started at the first
/// call. Without the management address a given broker can't be used: queue names are fixed, so tests would disturb each
/// other in one virtual host.
///
/// # Panics
/// If there is no broker and none can be started.
pub fn server() -> &'static Addresses {
    static ADDRESSES: OnceLock<Addresses> = OnceLock::new();
    static NODE: OnceLock<Node> = OnceLock::new();
    let given = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    ADDRESSES.get_or_init(|| match given("TANDEM_TEST_AMQP_URL") {
        Some(url) => {
            let management_url = given("TANDEM_TEST_AMQP_MANAGEMENT_URL")
                .expect("TANDEM_TEST_AMQP_URL needs TANDEM_TEST_AMQP_MANAGEMENT_URL beside it");
            Addresses { url, management_url }
        }
        None => {
            let start = || Node::start().unwrap_or_else(|error| panic!("tests need RabbitMQ: {error:#}"));
            let node = NODE.get_or_init(start);
            Addresses { url: node.url(), management_url: node.management_url() }
        }
    })
}

/// A virtual host for one test, deleted at its end.
#[derive(Debug)]
pub struct Broker {
    url: String,
    vhost: String,
}

impl Broker {
    /// A virtual host with nothing in it.
    ///
    /// # Panics
    /// If the broker can't be had or refuses.
    pub async fn fresh() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let addresses = server();
        let vhost = format!("test-{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        // The management API may still be waking up when its port already listens.
        wait_for_some("a virtual host", async || manage(Method::PUT, &vhost).await.ok()).await;
        let (base, _) = addresses.url.rsplit_once('/').unwrap_or((&addresses.url, ""));
        Self { url: format!("{base}/{vhost}"), vhost }
    }

    /// AMQP address with the virtual host.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Host and port, for a [`Proxy`](crate::proxy::Proxy).
    #[must_use]
    pub fn address(&self) -> String {
        let (_, rest) = self.url.rsplit_once('@').or_else(|| self.url.split_once("://")).unwrap_or(("", &self.url));
        rest.split('/').next().unwrap_or(rest).to_owned()
    }

    /// The same virtual host, reached through another host and port.
    #[must_use]
    pub fn url_through(&self, address: &str) -> String {
        self.url.replacen(&self.address(), address, 1)
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        let vhost = std::mem::take(&mut self.vhost);
        drop_in_background(async move { manage(Method::DELETE, &vhost).await });
    }
}

/// Creates or deletes a virtual host.
async fn manage(method: Method, vhost: &str) -> Result<()> {
    let base = &server().management_url;
    let (scheme, rest) = base.split_once("://").context("the management address has no scheme")?;
    let (user, host) = rest.split_once('@').unwrap_or(("guest:guest", rest));
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let url = format!("{scheme}://{}/api/vhosts/{vhost}", host.trim_end_matches('/'));
    let answer = Client::new().request(method.clone(), url).basic_auth(name, Some(password)).send().await?;
    ensure!(answer.status().is_success() || answer.status() == StatusCode::NOT_FOUND, "{method}: {}", answer.status());
    Ok(())
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

/// Writes nothing outside the folder, listens nowhere but on loopback, has a name daemon of its own.
fn script(folder: &Path, program: &Path, port: u16, management_port: u16) -> String {
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
EOF
echo '[rabbitmq_management].' >enabled_plugins
export HOME='{folder}' ERL_EPMD_PORT={epmd_port} ERL_EPMD_ADDRESS=127.0.0.1
export RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_NODENAME=t{port}@localhost RABBITMQ_DIST_PORT={distribution_port}
export RABBITMQ_CONFIG_FILE='{folder}/rabbitmq.conf' RABBITMQ_ENABLED_PLUGINS_FILE='{folder}/enabled_plugins'
export RABBITMQ_MNESIA_BASE='{folder}/mnesia' RABBITMQ_LOG_BASE='{folder}/logs' RABBITMQ_LOGS=-
export RABBITMQ_PID_FILE='{folder}/broker.pid'
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {{127,0,0,1}} +sbwt none +sbwtdcpu none +sbwtdio none'
epmd -address 127.0.0.1 -port {epmd_port} &
exec '{program}'
"#
    )
}
