//! Rate limits by address: a wide one for all calls, a narrow one for those that try a secret.

use serde_json::json;
use structured_proxy::config::ShieldConfig;

use crate::{Config, contracts};

/// The limits in the proxy's own terms, which count by the address that [`crate::callers`] finds. They hold over REST, gRPC and
/// gRPC-Web: a guesser takes whichever protocol is open.
pub(crate) fn shield(config: &Config) -> anyhow::Result<ShieldConfig> {
    let by_address =
        |pattern: &str, profile: &str| json!({ "pattern": pattern, "key": { "type": "ip" }, "profile": profile });
    // One pattern, since each pattern counts for itself.
    let secrets = format!("/{{{}}}", contracts::trying_secrets().join(",").replace(",/", ",").trim_start_matches('/'));
    let calls = ["/v1/**", "/tandem.*/*"].map(|pattern| by_address(pattern, "calls"));
    let rules: Vec<_> = [by_address(&secrets, "secrets")].into_iter().chain(calls).collect();
    let shield = json!({
        "enabled": true,
        "profiles": {
            "calls": { "rate": format!("{}/min", config.calls_per_minute) },
            "secrets": { "rate": format!("{}/min", config.secrets_per_minute) },
        },
        "rules": rules,
        "scope": { "traffic": ["transcoded", "endpoints", "grpc"] },
    });
    crate::section(&shield)
}
