//! Siblings meet through each other's `mod.rs`: what stands in files below it is nobody else's business.

use super::{
    base::{CodeBase, Crate},
    imports::{Import, Names},
    layers::is_layer,
    pending::Pending,
};

/// Where the capabilities of a crate lie, if not at its root.
const CAPABILITIES: [(&str, &str); 1] = [("web", "pages")];

/// Services that serve no capability of their own, but others.
const WITHOUT: [&str; 3] = ["gateway", "operator", "tandem"];

/// What still goes past, crate by crate. The list only gets shorter.
const PENDING: &[(&str, &[&str])] = &[];

/// One line per import that goes past a sibling's `mod.rs`.
pub(crate) fn faults(base: &CodeBase) -> Vec<String> {
    let mut pending = Pending::new("siblings", PENDING);
    let mut faults = Vec::new();
    for service in base.of("services").filter(|service| !WITHOUT.contains(&service.name.as_str())) {
        for (file, module) in service.modules().filter(|(_, module)| !module.is_empty()) {
            for import in Names::of(file, module, service).imports {
                let Import::Inside(path) = import else { continue };
                let passed = passed(service, module, &path);
                if let Some(sibling) = passed.filter(|sibling| !pending.allows(&service.name, sibling)) {
                    let (file, path) = (file.name(), path.join("::"));
                    faults.push(format!(
                        "{file}: crate::{path} goes past the mod.rs of {sibling}, which says what siblings may use"
                    ));
                }
            }
        }
    }
    faults.extend(pending.faults(base));
    faults
}

/// The capability whose inside a path names from outside.
fn passed(service: &Crate, from: &[String], path: &[String]) -> Option<String> {
    let parents: &[&str] =
        CAPABILITIES.iter().find(|(of, _)| *of == service.name).map_or(&[], |(_, at)| std::slice::from_ref(at));
    let depth = parents.len();
    let is_below = path.len() > depth + 1 && parents.iter().zip(path).all(|(parent, part)| parent == part);
    let capability = is_below.then(|| &path[..=depth])?;
    let is_own = from.starts_with(capability);
    let is_file = service.has_module(&path[..depth + 2]) && !passes_on(service, capability, &path[depth + 1..]);
    (is_file && !is_own && !is_layer(&capability[depth])).then(|| capability.join("::"))
}

/// Whether the `mod.rs` of a capability gives on a name that is also that of a file below it.
fn passes_on(service: &Crate, capability: &[String], rest: &[String]) -> bool {
    let mut files = service.modules().filter(|(_, module)| *module == capability);
    rest.len() == 1 && files.any(|(file, module)| Names::of(file, module, service).aliases.contains_key(&rest[0]))
}
