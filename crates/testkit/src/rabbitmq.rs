//! A private RabbitMQ node for the test process, and a virtual host of its own for each test.

use std::{
    process,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use anyhow::{Context as _, Result, ensure};
pub use embedded::rabbitmq::Node;
use reqwest::{Method, StatusCode};

use crate::{postgres::drop_in_background, wait_for_some};

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
            let start = || Node::temporary().unwrap_or_else(|error| panic!("tests need RabbitMQ: {error:#}"));
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
    let answer = crate::http::client().request(method.clone(), url).basic_auth(name, Some(password)).send().await?;
    ensure!(answer.status().is_success() || answer.status() == StatusCode::NOT_FOUND, "{method}: {}", answer.status());
    Ok(())
}
