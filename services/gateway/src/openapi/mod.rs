//! The OpenAPI document of all public methods, made of the contracts: what a comment says there, a description says here.
//!
//! There is one template per path, though methods name its variables each in their own way, and every answer is described,
//! refusals too. `rest_over_grpc` would write a document at build time, but one per service, without descriptions, files,
//! refusals or security; what it leaves out is more than what stands here.

mod comments;
mod operations;
mod refusals;
mod schemas;

use std::collections::BTreeMap;

use prost_reflect::MethodDescriptor;
use serde_json::{Map, Value, json};

use self::{comments::Comments, schemas::Schemas};
use crate::contracts::{self, Binding};

/// OpenAPI 3.0, which generators of clients read best.
const VERSION: &str = "3.0.3";

/// The document.
pub(crate) fn document() -> Value {
    let comments = Comments::read();
    let mut schemas = Schemas::new(&comments);
    let methods: Vec<(MethodDescriptor, Binding)> = contracts::public().collect();
    let templates = templates(&methods);
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for (method, binding) in &methods {
        let template = &templates[&key(&binding.path)];
        let operation = operations::operation(method, binding, template, (&comments, &mut schemas));
        paths.entry(template).or_default().insert(binding.verb.clone(), operation);
    }
    json!({
        "openapi": VERSION,
        "info": {
            "title": "Tandem",
            "version": "1",
            "description": "Clinical placements: programs of schools ask for places, health organisations answer. \
                            The same methods can be called over gRPC and gRPC-Web at the same address.",
            "license": { "name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": tags(&methods, &comments),
        "paths": paths,
        "components": {
            "schemas": schemas.finished(),
            "responses": refusals::responses(),
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } },
        },
    })
}

/// A path without the names of its variables, which are what two methods may call differently.
fn key(path: &str) -> String {
    let part = |part: &'_ str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The template of each path, by its key: reading names a resource as it is best known (`{site_id}`), where an update names a
/// field inside it (`{site.id}`).
fn templates(methods: &[(MethodDescriptor, Binding)]) -> BTreeMap<String, String> {
    let mut templates = BTreeMap::new();
    for (_, binding) in methods {
        let template = templates.entry(key(&binding.path)).or_insert_with(|| binding.path.clone());
        if template.contains('.') && !binding.path.contains('.') {
            template.clone_from(&binding.path);
        }
    }
    templates
}

/// One tag per service.
fn tags(methods: &[(MethodDescriptor, Binding)], comments: &Comments) -> Value {
    let mut tags = BTreeMap::new();
    for (method, _) in methods {
        let service = method.parent_service();
        let said = comments.of(&service.parent_file(), service.path());
        tags.insert(service.name().to_owned(), json!({ "name": service.name(), "description": said }));
    }
    tags.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_names_the_variable_of_a_path() {
        let methods: Vec<_> = contracts::public().collect();
        let templates = templates(&methods);
        assert_eq!(templates["/v1/sites/{}"], "/v1/sites/{site_id}");
        assert_eq!(templates["/v1/people/{}/grants/{}"], "/v1/people/{person_id}/grants/{grant_id}");
    }
}
