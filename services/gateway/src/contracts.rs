//! What the contracts say about HTTP.

use std::sync::LazyLock;

use axum::http::Method;
use chassis::access::{self, Rule};
use prost_reflect::{MessageDescriptor, MethodDescriptor, Value as Field};
use serde_json::{Value, json};
use structured_proxy::{openapi, transcode::RpcSelection};

/// The methods with an HTTP rule, as `package.Service/Method`: those that are a PATCH, and the others.
pub(crate) fn updates_and_others() -> (Vec<String>, Vec<String>) {
    let services = proto::descriptors().services();
    let methods = services.flat_map(|service| service.methods().collect::<Vec<_>>());
    let public = methods.filter_map(|method| Some((rule(&method)?.0, name(&method))));
    let (updates, others): (Vec<_>, Vec<_>) = public.partition(|(verb, _)| verb == "patch");
    let names = |list: Vec<(String, String)>| list.into_iter().map(|(_, name)| name).collect();
    (names(updates), names(others))
}

/// The paths, over REST and over gRPC, of what anybody may call with something to try: a password, a refresh token, the
/// secret of a link. Who only reads what is public tries nothing.
pub(crate) fn trying_secrets() -> Vec<String> {
    let public = access::rules().iter().filter(|(_, rule)| **rule == Rule::Public).map(|(path, _)| path);
    let mut paths: Vec<String> = public
        .filter_map(|path| {
            let (service, method) = path.strip_prefix('/')?.split_once('/')?;
            let service = proto::descriptors().get_service_by_name(service)?;
            let method = service.methods().find(|known| known.name() == method)?;
            let (verb, route) = rule(&method)?;
            (verb != "get").then(|| [path.clone(), route])
        })
        .flatten()
        .collect();
    paths.sort_unstable();
    paths
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

/// Verb and path of a public method, and the message that it takes.
pub(crate) struct Route {
    verb: Method,
    path: Vec<String>,
    pub(crate) input: MessageDescriptor,
}

impl Route {
    /// Whether a call of this verb and path is for the method. A variable stands for one segment.
    pub(crate) fn answers(&self, verb: &Method, path: &str) -> bool {
        let segments = path.split('/');
        *verb == self.verb
            && segments.clone().count() == self.path.len()
            && self.path.iter().zip(segments).all(|(own, given)| own.starts_with('{') || own == given)
    }
}

/// The routes of all public methods, those without variables first: they are the narrower ones.
pub(crate) fn routes() -> &'static [Route] {
    static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
        let services = proto::descriptors().services();
        let methods = services.flat_map(|service| service.methods().collect::<Vec<_>>());
        let mut routes: Vec<_> = methods.filter_map(|method| route(&method)).collect();
        routes.sort_by_key(|route| route.path.iter().filter(|part| part.starts_with('{')).count());
        routes
    });
    &ROUTES
}

fn route(method: &MethodDescriptor) -> Option<Route> {
    let (verb, path) = rule(method)?;
    let verb = Method::from_bytes(verb.to_uppercase().as_bytes()).ok()?;
    Some(Route { verb, path: path.split('/').map(str::to_owned).collect(), input: method.input() })
}

/// Verb and path of a method's HTTP rule, the verb as the rule's field names it.
fn rule(method: &MethodDescriptor) -> Option<(String, String)> {
    let http = proto::descriptors().get_extension_by_name("google.api.http")?;
    let options = method.options();
    if !options.has_extension(&http) {
        return None;
    }
    let rule = options.get_extension(&http);
    let rule = rule.as_message()?;
    let pattern =
        rule.fields().find(|(field, value)| field.containing_oneof().is_some() && matches!(value, Field::String(_)));
    pattern.and_then(|(field, path)| Some((field.name().to_owned(), path.as_str()?.to_owned())))
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
    fn secrets_are_tried_over_both_kinds_of_path() {
        let paths = trying_secrets();
        for path in ["/v1/sessions", "/tandem.identity.v1.SessionService/SignIn", "/v1/answer-links/use"] {
            assert!(paths.iter().any(|known| known == path), "{path} in {paths:?}");
        }
        assert!(paths.iter().all(|path| !path.contains("jwks") && !path.contains("GetMe")), "{paths:?}");
    }

    #[test]
    fn the_document_lists_reading_and_updating_of_one_resource() {
        let document = openapi().unwrap();
        let paths = document["paths"].as_object().unwrap();
        assert!(paths.keys().any(|path| path.starts_with("/v1/agencies/")), "{:?}", paths.keys());
        assert!(document.to_string().contains("\"patch\""));
    }
}
