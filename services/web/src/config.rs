//! The front end's own settings.

use chassis::Validate;
use serde::{Deserialize, Serialize};

/// What the front end can be told.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the gateway is. Default `http://127.0.0.1:8080`.
    pub gateway: String,
}

impl Default for Config {
    fn default() -> Self {
        Self { gateway: "http://127.0.0.1:8080".into() }
    }
}

impl Validate for Config {
    fn validate(&self) -> Result<(), String> {
        if self.gateway.starts_with("http") { Ok(()) } else { Err("service.gateway: an http address".into()) }
    }
}
