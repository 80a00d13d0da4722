//! What the contracts say about HTTP.

use prost_reflect::{MethodDescriptor, Value as Field};
use serde_json::{Value, json};
use structured_proxy::{openapi, transcode::RpcSelection};

/// The methods with an HTTP rule, as `package.Service/Method`: those that are a PATCH, and the others.
pub(crate) fn updates_and_others() -> (Vec<String>, Vec<String>) {
    let services = proto::descriptors().services();
    let methods = services.flat_map(|service| service.methods().collect::<Vec<_>>());
    let public = methods.filter_map(|method| Some((verb(&method)?, name(&method))));
    let (updates, others): (Vec<_>, Vec<_>) = public.partition(|(verb, _)| verb == "patch");
    let names = |list: Vec<(String, String)>| list.into_iter().map(|(_, name)| name).collect();
    (names(updates), names(others))
}

/// The OpenAPI document of all public methods.
pub(crate) fn openapi() -> anyhow::Result<Value> {
    let pool = proto::descriptors();
    let (updates, others) = updates_and_others();
    let all = RpcSelection::new(pool, [updates, others].concat()).map_err(|e| anyhow::anyhow!("contracts: {e}"))?;
    let settings = json!({ "enabled": true, "title": "Tandem", "version": "1" });
    Ok(openapi::generate(pool, &crate::section(&settings)?, &[], &all))
}

fn name(method: &MethodDescriptor) -> String {
    format!("{}/{}", method.parent_service().full_name(), method.name())
}

/// The verb of a method's HTTP rule, as the rule's field names it.
fn verb(method: &MethodDescriptor) -> Option<String> {
    let http = proto::descriptors().get_extension_by_name("google.api.http")?;
    let options = method.options();
    if !options.has_extension(&http) {
        return None;
    }
    let rule = options.get_extension(&http);
    let rule = rule.as_message()?;
    let pattern =
        rule.fields().find(|(field, value)| field.containing_oneof().is_some() && matches!(value, Field::String(_)));
    pattern.map(|(field, _)| field.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_update_is_a_patch_and_nothing_else_is() {
        let (updates, others) = updates_and_others();
        assert!(updates.iter().all(|name| name.contains("/Update")), "{updates:?}");
        assert!(others.iter().all(|name| !name.contains("/Update")), "{others:?}");
        assert!(others.contains(&"tandem.identity.v1.SessionService/SignIn".to_owned()));
    }

    #[test]
    fn the_document_lists_reading_and_updating_of_one_resource() {
        let document = openapi().unwrap();
        let paths = document["paths"].as_object().unwrap();
        assert!(paths.keys().any(|path| path.starts_with("/v1/agencies/")), "{:?}", paths.keys());
        assert!(document.to_string().contains("\"patch\""));
    }
}
