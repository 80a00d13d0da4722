//! The OpenAPI document is one, describes each method once, and says what is really answered.

use std::collections::BTreeSet;

use chassis::access::{self, Rule};
use openapiv3::{OpenAPI, Operation, ReferenceOr};
use proto::placement::v1::{GetRequestResponse, PlacementRequest};
use serde_json::{Map, Value, json};

use crate::{
    data::{GET_REQUEST, answer},
    world::World,
};

async fn document() -> Value {
    World::new().await.get("/openapi.json").await.ok()
}

fn parsed(document: &Value) -> OpenAPI {
    serde_json::from_value(document.clone()).unwrap_or_else(|error| panic!("no OpenAPI: {error}"))
}

/// Verb, template and operation of each.
fn operations(document: &OpenAPI) -> Vec<(String, String, &Operation)> {
    let items = document.paths.iter().map(|(path, item)| (path, item.as_item().expect("paths refer to nothing")));
    items
        .flat_map(|(path, item)| item.iter().map(move |(verb, operation)| (verb.to_owned(), path.clone(), operation)))
        .collect()
}

/// A path without the names of its variables.
fn bare(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

/// Service and method, verb and path of each method with an HTTP rule.
fn rules() -> Vec<(String, String, String)> {
    let http = proto::descriptors().get_extension_by_name("google.api.http").unwrap();
    let services = proto::descriptors().services();
    let methods = services.flat_map(|service| service.methods().collect::<Vec<_>>());
    let rules = methods.filter(|method| method.options().has_extension(&http)).map(|method| {
        let rule = method.options().get_extension(&http).into_owned();
        let rule = rule.as_message().unwrap();
        let said = |verb: &&str| rule.get_field_by_name(verb).is_some_and(|path| !path.as_str().unwrap().is_empty());
        let verb = ["get", "post", "patch", "delete", "put"].into_iter().find(said).unwrap();
        let path = rule.get_field_by_name(verb).unwrap().as_str().unwrap().to_owned();
        (format!("{}_{}", method.parent_service().name(), method.name()), verb.to_owned(), path)
    });
    rules.collect()
}

#[tokio::test]
async fn each_method_is_described_once_and_each_path_once() {
    let document = parsed(&document().await);
    let described: Vec<_> = operations(&document)
        .into_iter()
        .map(|(verb, path, operation)| (operation.operation_id.clone().unwrap(), verb, bare(&path)))
        .collect();
    let (mut sorted, mut expected) = (described.clone(), rules());
    expected.iter_mut().for_each(|(_, _, path)| *path = bare(path));
    sorted.sort();
    expected.sort();
    assert_eq!(sorted, expected);
    let templates: BTreeSet<String> = document.paths.iter().map(|(path, _)| bare(path)).collect();
    assert_eq!(templates.len(), document.paths.iter().count(), "two templates of one path");
}

#[tokio::test]
async fn whatever_is_referred_to_is_there_and_whatever_is_there_is_referred_to() {
    let document = document().await;
    let mut referred = BTreeSet::new();
    references(&document, &mut referred);
    let components = ["schemas", "responses"].into_iter().flat_map(|kind| {
        let names = document["components"][kind].as_object().unwrap().keys();
        names.map(move |name| format!("#/components/{kind}/{name}"))
    });
    assert_eq!(referred, components.collect());
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn the_variables_of_a_path_are_parameters_and_no_name_comes_twice() {
    let document = parsed(&document().await);
    for (verb, path, operation) in operations(&document) {
        let parameters = operation.parameters.iter().map(|parameter| parameter.as_item().unwrap().parameter_data_ref());
        let names: Vec<_> = parameters.clone().map(|data| data.name.as_str()).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{verb} {path}: {names:?}");
        let variables: Vec<_> = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        let required: Vec<_> = parameters.filter(|data| data.required).map(|data| data.name.as_str()).collect();
        assert_eq!(required, variables, "{verb} {path}");
        assert!(names.iter().all(|name| variables.contains(name) || !name.contains('_')), "{verb} {path}: {names:?}");
    }
}

#[tokio::test]
async fn every_answer_is_described() {
    let document = parsed(&document().await);
    for (verb, path, operation) in operations(&document) {
        let described: Vec<_> = operation.responses.responses.keys().map(ToString::to_string).collect();
        for status in ["200", "400", "401", "403", "404", "429", "500", "503", "504"] {
            assert!(described.iter().any(|known| known == status), "{verb} {path}: {described:?}");
        }
        let has_body = operation.request_body.is_some();
        assert_eq!(described.iter().any(|status| status == "415"), has_body, "{verb} {path}");
        assert_eq!(has_body, ["post", "patch"].contains(&verb.as_str()), "{verb} {path}");
        let whole = operation.description.as_ref().zip(operation.summary.as_ref());
        assert!(whole.is_some_and(|(text, summary)| text.starts_with(summary) && !summary.is_empty()), "{verb} {path}");
        let ReferenceOr::Item(granted) = &operation.responses.responses[&openapiv3::StatusCode::Code(200)] else {
            panic!("{verb} {path}");
        };
        assert!(!granted.description.is_empty() && !granted.content.is_empty(), "{verb} {path}");
    }
}

/// Generators of clients leave out an answer of any type, and what reads a stream reads it event by event.
#[tokio::test]
async fn files_and_events_are_described_as_what_they_are() {
    let document = document().await;
    let content = |path: &str| document["paths"][path]["get"]["responses"]["200"]["content"].as_object().unwrap();
    let names = |described: &Map<String, Value>| described.keys().cloned().collect::<Vec<_>>();
    assert_eq!(json!(content("/v1/reports/requests.csv")), json!({ "text/csv": { "schema": { "type": "string" } } }));
    assert_eq!(names(content("/v1/watch")), ["application/x-ndjson", "text/event-stream"]);
    let event = &content("/v1/watch")["text/event-stream"]["schema"];
    assert_eq!(names(event["properties"].as_object().unwrap()), ["data", "event"]);
    assert_eq!(event["required"], json!(["data"]));
    // What an event is that says nothing of it.
    assert_eq!(event["properties"]["event"]["enum"], json!(["message", "stream-error"]));
    let operations = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap());
    for (verb, operation) in operations {
        for answer in operation["responses"].as_object().unwrap().values().filter_map(|answer| answer.get("content")) {
            assert!(names(answer.as_object().unwrap()).iter().all(|kind| !kind.contains('*')), "{verb} {operation}");
        }
    }
}

#[tokio::test]
async fn only_what_anybody_may_call_needs_no_token() {
    let document = parsed(&document().await);
    for (_, path, operation) in operations(&document) {
        let (service, method) = operation.operation_id.as_ref().unwrap().split_once('_').unwrap();
        let rule = access::rules().iter().find(|(path, _)| path.ends_with(&format!(".{service}/{method}"))).unwrap().1;
        let needs_token = operation.security.as_ref().is_some_and(|schemes| !schemes.is_empty());
        assert_eq!(needs_token, *rule != Rule::Public, "{path}");
    }
}

#[tokio::test]
async fn a_real_answer_has_the_fields_that_are_described() {
    let world = World::new().await;
    let document = world.get("/openapi.json").await.ok();
    let described = |name: &str| -> BTreeSet<String> {
        document["components"]["schemas"][name]["properties"].as_object().unwrap().keys().cloned().collect()
    };
    let named = |value: &Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };
    let whole = PlacementRequest { update_time: Some(prost_types::Timestamp::default()), ..answer().request.unwrap() };
    world.stub.answer(GET_REQUEST, GetRequestResponse { request: Some(whole) });
    let got = world.get("/v1/requests/r1").await.ok();
    assert_eq!(named(&got), described("GetRequestResponse"));
    assert_eq!(named(&got["request"]), described("PlacementRequest"));
    let refused = world.get("/v1/nothing").await.json();
    assert_eq!(named(&refused), described("Refusal"));
    let field = &document["components"]["schemas"]["PlacementRequest"]["properties"];
    assert_eq!(field["state"]["allOf"], json!([{ "$ref": "#/components/schemas/State" }]));
    assert_eq!((&field["state"]["readOnly"], &field["comment"]["readOnly"]), (&json!(true), &Value::Null));
    assert_eq!(field["createTime"]["format"], "date-time");
    assert_eq!(field["weekdays"]["items"], json!({ "$ref": "#/components/schemas/Weekday" }));
    assert_eq!(field["studentCount"]["description"], "How many students, 1 to 99.");
}
