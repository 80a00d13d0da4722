//! Layered configuration: documented defaults, then a file, then the environment; validated before anything starts.
//!
//! Environment names are `TANDEM_<SERVICE>__<KEY>`, with two underscores between levels: `TANDEM_PLACEMENT__DATABASE__URL`.
//! `TANDEM__<KEY>` holds for every service, and the service's own name wins over it.

use std::{collections::BTreeMap, fmt, path::Path};

use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned};

pub use crate::logs::LogFormat;

/// A value that never shows in logs or in `--print-config`.
#[derive(Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if self.0.is_empty() { "" } else { "***" })
    }
}

/// Settings that can be wrong in ways that types do not tell.
pub trait Validate {
    /// What is wrong, for the operator who reads it at the start.
    ///
    /// # Errors
    /// A sentence that names the key.
    fn validate(&self) -> Result<(), String>;
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NoConfig {}

impl Validate for NoConfig {
    fn validate(&self) -> Result<(), String> {
        Ok(())
    }
}

/// The settings of every process; `service` holds the keys of the one service.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings<C> {
    /// The province that this deployment serves.
    pub province: Province,
    /// Where PostgreSQL is.
    pub database: Database,
    /// Where RabbitMQ is.
    pub broker: Broker,
    /// Where this process listens.
    pub server: Server,
    /// Where traces go and how logs look.
    pub telemetry: Telemetry,
    /// What services prove themselves to each other with.
    pub internal: Internal,
    /// The other services by name: `identity = "http://identity:50051"`.
    pub peers: BTreeMap<String, String>,
    pub service: C,
}

/// The province that a deployment serves.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Province {
    /// Two letters, such as `qc`. Default `qc`.
    pub code: String,
    /// IANA name of its time zone. Default `America/Toronto`.
    pub time_zone: String,
}

impl Default for Province {
    fn default() -> Self {
        Self { code: "qc".into(), time_zone: "America/Toronto".into() }
    }
}

/// Where PostgreSQL is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// URL with the service's own role; required by services that own a schema. Its `sslmode` is `disable`, `prefer`
    /// (the default: encrypted where the server can, to whoever it is), `require`, `verify-ca`, or `verify-full`, which
    /// alone makes sure that it is the server; `sslrootcert` is a file of authorities trusted beside the public ones.
    pub url: Secret,
    /// Most connections of this process. Default 16.
    pub max_connections: u32,
    /// How long a caller waits for a free connection. Default 3000.
    pub acquire_timeout_ms: u64,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: Secret::default(), max_connections: 16, acquire_timeout_ms: 3000 }
    }
}

/// Where RabbitMQ is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Broker {
    /// AMQP URL with the province's virtual host; required by services that publish or consume. `amqps://` is encrypted, to
    /// the server that the URL names and no other.
    pub url: Secret,
    /// File with the certificates of the authorities, in PEM, that may have issued the broker's; it is read at each
    /// connection. Default none: those that browsers trust.
    pub ca_file: String,
    /// Delays before a message is handled again, then it is dead. Default 1 s, 10 s, 1 min, 10 min.
    pub retry_delays_ms: Vec<u64>,
    /// Messages in hand at a time and queue. Default 100.
    pub prefetch: u16,
}

impl Default for Broker {
    fn default() -> Self {
        let retry_delays_ms = vec![1_000, 10_000, 60_000, 600_000];
        Self { url: Secret::default(), ca_file: String::new(), retry_delays_ms, prefetch: 100 }
    }
}

/// Where a process listens.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// gRPC of a service; HTTP of gateway and web. Default `127.0.0.1:50051`.
    pub listen: String,
    /// Probes and metrics. Default `127.0.0.1:9090`; empty for none.
    pub admin_listen: String,
    /// How long a call may take unless its caller says less. Default 10000.
    pub deadline_ms: u64,
    /// Largest message taken. Default 1 MiB.
    pub max_message_bytes: usize,
    /// How long a process that was asked to stop still takes new work, while those who send it some learn that it is
    /// leaving. Default 0; in a cluster, longer than it takes until a change of endpoints is known everywhere.
    pub linger_ms: u64,
    /// How long a stopping process finishes what it has in hand. Default 20000.
    pub grace_ms: u64,
    /// After how long a connection to another service is replaced by a new one, which finds replicas that came later. In a
    /// cluster, well below `linger_ms`: then a process that leaves is let go of before it stops. Default 300000.
    pub connection_age_ms: u64,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:50051".into(),
            admin_listen: "127.0.0.1:9090".into(),
            deadline_ms: 10_000,
            max_message_bytes: 1 << 20,
            linger_ms: 0,
            grace_ms: 20_000,
            connection_age_ms: 300_000,
        }
    }
}

/// Where traces go and how logs look.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Telemetry {
    /// OTLP over gRPC, such as `http://collector:4317`; empty exports nothing.
    pub otlp_endpoint: String,
    /// `json`, `text`, or `auto`: text at a terminal, JSON elsewhere. Default `auto`.
    pub log_format: LogFormat,
    /// Filter directives. Default `info`.
    pub log_filter: String,
    /// Share of traces begun here that are sampled, 0 to 1. Default 1.
    pub sample_ratio: f64,
}

impl Default for Telemetry {
    fn default() -> Self {
        Self { otlp_endpoint: String::new(), log_format: LogFormat::Auto, log_filter: "info".into(), sample_ratio: 1.0 }
    }
}

/// What services prove themselves to each other with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Internal {
    /// Shared secret of the deployment's services, at least 32 characters: tokens are signed with it.
    pub secret: Secret,
    /// Another secret whose tokens are accepted, while the secret is replaced: first the next one, until every process
    /// accepts it; then the one before, until no process signs with it. Default none.
    pub accepted_secret: Secret,
}

impl<C: Validate> Settings<C> {
    /// Whether the whole holds together.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub fn check(&self, service: &str) -> anyhow::Result<()> {
        self.validate().map_err(|fault| anyhow::anyhow!("configuration of {service}: {fault}"))
    }

    fn validate(&self) -> Result<(), String> {
        jiff::tz::TimeZone::get(&self.province.time_zone).map_err(|e| format!("province.time_zone: {e}"))?;
        if self.province.code.len() != 2 {
            return Err("province.code: two letters are expected".into());
        }
        if self.internal.secret.expose().len() < 32 {
            return Err("internal.secret: at least 32 characters are required".into());
        }
        if (1..32).contains(&self.internal.accepted_secret.expose().len()) {
            return Err("internal.accepted_secret: at least 32 characters, or none".into());
        }
        if !(0.0..=1.0).contains(&self.telemetry.sample_ratio) {
            return Err("telemetry.sample_ratio: between 0 and 1".into());
        }
        if self.server.connection_age_ms < 100 {
            return Err("server.connection_age_ms: at least 100".into());
        }
        if self.database.max_connections < 2 {
            return Err("database.max_connections: at least 2, one of which listens for events".into());
        }
        if !self.broker.ca_file.is_empty() && self.broker.url.expose().starts_with("amqp://") {
            return Err("broker.ca_file: broker.url is not encrypted; it must begin with amqps://".into());
        }
        self.service.validate()
    }
}

/// Reads defaults, file and environment for `service`. Lists are given in the file.
///
/// # Errors
/// If the file cannot be read, a key is unknown or of the wrong type, or the whole does not hold together.
pub fn load<C>(service: &str, file: Option<&Path>) -> anyhow::Result<Settings<C>>
where
    C: DeserializeOwned + Serialize + Default + Validate,
{
    let settings: Settings<C> = read(service, file)?;
    settings.check(service)?;
    Ok(settings)
}

/// Like [`load`], without asking yet whether the whole holds together: for a process that fills in what is missing.
///
/// # Errors
/// If the file cannot be read, or a key is unknown or of the wrong type.
pub fn read<C>(service: &str, file: Option<&Path>) -> anyhow::Result<Settings<C>>
where
    C: DeserializeOwned + Serialize + Default,
{
    let mut builder = ::config::Config::builder();
    if let Some(file) = file {
        builder = builder.add_source(::config::File::from(file));
    }
    // Values stay text until a key of another type asks for them: a secret of digits must not become a number.
    let environment = |prefix: &str| ::config::Environment::with_prefix(prefix).prefix_separator("__").separator("__");
    builder = builder.add_source(environment("TANDEM"));
    Ok(builder.add_source(environment(&format!("TANDEM_{}", service.to_uppercase()))).build()?.try_deserialize()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_neither_in_logs_nor_in_the_printed_settings() {
        let database = Database { url: Secret::new("postgres://u:hidden@h/d"), ..Database::default() };
        assert!(!format!("{database:?}").contains("hidden"));
        assert!(!serde_json::to_string(&database).unwrap().contains("hidden"));
    }

    #[test]
    fn a_file_is_read_strictly_and_wins_over_defaults() {
        let file = std::env::temp_dir().join(format!("tandem-config-{}.toml", std::process::id()));
        std::fs::write(&file, "[province]\ncode = \"bc\"\n[server]\ndeadline_ms = 5000\n").unwrap();
        let settings: Settings<NoConfig> = read("sample", Some(&file)).unwrap();
        assert_eq!((settings.province.code.as_str(), settings.server.deadline_ms), ("bc", 5000));
        assert!(load::<NoConfig>("sample", Some(&file)).unwrap_err().to_string().contains("internal.secret"));
        std::fs::write(&file, "[province]\ncod = \"bc\"\n").unwrap();
        assert!(read::<NoConfig>("sample", Some(&file)).unwrap_err().to_string().contains("cod"));
        std::fs::remove_file(&file).unwrap();
    }
}
