//! The walls between crates: no service depends on another's crate, heavy libraries stay in one crate each, and every
//! version stands in the workspace manifest alone.

use std::{fs, path::Path};

/// Those that may know the services: the all-in-one and these checks.
const HOSTS: [&str; 2] = ["tandem", "xtask"];

/// Libraries that take minutes to build, and the one crate that may name them.
const HEAVY: [(&str, &str); 2] = [("kube", "operator"), ("typst", "documents")];

pub(crate) fn faults(root: &Path) -> anyhow::Result<Vec<String>> {
    let services: Vec<String> = folders(&root.join("services"))?;
    let mut faults = Vec::new();
    for parent in ["services", "crates", "tools"] {
        for name in folders(&root.join(parent))? {
            let manifest = root.join(parent).join(&name).join("Cargo.toml");
            let dependencies = dependencies(&fs::read_to_string(&manifest)?);
            for (dependency, line) in &dependencies {
                if services.contains(dependency) && *dependency != name && !HOSTS.contains(&name.as_str()) {
                    faults.push(format!("{name} must not depend on the crate of another service: {dependency}"));
                }
                if HEAVY.iter().any(|(heavy, home)| heavy == dependency && *home != name) {
                    faults.push(format!("{name} must not depend on {dependency}, which takes minutes to build"));
                }
                if !line.contains("workspace = true") {
                    faults.push(format!("{name}: the version of {dependency} belongs into the workspace manifest"));
                }
            }
        }
    }
    Ok(faults)
}

fn folders(parent: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").exists() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Name and line of each dependency of a manifest, of whatever kind.
fn dependencies(manifest: &str) -> Vec<(String, String)> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            found.push((name.to_owned(), line.to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_of_every_kind_are_found() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\n[dev-dependencies]\nb = { workspace = true }\n";
        let names: Vec<_> = dependencies(manifest).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b"]);
    }
}
