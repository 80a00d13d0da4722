//! Headers and properties of a message.

use lapin::{
    BasicProperties,
    types::{AMQPValue, FieldTable},
};
use uuid::Uuid;

use crate::trace_context::TraceContext;

/// How often the handler has failed on it.
pub(super) const ATTEMPTS: &str = "x-tandem-attempts";
/// Why it was given up.
pub(super) const REASON: &str = "x-tandem-reason";
/// When it was given up, RFC 3339.
pub(super) const DIED_AT: &str = "x-tandem-died-at";

/// Properties of an event on its first way out.
pub(super) fn properties(id: Uuid, event_type: &str, trace: &TraceContext) -> BasicProperties {
    with_trace(persistent().with_message_id(id.to_string().into()).with_type(event_type.into()), trace)
}

/// Properties of a message that moves on to another queue: identity and trace stay, headers are added.
pub(super) fn moved_on(from: &BasicProperties, headers: Vec<(&str, AMQPValue)>) -> BasicProperties {
    let mut properties = persistent();
    if let Some(id) = from.message_id() {
        properties = properties.with_message_id(id.clone());
    }
    if let Some(kind) = from.kind() {
        properties = properties.with_type(kind.clone());
    }
    let mut table = FieldTable::default();
    for key in ["traceparent", "tracestate"] {
        if let Some(value) = header(from, key) {
            table.insert(key.into(), AMQPValue::LongString(value.into()));
        }
    }
    for (key, value) in headers {
        table.insert(key.into(), value);
    }
    properties.with_headers(table)
}

/// Properties of a message that goes on as it is: with its identity, its trace, and what it has been through.
pub(super) fn carried(from: &BasicProperties) -> BasicProperties {
    let kept = [ATTEMPTS, REASON, DIED_AT].into_iter().filter_map(|key| Some((key, value(from, key)?.clone())));
    moved_on(from, kept.collect())
}

pub(super) fn trace(properties: &BasicProperties) -> TraceContext {
    TraceContext { traceparent: header(properties, "traceparent"), tracestate: header(properties, "tracestate") }
}

pub(super) fn attempts(properties: &BasicProperties) -> u32 {
    match value(properties, ATTEMPTS) {
        Some(AMQPValue::LongLongInt(n)) => u32::try_from(*n).unwrap_or(0),
        _ => 0,
    }
}

/// A header that holds text.
pub(super) fn header(properties: &BasicProperties, key: &str) -> Option<String> {
    match value(properties, key) {
        Some(AMQPValue::LongString(text)) => Some(String::from_utf8_lossy(text.as_bytes()).into_owned()),
        _ => None,
    }
}

pub(super) fn message_id(properties: &BasicProperties) -> Option<Uuid> {
    properties.message_id().as_ref()?.as_str().parse().ok()
}

fn value<'a>(properties: &'a BasicProperties, key: &str) -> Option<&'a AMQPValue> {
    properties.headers().as_ref()?.inner().get(key)
}

fn persistent() -> BasicProperties {
    BasicProperties::default().with_delivery_mode(2).with_content_type("application/protobuf".into())
}

fn with_trace(properties: BasicProperties, trace: &TraceContext) -> BasicProperties {
    let mut table = FieldTable::default();
    for (key, value) in [("traceparent", &trace.traceparent), ("tracestate", &trace.tracestate)] {
        if let Some(value) = value {
            table.insert(key.into(), AMQPValue::LongString(value.as_str().into()));
        }
    }
    properties.with_headers(table)
}
