//! What is refused: by the operator always, by the CEL rules of the definition where the API server knows CEL. Both must
//! say the same.

use kube::CustomResourceExt as _;
use operator::{resource::Province, validate::validate};
use serde_json::{Value, json};

use crate::declarations;

/// Whether the rules of the definition refuse a declaration; the evaluator is not the API server's, but of the same language.
pub fn refused_by_rules(spec: &Value, old: Option<&Value>) -> Vec<String> {
    let definition = serde_json::to_value(Province::crd()).unwrap();
    let schema = definition.pointer("/spec/versions/0/schema/openAPIV3Schema").unwrap();
    let validator = kube_cel::Validator::new();
    let (new, old) = (json!({ "spec": spec }), old.map(|old| json!({ "spec": old })));
    match validator.validate(schema, &new, old.as_ref()) {
        Ok(()) => Vec::new(),
        Err(errors) => errors.as_slice().iter().map(ToString::to_string).collect(),
    }
}

fn refused_by_operator(spec: Value) -> Vec<(String, &'static str)> {
    let province = declarations::province(serde_json::from_value(spec).unwrap());
    validate(&province).err().unwrap_or_default().into_iter().map(|fault| (fault.field, fault.key)).collect()
}

#[test]
fn a_sound_declaration_is_taken_by_both() {
    let sound = declarations::value(|_| {});
    assert_eq!(refused_by_rules(&sound, None), Vec::<String>::new());
    assert_eq!(refused_by_rules(&sound, Some(&sound)), Vec::<String>::new());
    assert_eq!(refused_by_operator(sound), []);
}

#[test]
fn what_the_rules_refuse_the_operator_refuses_at_the_same_field() {
    type Change = fn(&mut Value);
    let wrong: [(&str, &str, Change); 7] = [
        ("spec.components[gateway].floor", "fault-above-ceiling", |spec| {
            spec["components"]["gateway"]["floor"] = json!(9)
        }),
        ("spec.peaks[0].floors[web]", "fault-unknown-component", |spec| {
            spec["peaks"][0]["floors"] = json!({ "web": 2 });
        }),
        ("spec.peaks[0].floors[gateway]", "fault-above-ceiling", |spec| {
            spec["peaks"][0]["floors"]["gateway"] = json!(9);
        }),
        ("spec.broker", "fault-no-broker", |spec| drop(spec.as_object_mut().unwrap().remove("broker"))),
        ("spec.broker.caSecret", "fault-not-encrypted", |spec| {
            spec["broker"]["caSecret"] = json!({ "name": "broker-ca" });
        }),
        ("spec.maintenance.to", "fault-order", |spec| {
            spec["maintenance"] = json!({ "from": "2027-01-10T04:00:00Z", "to": "2027-01-10T02:00:00Z" });
        }),
        ("spec.peaks[0].from", "fault-day", |spec| spec["peaks"][0]["from"] = json!("02-29")),
    ];
    for (field, key, change) in wrong {
        let spec = declarations::value(change);
        assert_eq!(refused_by_rules(&spec, None).len(), 1, "{field}: {:?}", refused_by_rules(&spec, None));
        assert_eq!(refused_by_operator(spec), [(field.to_owned(), key)]);
    }
}

#[test]
fn code_and_release_cannot_be_changed() {
    let before = declarations::value(|_| {});
    for field in ["code", "release"] {
        let after = declarations::value(|spec| spec[field] = json!("on"));
        let refusals = refused_by_rules(&after, Some(&before));
        assert!(refusals.len() == 1 && refusals[0].contains("cannot be changed"), "{refusals:?}");
    }
    let mut province = declarations::province(declarations::spec(|spec| spec["release"] = json!("another")));
    province.status =
        Some(operator::resource::ProvinceStatus { release: Some("tandem-qc".into()), ..Default::default() });
    assert_eq!(validate(&province).unwrap_err()[0].key, "fault-immutable");
}

#[test]
fn what_only_the_operator_can_know_is_refused_by_it() {
    let spec = declarations::value(|spec| spec["timeZone"] = json!("America/Quebec_City"));
    assert_eq!(refused_by_operator(spec), [("spec.timeZone".to_owned(), "fault-time-zone")]);
    let twice = declarations::value(|spec| {
        let peak = spec["peaks"][0].clone();
        spec["peaks"].as_array_mut().unwrap().push(peak);
    });
    assert_eq!(refused_by_operator(twice), [("spec.peaks[1].name".to_owned(), "fault-twice")]);
}

#[test]
fn all_faults_are_told_at_once() {
    let spec = declarations::value(|spec| {
        spec["timeZone"] = json!("nowhere");
        spec["components"]["gateway"]["floor"] = json!(9);
        spec["peaks"][0]["to"] = json!("09-31");
    });
    assert_eq!(refused_by_operator(spec).len(), 3);
}

#[test]
fn unknown_fields_are_refused() {
    let spec = declarations::value(|spec| spec["pause"] = json!(true));
    assert!(serde_json::from_value::<operator::resource::ProvinceSpec>(spec).is_err());
}

/// API servers refuse a definition whose rules could cost too much, so every list and map that a rule walks has a bound.
#[test]
fn every_rule_compiles_and_costs_little() {
    let definition = serde_json::to_value(Province::crd()).unwrap();
    let mut nodes = vec![definition.pointer("/spec/versions/0/schema/openAPIV3Schema").unwrap()];
    let mut rules = 0;
    while let Some(node) = nodes.pop() {
        let schema = kube_cel::compile_schema(node);
        assert!(!schema.has_errors(), "{:?}", schema.compilation_errors());
        for rule in node["x-kubernetes-validations"].as_array().into_iter().flatten() {
            let rule = rule["rule"].as_str().unwrap();
            let warnings = kube_cel::estimate_rule_cost(rule, &schema);
            assert!(warnings.is_empty(), "{rule}: {warnings:?}");
            rules += 1;
        }
        nodes.extend(node["properties"].as_object().into_iter().flat_map(serde_json::Map::values));
        nodes.extend(
            ["items", "additionalProperties"].iter().filter_map(|key| node.get(key)).filter(|of| of.is_object()),
        );
    }
    assert_eq!(rules, 9);
}
