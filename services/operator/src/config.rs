//! What the operator can be told, beside what every process can: `TANDEM_OPERATOR__SERVICE__<KEY>`.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The one namespace whose provinces are served; empty for all. Default empty.
    pub namespace: String,
    /// Name of the Lease. Default `tandem-operator`.
    pub lease_name: String,
    /// Namespace of the Lease: the operator's own. Default `default`.
    pub lease_namespace: String,
    /// How long the Lease holds without renewal. Default 15000.
    pub lease_ms: u64,
    /// Who this process is: the pod's name. Default the host's name.
    pub identity: String,
    /// How often each province is looked at when nothing calls for it: calendar and backlog. Default 1000.
    pub look_every_ms: u64,
}

impl Default for Config {
    fn default() -> Self {
        let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
        Self {
            namespace: String::new(),
            lease_name: "tandem-operator".into(),
            lease_namespace: "default".into(),
            lease_ms: 15_000,
            identity: host.trim().to_owned(),
            look_every_ms: 1_000,
        }
    }
}

impl chassis::Validate for Config {
    fn validate(&self) -> Result<(), String> {
        if self.lease_name.is_empty() || self.lease_namespace.is_empty() {
            return Err("service.lease_name, service.lease_namespace: required".into());
        }
        if self.identity.is_empty() {
            return Err("service.identity: required where the host has no name".into());
        }
        if self.lease_ms < 1_000 {
            return Err("service.lease_ms: at least 1000".into());
        }
        if self.look_every_ms == 0 {
            return Err("service.look_every_ms: at least 1".into());
        }
        Ok(())
    }
}
