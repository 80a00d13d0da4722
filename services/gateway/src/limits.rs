//! Rate limits by address: a wide one for all calls, a narrow one for those that try a secret.

use serde_json::json;
use structured_proxy::config::ShieldConfig;

use crate::Config;

/// Calls that try a password, a refresh token or the secret of a link.
const SECRETS: [&str; 3] = ["/v1/sessions", "/v1/sessions/**", "/v1/answer-links/**"];

/// The limits in the proxy's own terms.
pub(crate) fn shield(config: &Config) -> anyhow::Result<ShieldConfig> {
    let by_address =
        |pattern: &str, profile: &str| json!({ "pattern": pattern, "key": { "type": "ip" }, "profile": profile });
    let rules = SECRETS.iter().map(|p| by_address(p, "secrets")).chain([by_address("/v1/**", "calls")]);
    let shield = json!({
        "enabled": true,
        "trusted_proxies": config.trusted_proxies,
        "profiles": {
            "calls": { "rate": format!("{}/min", config.calls_per_minute) },
            "secrets": { "rate": format!("{}/min", config.secrets_per_minute) },
        },
        "rules": rules.collect::<Vec<_>>(),
    });
    crate::section(&shield)
}
