//! The thirteen sample provinces hold together, by the schema's types, the operator's rules and the rules of the definition.

use std::{collections::BTreeSet, fs, path::PathBuf};

use operator::{resource::Province, validate::validate};

use crate::validation::refused_by_rules;

#[test]
fn all_thirteen_sample_provinces_hold_together() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../k8s/provinces");
    let mut codes = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let text = fs::read_to_string(&file).unwrap();
        let province: Province = serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let plan = validate(&province).unwrap_or_else(|faults| panic!("{}: {faults:?}", file.display()));
        let spec = serde_json::to_value(&province.spec).unwrap();
        assert_eq!(refused_by_rules(&spec, None), Vec::<String>::new(), "{}", file.display());
        codes.insert(plan.code);
    }
    assert_eq!(codes.len(), 13, "{codes:?}");
}
