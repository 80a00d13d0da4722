//! The custom resource definition that is checked in with the chart.

use kube::CustomResourceExt as _;
use serde_json::Value;

use super::Province;

/// The definition, in YAML.
///
/// # Errors
/// If it can't be written as YAML.
pub fn definition() -> anyhow::Result<String> {
    let mut definition = serde_json::to_value(Province::crd())?;
    drop_unknown_formats(&mut definition);
    if let Some(status) = definition.pointer_mut("/spec/versions/0/schema/openAPIV3Schema/properties/status") {
        drop_defaults(status);
    }
    let text = serde_saphyr::to_string(&definition)?;
    Ok(format!("# Written by `tandem-operator crd`; do not edit.\n{text}"))
}

/// Kubernetes warns about formats that it does not know; the bounds say the same.
fn drop_unknown_formats(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.get("format").and_then(Value::as_str).is_some_and(|format| format.starts_with("uint")) {
                map.remove("format");
            }
            map.values_mut().for_each(drop_unknown_formats);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_unknown_formats),
        _ => {}
    }
}

/// A status has what the operator wrote, and nothing that the API server made up.
fn drop_defaults(schema: &mut Value) {
    for property in
        schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flat_map(|of| of.values_mut())
    {
        property.as_object_mut().and_then(|of| of.remove("default"));
    }
}
