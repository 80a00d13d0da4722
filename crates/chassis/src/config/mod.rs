//! Layered configuration: documented defaults, then a file, then the environment; validated before anything starts.
//!
//! Environment names are `TANDEM_<SERVICE>__<KEY>`, with two underscores between levels: `TANDEM_PLACEMENT__DATABASE__URL`.
//! `TANDEM__<KEY>` holds for every service, and the service's own name wins over it.

mod keys;
mod secret;

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use keys::{Broker, Database, Internal, LogFormat, Province, Server, Telemetry};
pub use secret::Secret;

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
        let times = [self.server.head_timeout_ms, self.server.body_timeout_ms, self.server.idle_timeout_ms];
        if times.iter().any(|time| *time < 100) {
            return Err("server.head_timeout_ms, server.body_timeout_ms, server.idle_timeout_ms: at least 100".into());
        }
        if self.server.connections == 0 || self.server.connections_per_address == 0 {
            return Err("server.connections, server.connections_per_address: at least 1".into());
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
