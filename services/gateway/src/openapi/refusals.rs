//! Refusals, all of one form.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::contracts::Binding;

/// The name of their schema.
pub(super) const SCHEMA: &str = "Refusal";

/// Status, name, and when it comes.
const ALL: [(&str, &str, &str); 11] = [
    ("400", "Invalid", "Something in the call is malformed, or not allowed as things stand."),
    ("401", "Unauthenticated", "No access token, or one that does not hold or has ended; or a secret that is wrong."),
    ("403", "Forbidden", "The active role, or its grants, do not reach so far."),
    ("404", "NotFound", "It does not exist, or not for the caller."),
    ("409", "Conflict", "It exists already, or has been changed since it was read."),
    ("413", "TooLarge", "The body is larger than what is taken."),
    ("415", "NotJson", "The body does not call itself JSON."),
    ("429", "TooMany", "So many calls from one address; `Retry-After` tells how many seconds to wait."),
    ("500", "Internal", "Something is wrong with Tandem."),
    ("503", "Unavailable", "A service is away; try again."),
    ("504", "Late", "A service has not answered in time; try again."),
];

/// The refusals that a method may answer, each as a reference.
pub(super) fn refused(binding: &Binding, has_body: bool) -> Value {
    let may_come = |status: &str| match status {
        "409" => binding.verb != "get",
        "413" | "415" => has_body,
        _ => true,
    };
    let refused = ALL.iter().filter(|(status, ..)| may_come(status));
    refused
        .map(|(status, name, _)| ((*status).to_owned(), json!({ "$ref": format!("#/components/responses/{name}") })))
        .collect()
}

/// All of them, by name.
pub(super) fn responses() -> BTreeMap<&'static str, Value> {
    let response = |(status, name, when): &(&str, &'static str, &str)| {
        let schema = json!({ "$ref": format!("#/components/schemas/{SCHEMA}") });
        let mut response = json!({ "description": when, "content": { "application/json": { "schema": schema } } });
        if *status == "429" {
            response["headers"] = json!({ "Retry-After": { "schema": { "type": "integer" } } });
        }
        (*name, response)
    };
    ALL.iter().map(response).collect()
}

/// `google.rpc.Status`, and the name of its code.
pub(super) fn schema() -> Value {
    let text = |said: &str| json!({ "type": "string", "description": said });
    json!({
        "type": "object",
        "description": "Why a call was refused.",
        "required": ["code", "error", "message", "details"],
        "properties": {
            "code": { "type": "integer", "format": "int32", "description": "The gRPC code." },
            "error": text("The name of the code, such as `INVALID_ARGUMENT`."),
            "message": text("For people, in the language that the call asks for."),
            "details": {
                "type": "array",
                "description": "`ErrorInfo` with the stable `reason`, `LocalizedMessage`, `BadRequest` with a violation for each field that is wrong, and of an error of ours `RequestInfo`.",
                "items": {
                    "type": "object",
                    "required": ["@type"],
                    "properties": {
                        "@type": text("`type.googleapis.com/google.rpc.ErrorInfo`, and so on."),
                        "reason": text("Of an `ErrorInfo`: which refusal it is; docs/reasons.md lists them."),
                        "domain": text("Of an `ErrorInfo`: `tandem.health`."),
                        "metadata": { "type": "object", "additionalProperties": { "type": "string" }, "description": "Of an `ErrorInfo`: what the message speaks of." },
                        "requestId": text("Of a `RequestInfo`: what to report the error by; the trace has it."),
                        "locale": text("Of a `LocalizedMessage`: `fr` or `en`."),
                        "message": text("Of a `LocalizedMessage`: for people."),
                        "fieldViolations": {
                            "type": "array",
                            "description": "Of a `BadRequest`.",
                            "items": {
                                "type": "object",
                                "properties": {
                                    "field": text("A dotted name, such as `request.student_count`."),
                                    "reason": text("The stable reason."),
                                    "description": text("For people."),
                                },
                            },
                        },
                    },
                },
            },
        },
    })
}
