//! The gateway's own settings.

use chassis::{Validate, forwarded::TrustedProxies};
use serde::{Deserialize, Serialize};

/// What the gateway can be told.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Origins of browser front ends that may call with credentials. Default: none, which refuses all but same-origin.
    pub cors_origins: Vec<String>,
    /// Largest request body. Default 1 MiB.
    pub max_body_bytes: usize,
    /// Networks of load balancers whose `X-Forwarded-For` is believed, such as `10.0.0.0/8`: of what comes from there, the
    /// last address that is none of theirs counts as the caller's. Default: none, so that nobody chooses an address.
    pub trusted_proxies: Vec<String>,
    /// Calls per minute and address. Default 6000: a hospital's whole staff may share one address.
    pub calls_per_minute: u32,
    /// Sign-ins, and other calls that try a secret, per minute and address, over REST and gRPC together. Default 60.
    pub secrets_per_minute: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            cors_origins: Vec::new(),
            max_body_bytes: 1 << 20,
            trusted_proxies: Vec::new(),
            calls_per_minute: 6000,
            secrets_per_minute: 60,
        }
    }
}

impl Validate for Config {
    fn validate(&self) -> Result<(), String> {
        TrustedProxies::parse(&self.trusted_proxies).map_err(|fault| format!("service.trusted_proxies: {fault}"))?;
        if self.calls_per_minute == 0 || self.secrets_per_minute == 0 {
            return Err("service.calls_per_minute and service.secrets_per_minute: at least 1".into());
        }
        if self.max_body_bytes < 1024 {
            return Err("service.max_body_bytes: at least 1024".into());
        }
        Ok(())
    }
}
