//! Messages and enums as schemas.

use std::collections::BTreeMap;

use prost_reflect::{EnumDescriptor, FieldDescriptor, Kind, MessageDescriptor};
use serde_json::{Map, Value, json};

use super::{comments::Comments, refusals};

/// The schemas that something refers to. Names are short: no two packages share one.
pub(super) struct Schemas<'a> {
    comments: &'a Comments,
    known: BTreeMap<String, Value>,
}

/// Whether it is one of those that JSON writes in a way of their own.
pub(super) fn is_of_google(message: &MessageDescriptor) -> bool {
    message.full_name().starts_with("google.")
}

impl<'a> Schemas<'a> {
    pub(super) fn new(comments: &'a Comments) -> Self {
        Self { comments, known: BTreeMap::new() }
    }

    pub(super) fn finished(mut self) -> BTreeMap<String, Value> {
        self.known.insert(refusals::SCHEMA.into(), refusals::schema());
        self.known
    }

    pub(super) fn said(&self, field: &FieldDescriptor) -> &'a str {
        self.comments.of(&field.parent_message().parent_file(), field.path())
    }

    /// A reference to a message.
    pub(super) fn message(&mut self, message: &MessageDescriptor) -> Value {
        if !self.known.contains_key(message.name()) {
            // Held before it is filled, since a message may hold itself.
            self.known.insert(message.name().into(), Value::Null);
            let schema = self.object(message, &[]);
            self.known.insert(message.name().into(), schema);
        }
        reference(message.name())
    }

    /// A reference to a message of which the path takes some fields. Nothing else refers to one.
    pub(super) fn without(&mut self, message: &MessageDescriptor, taken: &[&str]) -> Value {
        let schema = self.object(message, taken);
        self.known.insert(message.name().into(), schema);
        reference(message.name())
    }

    fn object(&mut self, message: &MessageDescriptor, taken: &[&str]) -> Value {
        let said = self.comments.of(&message.parent_file(), message.path());
        let fields = message.fields().filter(|field| !taken.contains(&field.name()));
        let properties: Map<String, Value> =
            fields.map(|field| (field.json_name().to_owned(), self.field(&field))).collect();
        json!({ "type": "object", "description": said, "properties": properties })
    }

    /// A field with what is said of it.
    pub(super) fn field(&mut self, field: &FieldDescriptor) -> Value {
        let (mut schema, said) = (self.bare(field), self.said(field));
        if schema.get("$ref").is_some() {
            // Nothing may stand beside a reference.
            schema = json!({ "allOf": [schema] });
        }
        schema["description"] = said.into();
        if said.contains("Output only") {
            schema["readOnly"] = true.into();
        }
        schema
    }

    /// A field alone.
    pub(super) fn bare(&mut self, field: &FieldDescriptor) -> Value {
        let kind = if field.is_map() { self.map(field) } else { self.kind(&field.kind()) };
        if field.is_list() { json!({ "type": "array", "items": kind }) } else { kind }
    }

    fn map(&mut self, field: &FieldDescriptor) -> Value {
        let value = field.kind().as_message().map(|entry| self.kind(&entry.map_entry_value_field().kind()));
        json!({ "type": "object", "additionalProperties": value })
    }

    fn kind(&mut self, kind: &Kind) -> Value {
        match kind {
            Kind::Double => json!({ "type": "number", "format": "double" }),
            Kind::Float => json!({ "type": "number", "format": "float" }),
            Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => json!({ "type": "integer", "format": "int32" }),
            Kind::Uint32 | Kind::Fixed32 => json!({ "type": "integer", "format": "int64", "minimum": 0 }),
            // JavaScript cannot hold them as numbers.
            Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => json!({ "type": "string", "format": "int64" }),
            Kind::Uint64 | Kind::Fixed64 => json!({ "type": "string", "format": "uint64" }),
            Kind::Bool => json!({ "type": "boolean" }),
            Kind::String => json!({ "type": "string" }),
            Kind::Bytes => json!({ "type": "string", "format": "byte" }),
            Kind::Enum(options) => self.options(options),
            Kind::Message(message) => match message.full_name() {
                "google.protobuf.Timestamp" => json!({ "type": "string", "format": "date-time" }),
                "google.protobuf.FieldMask" => json!({ "type": "string", "example": "comment,studentCount" }),
                "google.protobuf.Duration" => json!({ "type": "string", "example": "3.5s" }),
                _ if is_of_google(message) => json!({ "type": "object" }),
                _ => self.message(message),
            },
        }
    }

    fn options(&mut self, options: &EnumDescriptor) -> Value {
        let said = |path: &[i32]| self.comments.of(&options.parent_file(), path);
        let lines = options.values().map(|value| format!("- `{}`: {}", value.name(), said(value.path())));
        let description = format!("{}\n\n{}", said(options.path()), lines.collect::<Vec<_>>().join("\n"));
        let names: Vec<String> = options.values().map(|value| value.name().to_owned()).collect();
        let schema = json!({ "type": "string", "description": description, "enum": names });
        self.known.insert(options.name().into(), schema);
        reference(options.name())
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
