//! What the contracts say about HTTP.

use std::{collections::HashMap, sync::LazyLock};

use axum::http::Method;
use chassis::access::{self, Rule};
use prost_reflect::{MessageDescriptor, MethodDescriptor, Value as Field};

/// How a method is called over HTTP.
pub(crate) struct Binding {
    /// As the rule's field names it: `get`.
    pub(crate) verb: String,
    pub(crate) path: String,
    /// The field that the body is read as; `*` for the whole message, empty without a body.
    pub(crate) body: String,
}

impl Binding {
    /// The fields that the path takes.
    pub(crate) fn variables(&self) -> Vec<&str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
    }
}

/// The methods that have an HTTP rule.
pub(crate) fn public() -> impl Iterator<Item = (MethodDescriptor, Binding)> {
    let services = proto::descriptors().services();
    let methods = services.flat_map(|service| service.methods().collect::<Vec<_>>());
    methods.filter_map(|method| binding(&method).map(|binding| (method, binding)))
}

/// The public methods, as `package.Service/Method`: those that are a PATCH, and the others.
pub(crate) fn updates_and_others() -> (Vec<String>, Vec<String>) {
    let (updates, others): (Vec<_>, Vec<_>) = public().partition(|(_, binding)| binding.verb == "patch");
    let names = |list: Vec<(MethodDescriptor, Binding)>| list.iter().map(|(method, _)| name(method)).collect();
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
            let binding = binding(&method)?;
            (binding.verb != "get").then(|| [path.clone(), binding.path])
        })
        .flatten()
        .collect();
    paths.sort_unstable();
    paths
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

/// What the contracts have at a path.
pub(crate) enum Found {
    /// The method that a call is for.
    Call(&'static Route),
    /// Methods, but for other verbs.
    Verbs(Vec<&'static Method>),
    Nothing,
}

impl Route {
    /// Whether a path is the method's. A variable stands for one segment that is not empty.
    fn is_at(&self, path: &str) -> bool {
        let segments = path.split('/');
        let fits = |(own, given): (&String, &str)| (own.starts_with('{') && !given.is_empty()) || own == given;
        segments.clone().count() == self.path.len() && self.path.iter().zip(segments).all(fits)
    }

    fn variables(&self) -> usize {
        self.path.iter().filter(|part| part.starts_with('{')).count()
    }
}

/// Which method a call of this verb and path is for.
pub(crate) fn find(verb: &Method, path: &str) -> Found {
    // A HEAD is a GET whose body is kept back.
    let verb = if *verb == Method::HEAD { &Method::GET } else { verb };
    let near = collection(path).and_then(|name| routes().get(name));
    let at_path = || near.into_iter().flatten().filter(|route| route.is_at(path));
    if let Some(route) = at_path().find(|route| route.verb == *verb) {
        return Found::Call(route);
    }
    let mut verbs: Vec<_> = at_path().map(|route| &route.verb).collect();
    if verbs.contains(&&Method::GET) {
        verbs.push(&Method::HEAD);
    }
    verbs.sort_unstable_by_key(|verb| verb.as_str());
    if verbs.is_empty() { Found::Nothing } else { Found::Verbs(verbs) }
}

/// `requests` of `/v1/requests/{id}`: the segment after the version, by which routes are sorted. It is no variable anywhere.
fn collection(path: &str) -> Option<&str> {
    path.split('/').nth(2)
}

/// The routes of all public methods by their collection, in each those with fewer variables first: they are the narrower ones.
fn routes() -> &'static HashMap<String, Vec<Route>> {
    static ROUTES: LazyLock<HashMap<String, Vec<Route>>> = LazyLock::new(|| {
        let mut routes: HashMap<String, Vec<Route>> = HashMap::new();
        for route in public().filter_map(|(method, binding)| route(&method, &binding)) {
            routes.entry(route.path[2].clone()).or_default().push(route);
        }
        for near in routes.values_mut() {
            near.sort_by_key(Route::variables);
        }
        routes
    });
    &ROUTES
}

fn route(method: &MethodDescriptor, binding: &Binding) -> Option<Route> {
    let verb = Method::from_bytes(binding.verb.to_uppercase().as_bytes()).ok()?;
    Some(Route { verb, path: binding.path.split('/').map(str::to_owned).collect(), input: method.input() })
}

/// A method's HTTP rule.
fn binding(method: &MethodDescriptor) -> Option<Binding> {
    let http = proto::descriptors().get_extension_by_name("google.api.http")?;
    let options = method.options();
    if !options.has_extension(&http) {
        return None;
    }
    let rule = options.get_extension(&http);
    let rule = rule.as_message()?;
    let body = rule.get_field_by_name("body")?.as_str()?.to_owned();
    let pattern =
        rule.fields().find(|(field, value)| field.containing_oneof().is_some() && matches!(value, Field::String(_)));
    pattern.and_then(|(field, path)| {
        Some(Binding { verb: field.name().to_owned(), path: path.as_str()?.to_owned(), body: body.clone() })
    })
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
    fn a_call_finds_its_method_and_the_verbs_beside_it() {
        let at = |verb: Method, path: &str| match find(&verb, path) {
            Found::Call(route) => route.input.name().to_owned(),
            Found::Verbs(verbs) => verbs.iter().map(|verb| verb.as_str()).collect::<Vec<_>>().join(" "),
            Found::Nothing => String::new(),
        };
        assert_eq!(at(Method::GET, "/v1/requests/r1"), "GetRequestRequest");
        assert_eq!(at(Method::HEAD, "/v1/requests/r1"), "GetRequestRequest");
        assert_eq!(at(Method::PATCH, "/v1/requests/r1"), "UpdateRequestRequest");
        assert_eq!(at(Method::GET, "/v1/reports/requests.csv"), "ExportRequestReportRequest");
        assert_eq!(at(Method::POST, "/v1/requests/r1"), "DELETE GET HEAD PATCH");
        for nowhere in
            ["/v1/requests/", "/v1/requests/r1/nothing", "/v1", "/", "", "/tandem.identity.v1.SessionService/SignIn"]
        {
            assert_eq!(at(Method::GET, nowhere), "", "{nowhere}");
        }
        assert!(routes().keys().all(|collection| !collection.contains('{')));
    }
}
