//! Declarations for tests.

use operator::resource::{Province, ProvinceSpec};
use serde_json::{Value, json};

/// A province as people would declare it, changed by `change`.
pub fn spec(change: impl FnOnce(&mut Value)) -> ProvinceSpec {
    serde_json::from_value(value(change)).expect("the declaration has the right shape")
}

/// The same as JSON, where it need not have the right shape.
pub fn value(change: impl FnOnce(&mut Value)) -> Value {
    let mut spec = json!({
        "code": "qc",
        "locales": ["fr", "en"],
        "timeZone": "America/Toronto",
        "release": "tandem-qc",
        "components": {
            "gateway": { "floor": 2, "ceiling": 8 },
            "notification": { "floor": 1, "ceiling": 6, "messagesPerReplica": 100 },
        },
        "peaks": [{
            "name": "autumn", "from": "08-15", "to": "09-15", "leadMinutes": 1440, "floors": { "gateway": 5 },
        }],
        "broker": {
            "managementUrl": "http://127.0.0.1:15672",
            "credentialsSecret": { "name": "broker-management" },
        },
        "scaleDown": { "stabilizationSeconds": 600, "stepSeconds": 60 },
    });
    change(&mut spec);
    spec
}

/// A resource with that declaration.
pub fn province(spec: ProvinceSpec) -> Province {
    let mut province = Province::new("quebec", spec);
    province.metadata.namespace = Some("tandem-qc".into());
    province.metadata.uid = Some("00000000-0000-0000-0000-000000000001".into());
    province.metadata.generation = Some(1);
    province
}
