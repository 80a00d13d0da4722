//! One method over HTTP.

use chassis::access::{self, Rule};
use prost_reflect::{FieldDescriptor, Kind, MessageDescriptor, MethodDescriptor};
use serde_json::{Value, json};

use super::{
    comments::{Comments, first_sentence},
    refusals,
    schemas::{Schemas, is_of_google},
};
use crate::contracts::Binding;

/// `template` is the method's path as the document writes it.
pub(super) fn operation(
    method: &MethodDescriptor,
    binding: &Binding,
    template: &str,
    (comments, schemas): (&Comments, &mut Schemas<'_>),
) -> Value {
    let service = method.parent_service();
    let said = comments.of(&service.parent_file(), method.path());
    let body = body(method, binding, schemas);
    let mut operation = json!({
        "tags": [service.name()],
        "operationId": format!("{}_{}", service.name(), method.name()),
        "summary": first_sentence(said),
        "description": said,
        "responses": refusals::refused(binding, body.is_some()),
    });
    operation["responses"]["200"] = answer(method, binding, comments, schemas);
    let parameters = parameters(method, binding, template, schemas);
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if let Some(body) = body {
        operation["requestBody"] = body;
    }
    let path = format!("/{}/{}", service.full_name(), method.name());
    let is_public = access::rule(&path) == Some(&Rule::Public);
    operation["security"] = if is_public { json!([]) } else { json!([{ "bearer": [] }]) };
    operation
}

/// The variables of the path, then what no body takes.
fn parameters(method: &MethodDescriptor, binding: &Binding, template: &str, schemas: &mut Schemas<'_>) -> Vec<Value> {
    let variables = binding.variables();
    let names = template.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = variables
        .iter()
        .zip(names)
        .filter_map(|(variable, name)| {
            let field = named(&method.input(), variable)?;
            let (schema, said) = (schemas.bare(&field), schemas.said(&field));
            Some(json!({ "name": name, "in": "path", "required": true, "description": said, "schema": schema }))
        })
        .collect();
    if binding.body != "*" {
        let taken: Vec<&str> = variables.iter().copied().chain([binding.body.as_str()]).collect();
        query(&method.input(), ("", ""), &taken, schemas, &mut parameters);
    }
    parameters
}

/// The field of a dotted name.
fn named(message: &MessageDescriptor, name: &str) -> Option<FieldDescriptor> {
    let Some((first, rest)) = name.split_once('.') else { return message.get_field_by_name(name) };
    match message.get_field_by_name(first)?.kind() {
        Kind::Message(inner) => named(&inner, rest),
        _ => None,
    }
}

/// One parameter per field, those of messages by dotted names. `prefix` is what stands before: as the contracts and as JSON name it.
fn query(
    message: &MessageDescriptor,
    prefix: (&str, &str),
    taken: &[&str],
    schemas: &mut Schemas<'_>,
    parameters: &mut Vec<Value>,
) {
    for field in message.fields() {
        let own = format!("{}{}", prefix.0, field.name());
        let name = format!("{}{}", prefix.1, field.json_name());
        if taken.contains(&own.as_str()) {
            continue;
        }
        match field.kind() {
            Kind::Message(inner) if !is_of_google(&inner) => {
                query(&inner, (&format!("{own}."), &format!("{name}.")), taken, schemas, parameters);
            }
            _ => {
                let (schema, said) = (schemas.bare(&field), schemas.said(&field));
                parameters.push(json!({ "name": name, "in": "query", "description": said, "schema": schema }));
            }
        }
    }
}

fn body(method: &MethodDescriptor, binding: &Binding, schemas: &mut Schemas<'_>) -> Option<Value> {
    let input = method.input();
    let schema = match binding.body.as_str() {
        "" => return None,
        "*" => schemas.without(&input, &binding.variables()),
        field => schemas.bare(&input.get_field_by_name(field)?),
    };
    Some(json!({ "required": true, "content": { "application/json": { "schema": schema } } }))
}

fn answer(method: &MethodDescriptor, binding: &Binding, comments: &Comments, schemas: &mut Schemas<'_>) -> Value {
    let output = method.output();
    if output.full_name() == "google.api.HttpBody" {
        return json!({ "description": "A file, as it is.", "content": file(&binding.path) });
    }
    let said = comments.of(&output.parent_file(), output.path());
    let schema = schemas.message(&output);
    let content = if method.is_server_streaming() {
        json!({ "text/event-stream": { "schema": event() }, "application/x-ndjson": { "schema": schema } })
    } else {
        json!({ "application/json": { "schema": schema } })
    };
    json!({ "description": said, "content": content })
}

/// A file, whose type the ending of its path says. Generators of clients leave out an answer of any type, and take what is text
/// for text.
fn file(path: &str) -> Value {
    match path.rsplit_once('.') {
        Some((_, "csv")) => json!({ "text/csv": { "schema": { "type": "string" } } }),
        _ => json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } }),
    }
}

/// One event of a stream, by its fields, as later versions of OpenAPI describe one.
fn event() -> Value {
    json!({
        "type": "object",
        "required": ["data"],
        "properties": {
            "event": { "type": "string", "enum": ["message", "stream-error"], "default": "message",
                "description": "`stream-error` of the last event, where the stream was broken off." },
            "data": { "type": "string", "description": "One message as JSON; of a `stream-error` the refusal." },
        },
    })
}
