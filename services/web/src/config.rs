//! The front end's own settings.

use chassis::Validate;
use serde::{Deserialize, Serialize};

/// What the front end can be told.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the gateway is. Default `http://127.0.0.1:8080`.
    pub gateway: String,
    /// Whether browsers reach the pages by TLS; the cookie then travels by nothing else. Default: yes, and in the all-in-one no,
    /// since it serves one's own machine without TLS.
    pub secure_cookies: Option<bool>,
    /// Whether `/styleguide` shows the parts that pages are made of. Default false.
    pub styleguide: bool,
    /// Whether pages tell in `Server-Timing` where their time went. Default false: it is nobody's business but whoever measures.
    pub server_timing: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { gateway: "http://127.0.0.1:8080".into(), secure_cookies: None, styleguide: false, server_timing: false }
    }
}

impl Validate for Config {
    fn validate(&self) -> Result<(), String> {
        if self.gateway.starts_with("http") { Ok(()) } else { Err("service.gateway: an http address".into()) }
    }
}
