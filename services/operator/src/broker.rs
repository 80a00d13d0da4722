//! How many messages wait, by the management API of a province's RabbitMQ.

use std::{collections::BTreeMap, time::Duration};

use anyhow::Context as _;
use k8s_openapi::api::core::v1::Secret;
use kube::{Api, Client};
use moka::future::Cache;
use reqwest::{StatusCode, Url};
use serde::Deserialize;

use crate::resource::{BrokerSpec, CaSecret};

const PATIENCE: Duration = Duration::from_secs(2);
/// How long what a secret holds is believed before it is read again; credentials that are refused are read at once.
const SECRETS_LIFE: Duration = Duration::from_secs(60);

/// Namespace, name and key of a secret.
type Key = (String, String, String);

/// Reads the lengths of queues, with credentials from secrets.
#[derive(Clone)]
pub struct Broker {
    client: Client,
    /// Trusts the public authorities.
    http: reqwest::Client,
    /// Clients that trust the authorities of a secret.
    trusting: Cache<Key, reqwest::Client>,
    credentials: Cache<(String, String), (String, chassis::Secret)>,
}

#[derive(Deserialize)]
struct Queue {
    name: String,
    #[serde(default)]
    messages: u64,
}

impl Broker {
    /// Reads secrets with `client`.
    pub fn new(client: Client) -> anyhow::Result<Self> {
        let trusting = Cache::builder().time_to_live(SECRETS_LIFE).max_capacity(1_000).build();
        let credentials = Cache::builder().time_to_live(SECRETS_LIFE).max_capacity(1_000).build();
        Ok(Self { client, http: http(None)?, trusting, credentials })
    }

    /// Messages in the queues of each component, in hand or waiting; those set aside for a retry or for good do not count,
    /// since no replica could work them off now.
    ///
    /// # Errors
    /// If the secret is missing or the broker does not answer; the text never holds the credentials.
    pub async fn backlog(
        &self,
        namespace: &str,
        broker: &BrokerSpec,
        components: impl Iterator<Item = &String>,
    ) -> anyhow::Result<BTreeMap<String, u64>> {
        let queues = self.queues(namespace, broker).await?;
        let waiting = |component: &String| {
            let prefix = format!("{component}.");
            let counts = |queue: &&Queue| {
                queue.name.starts_with(&prefix) && !queue.name.ends_with(".dead") && !queue.name.contains(".retry.")
            };
            queues.iter().filter(counts).map(|queue| queue.messages).sum()
        };
        Ok(components.map(|component| (component.clone(), waiting(component))).collect())
    }

    async fn queues(&self, namespace: &str, broker: &BrokerSpec) -> anyhow::Result<Vec<Queue>> {
        // Totals alone: the statistics cost the broker more than all the rest of the answer.
        let mut url = Url::parse(&broker.management_url)?;
        url.path_segments_mut().map_err(|()| anyhow::anyhow!("not an address"))?.extend([
            "api",
            "queues",
            &broker.vhost,
        ]);
        url.set_query(Some("disable_stats=true&enable_queue_totals=true"));
        let key = (namespace.to_owned(), broker.credentials_secret.name.clone());
        let (user, password) = match self.credentials.get(&key).await {
            Some(known) => known,
            None => self.read_credentials(namespace, broker).await?,
        };
        let http = match &broker.ca_secret {
            Some(ca) => self.trusting(namespace, ca).await?,
            None => self.http.clone(),
        };
        let request = http.get(url).basic_auth(&user, Some(password.expose()));
        let answer = request.send().await.map_err(reqwest::Error::without_url)?;
        if answer.status() == StatusCode::UNAUTHORIZED {
            self.credentials.invalidate(&key).await;
        } else {
            self.credentials.insert(key, (user, password)).await;
        }
        let answer = answer.error_for_status().map_err(reqwest::Error::without_url)?;
        Ok(answer.json().await.map_err(reqwest::Error::without_url)?)
    }

    /// A client that trusts the authorities of a secret and no others.
    async fn trusting(&self, namespace: &str, ca: &CaSecret) -> anyhow::Result<reqwest::Client> {
        let key = (namespace.to_owned(), ca.name.clone(), ca.key.clone());
        if let Some(client) = self.trusting.get(&key).await {
            return Ok(client);
        }
        let pem = value(&self.secret(namespace, &ca.name).await?, &ca.name, &ca.key)?;
        let client = http(Some(pem.as_bytes())).with_context(|| format!("secret {}: {}", ca.name, ca.key))?;
        self.trusting.insert(key, client.clone()).await;
        Ok(client)
    }

    async fn read_credentials(
        &self,
        namespace: &str,
        broker: &BrokerSpec,
    ) -> anyhow::Result<(String, chassis::Secret)> {
        let reference = &broker.credentials_secret;
        let secret = self.secret(namespace, &reference.name).await?;
        let value = |key: &str| value(&secret, &reference.name, key);
        Ok((value(&reference.username_key)?, chassis::Secret::new(value(&reference.password_key)?)))
    }

    async fn secret(&self, namespace: &str, name: &str) -> anyhow::Result<Secret> {
        let secrets: Api<Secret> = Api::namespaced(self.client.clone(), namespace);
        secrets.get(name).await.with_context(|| format!("secret {name}"))
    }
}

/// A client that trusts the authorities in `pem`, or the public ones.
fn http(pem: Option<&[u8]>) -> anyhow::Result<reqwest::Client> {
    let trust = eventing::trust::client(pem)?;
    Ok(reqwest::Client::builder().timeout(PATIENCE).no_proxy().tls_backend_preconfigured(trust).build()?)
}

fn value(secret: &Secret, name: &str, key: &str) -> anyhow::Result<String> {
    let value = secret.data.as_ref().and_then(|data| data.get(key));
    let value = value.with_context(|| format!("secret {name}: no key {key}"))?;
    String::from_utf8(value.0.clone()).with_context(|| format!("secret {name}: {key} is not text"))
}
