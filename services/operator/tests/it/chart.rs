//! What is checked in with the chart is what the code says.

use std::{fs, path::PathBuf};

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../charts/tandem-operator")
}

#[test]
fn the_definition_that_is_checked_in_is_the_one_of_the_code() {
    let file = folder().join("files/provinces.yaml");
    let (is, should) = (fs::read_to_string(&file).unwrap(), operator::resource::definition().unwrap());
    assert!(
        is.trim_end() == should.trim_end(),
        "run `cargo run -p operator -- crd >charts/tandem-operator/files/provinces.yaml` and commit it"
    );
}

#[test]
fn every_relation_between_fields_is_a_rule_of_the_definition() {
    let definition = operator::resource::definition().unwrap();
    assert_eq!(definition.matches("x-kubernetes-validations").count(), 7);
    assert!(!definition.contains("uint32"), "Kubernetes warns about formats that it does not know");
}
