//! The kinds of field that the tests beside this one speak of are all that the contracts have.

use std::collections::BTreeSet;

use prost_reflect::{Kind, MessageDescriptor};

/// Beside messages of Tandem's own. A kind that is new here gets a test in `path`, `query`, `body` and `answers` first.
const KINDS: [&str; 9] = [
    "bool",
    "double",
    "enum",
    "google.protobuf.FieldMask",
    "google.protobuf.Timestamp",
    "int32",
    "optional",
    "repeated",
    "string",
];

#[test]
fn every_kind_of_field_of_a_public_method_has_a_test() {
    let (mut kinds, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let services = proto::descriptors().services();
    for method in services.flat_map(|service| service.methods().collect::<Vec<_>>()) {
        let path = format!("/{}/{}", method.parent_service().full_name(), method.name());
        if !matches!(chassis::access::rule(&path), None | Some(chassis::access::Rule::Internal)) {
            note(&method.input(), &mut kinds, &mut seen);
            note(&method.output(), &mut kinds, &mut seen);
        }
    }
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), KINDS);
}

fn note(message: &MessageDescriptor, kinds: &mut BTreeSet<String>, seen: &mut BTreeSet<String>) {
    // Raw bytes with their own content type: `streams` reads some.
    if message.full_name() == "google.api.HttpBody" || !seen.insert(message.full_name().to_owned()) {
        return;
    }
    for field in message.fields() {
        let (is_optional, of_one) = match field.containing_oneof() {
            Some(one) => (one.is_synthetic(), !one.is_synthetic()),
            None => (false, false),
        };
        let traits =
            [(field.is_list(), "repeated"), (field.is_map(), "map"), (of_one, "oneof"), (is_optional, "optional")];
        kinds.extend(traits.into_iter().filter(|(is_so, _)| *is_so).map(|(_, name)| name.to_owned()));
        match field.kind() {
            Kind::Message(inner) if inner.full_name().starts_with("tandem.") => note(&inner, kinds, seen),
            Kind::Message(inner) => _ = kinds.insert(inner.full_name().to_owned()),
            Kind::Enum(_) => _ = kinds.insert("enum".into()),
            scalar => _ = kinds.insert(format!("{scalar:?}")),
        }
    }
}
