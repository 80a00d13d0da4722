//! The walls between crates: who may depend on whom, which library stays in one crate, what is pure; and every version stands in
//! the workspace manifest alone.

use super::{
    base::{CodeBase, Crate},
    imports::{Import, Names},
};

/// The service that hosts the others: the all-in-one.
const HOST: &str = "tandem";

/// Libraries that take minutes to build or that only one may know, and the crate that may name them.
const KEPT: [(&str, &str); 4] =
    [("kube", "operator"), ("typst", "documents"), ("rust_xlsxwriter", "tables"), ("fantoccini", "platform")];

/// What does I/O, which pure code does not know.
const IMPURE: [&str; 9] = ["tokio", "sqlx", "tonic", "lapin", "axum", "reqwest", "proto", "chassis", "eventing"];

/// Pure crates.
const PURE: [&str; 2] = ["kernel", "solver"];

/// Pure modules of crates that are not pure as a whole.
const PURE_MODULES: [(&str, &str); 1] = [("directory", "model")];

/// One line per hole in a wall.
pub(crate) fn faults(base: &CodeBase) -> Vec<String> {
    let mut faults: Vec<String> = base.crates.iter().flat_map(|of| manifest_faults(base, of)).collect();
    for (name, pure) in PURE_MODULES {
        for of in base.crates.iter().filter(|of| of.name == name) {
            for (file, module) in of.modules().filter(|(_, module)| module.first().is_some_and(|m| m == pure)) {
                for import in Names::of(file, module, of).imports {
                    let Import::Outside(path) = import else { continue };
                    if path.first().is_some_and(|of| IMPURE.contains(&of.as_str())) {
                        faults.push(format!("{}: pure code must not know {}", file.name(), path.join("::")));
                    }
                }
            }
        }
    }
    faults
}

fn manifest_faults(base: &CodeBase, of: &Crate) -> Vec<String> {
    let is_in = |parent: &str, name: &str| base.of(parent).any(|c| c.name == name);
    let name = &of.name;
    let mut faults = Vec::new();
    for (section, dependency, line) in dependencies(&of.manifest) {
        if of.parent == "services" && name != HOST && dependency != *name && is_in("services", &dependency) {
            faults.push(format!("{name} must not depend on the crate of another service: {dependency}"));
        }
        if of.parent == "crates" && is_in("services", &dependency) {
            faults.push(format!("{name} is what services stand on, and must not depend on one: {dependency}"));
        }
        if ["crates", "services"].contains(&of.parent) && is_in("tools", &dependency) {
            faults.push(format!("{name} must not depend on what stands above the services: {dependency}"));
        }
        if KEPT.iter().any(|(kept, home)| *kept == dependency && home != name) {
            faults.push(format!("{name} must not depend on {dependency}, which one crate alone may name"));
        }
        if PURE.contains(&name.as_str()) && section == "dependencies" && IMPURE.contains(&dependency.as_str()) {
            faults.push(format!("{name} is pure, and must not depend on {dependency}"));
        }
        if !line.contains("workspace = true") {
            faults.push(format!("{name}: the version of {dependency} belongs into the workspace manifest"));
        }
    }
    faults
}

/// Section, name and line of each dependency of a manifest, of whatever kind.
fn dependencies(manifest: &str) -> Vec<(String, String, String)> {
    let (mut section, mut found) = (String::new(), Vec::new());
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']').to_owned();
        } else if section.ends_with("dependencies") && !line.is_empty() && !line.starts_with('#') {
            let name = line.split([' ', '.', '=']).next().unwrap_or_default().to_owned();
            found.push((section.clone(), name, line.to_owned()));
        }
    }
    found
}
