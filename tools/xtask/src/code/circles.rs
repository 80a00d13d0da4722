//! Files import each other without circles. What a `mod.rs` passes on is followed to the file that defines it; that a `mod.rs`
//! knows what stands below it is no circle, whatever those use of it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{
    base::{CodeBase, Crate, Module},
    imports::{Import, Names},
    pending::Pending,
};

/// What is still one, crate by crate, by its first file. The list only gets shorter.
const PENDING: &[(&str, &[&str])] = &[];

/// One line per knot of files that import each other, with the shortest circle through its first.
pub(crate) fn faults(base: &CodeBase) -> Vec<String> {
    let mut pending = Pending::new("circles", PENDING);
    let mut faults = Vec::new();
    for of in &base.crates {
        for circle in circles(&Graph::of(of)) {
            let name = |module: &Module| if module.is_empty() { "crate".to_owned() } else { module.join("::") };
            let names: Vec<_> = circle.iter().chain(circle.first()).map(name).collect();
            if !pending.allows(&of.name, &names[0]) {
                faults.push(format!("{}: {} import each other in a circle", of.name, names.join(" -> ")));
            }
        }
    }
    faults.extend(pending.faults(base));
    faults
}

#[derive(Default)]
struct Graph(BTreeMap<Module, BTreeSet<Module>>);

impl Graph {
    fn of(of: &Crate) -> Self {
        let names: BTreeMap<Module, Names> =
            of.modules().map(|(file, module)| (module.clone(), Names::of(file, module, of))).collect();
        let mut graph = Self::default();
        for (module, own) in &names {
            let inside = own.imports.iter().filter_map(|import| match import {
                Import::Inside(path) => Some(path.clone()),
                Import::Outside(_) => None,
            });
            let targets = inside.chain(own.globs.iter().cloned()).filter_map(|path| defining(&names, path, 0));
            let edges = targets.filter(|target| !target.starts_with(module)).collect();
            graph.0.insert(module.clone(), edges);
        }
        graph
    }

    /// The shortest way from one module to another.
    fn way(&self, from: &Module, to: &Module) -> Option<Vec<Module>> {
        let (mut before, mut next) = (BTreeMap::new(), VecDeque::from([from]));
        while let Some(module) = next.pop_front() {
            for target in self.0.get(module).into_iter().flatten() {
                if target == to {
                    let mut way = vec![module.clone()];
                    while let Some(previous) = before.get(way.last()?) {
                        way.push(Module::clone(previous));
                    }
                    way.reverse();
                    return Some(way);
                }
                if target != from && !before.contains_key(target) {
                    before.insert(target.clone(), module.clone());
                    next.push_back(target);
                }
            }
        }
        None
    }
}

/// The file that a path ends in: its longest beginning that is a module, or what that one takes the name from; none if that is
/// another crate.
fn defining(names: &BTreeMap<Module, Names>, path: Vec<String>, steps: usize) -> Option<Module> {
    let longest = (0..=path.len()).rev().find(|&n| names.contains_key(&path[..n])).unwrap_or_default();
    let (module, rest) = path.split_at(longest);
    let taken = rest.first().and_then(|name| names.get(module)?.aliases.get(name));
    match taken {
        // As long as no chain of honest re-exports is.
        Some(Import::Inside(target)) if steps < 8 => defining(names, [target, &rest[1..]].concat(), steps + 1),
        Some(Import::Outside(_)) => None,
        _ => Some(module.to_vec()),
    }
}

/// The shortest circle through the first module of each knot: modules that lead to each other.
fn circles(graph: &Graph) -> Vec<Vec<Module>> {
    let mut seen = BTreeSet::new();
    let mut circles = Vec::new();
    for module in graph.0.keys() {
        let Some(circle) = graph.way(module, module).filter(|_| !seen.contains(module)) else { continue };
        let leads_back = |other: &&Module| graph.way(module, other).is_some() && graph.way(other, module).is_some();
        seen.extend(graph.0.keys().filter(leads_back).cloned());
        circles.push(circle);
    }
    circles
}
