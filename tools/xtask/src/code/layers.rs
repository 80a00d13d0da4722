//! What the layers of a capability may import: the table of the architecture, in the negative.

use super::{
    base::{CodeBase, Module},
    imports::{Import, Names},
    pending::Pending,
};

/// A layer, and what its files must not name.
struct Layer {
    name: &'static str,
    crates: &'static [&'static str],
    layers: &'static [&'static str],
}

const LAYERS: [Layer; 7] = [
    Layer {
        name: "domain",
        crates: &[
            "tokio",
            "sqlx",
            "tonic",
            "lapin",
            "axum",
            "proto",
            "chassis",
            "eventing",
            "terms",
            "tables",
            "documents",
        ],
        layers: &["store", "app", "wire", "grpc", "events", "tasks"],
    },
    Layer {
        name: "wire",
        crates: &["tokio", "sqlx", "tonic", "lapin", "axum", "eventing", "documents"],
        layers: &["store", "app", "grpc", "events", "tasks"],
    },
    Layer {
        name: "store",
        crates: &["tonic", "lapin", "axum", "proto", "terms", "tables", "documents"],
        layers: &["app", "wire", "grpc", "events", "tasks"],
    },
    Layer { name: "app", crates: &["sqlx", "tonic", "lapin", "axum"], layers: &["grpc", "events", "tasks"] },
    Layer { name: "grpc", crates: &["sqlx", "lapin", "axum"], layers: &["store", "events", "tasks"] },
    Layer { name: "events", crates: &["sqlx", "lapin", "axum", "tonic"], layers: &["store", "grpc", "tasks"] },
    Layer { name: "tasks", crates: &["sqlx", "lapin", "axum", "tonic"], layers: &["store", "grpc", "events"] },
];

/// Crates of which a layer may name one part alone.
const PARTS: [(&str, &str, &str); 2] = [("domain", "directory", "model"), ("app", "eventing", "outbox")];

/// Files that are still to be put right, crate by crate. The list only gets shorter.
const PENDING: &[(&str, &[&str])] = &[("configuration", &["resources::app::refusal"])];

/// One line per name that a layer must not know.
pub(crate) fn faults(base: &CodeBase) -> Vec<String> {
    let mut pending = Pending::new("layers", PENDING);
    let mut faults = Vec::new();
    for service in base.of("services") {
        for (file, module) in service.modules() {
            let Some(layer) = layer_of(module) else { continue };
            for import in Names::of(file, module, service).imports {
                let name = forbidden(layer, module, &import);
                if let Some(name) = name.filter(|_| !pending.allows(&service.name, &module.join("::"))) {
                    faults.push(format!("{}: {} must not know {name}", file.name(), layer.name));
                }
            }
        }
    }
    faults.dedup();
    faults.extend(pending.faults(base));
    faults
}

/// Whether a name is that of a layer.
pub(crate) fn is_layer(name: &str) -> bool {
    LAYERS.iter().any(|layer| layer.name == name)
}

/// The layer that a module belongs to: the first of its names that is one's, in its capability or at the root.
fn layer_of(module: &[String]) -> Option<&'static Layer> {
    module.iter().take(2).find_map(|name| LAYERS.iter().find(|layer| layer.name == name))
}

fn forbidden(layer: &Layer, from: &Module, import: &Import) -> Option<String> {
    match import {
        Import::Inside(path) => {
            let other = layer_of(path).filter(|other| layer.layers.contains(&other.name))?;
            // A name in a layer's own folder that happens to be another layer's, such as `app::events`, is none.
            let is_own = path.len() > 1 && from.len() > 1 && path[..2] == from[..2];
            (!is_own).then(|| format!("the layer {}: crate::{}", other.name, path.join("::")))
        }
        Import::Outside(path) => {
            let name = path.first()?;
            let is_part = |(of, whole, part): &(&str, &str, &str)| {
                *of == layer.name && whole == name && path.get(1).is_none_or(|p| p != part)
            };
            let is_forbidden = layer.crates.contains(&name.as_str()) || PARTS.iter().any(is_part);
            is_forbidden.then(|| format!("the crate {name}: {}", path.join("::")))
        }
    }
}
