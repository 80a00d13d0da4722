//! The third step: from plan and facts to what should be. Pure: the same input gives the same objects.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::OwnerReference;
use kube::core::{ApiResource, DynamicObject};
use serde_json::{Value, json};

use crate::{
    domain::{Component, Decision, Hold, Memory, Observed, Plan, Reason, ScaleDown, calendar, decide},
    facts::{Facts, Workload},
    labels,
};

/// Whose objects are built, and in which version of the API.
#[derive(Clone, Debug)]
pub struct Origin {
    pub name: String,
    /// Its namespace, and that of everything built.
    pub namespace: String,
    /// What makes the province the owner.
    pub owner: OwnerReference,
    /// `autoscaling/v2`, or what an older cluster has instead.
    pub autoscaling: ApiResource,
}

/// What should be.
#[derive(Clone, Debug, Default)]
pub struct Desired {
    /// Why nothing is scaled for the time being.
    pub hold: Option<Hold>,
    /// What was decided, by component that has a workload.
    pub decisions: BTreeMap<String, Decision>,
    /// The autoscalers that there should be.
    pub autoscalers: Vec<Autoscaler>,
    /// Names of autoscalers of ours that should not be there any more.
    pub removals: Vec<String>,
    /// Deployments that have fewer replicas than the lower bound, and the lower bound.
    pub raises: Vec<(String, u32)>,
}

#[derive(Clone, Debug)]
pub struct Autoscaler {
    pub component: String,
    pub object: DynamicObject,
}

/// What should be, given what is remembered of each component.
#[must_use]
pub fn build(plan: &Plan, facts: &Facts, memories: &BTreeMap<String, Memory>, origin: &Origin) -> Desired {
    let hold = hold(plan, facts);
    let mut desired = Desired { hold: hold.clone(), ..Desired::default() };
    for (name, component) in &plan.components {
        let Some(workload) = facts.workloads.get(name) else { continue };
        let decision = decision(plan, facts, (name, component, workload), memories.get(name).copied(), hold.as_ref());
        let is_foreign = facts.foreign_autoscalers.contains_key(&workload.deployment);
        if !plan.paused && !is_foreign {
            if hold.is_none() && workload.replicas < decision.memory.min {
                desired.raises.push((workload.deployment.clone(), decision.memory.min));
            }
            let object = autoscaler(plan, origin, (name, component, workload), decision.memory.min, hold.is_some());
            desired.autoscalers.push(Autoscaler { component: name.clone(), object });
        }
        desired.decisions.insert(name.clone(), decision);
    }
    if !plan.paused {
        desired.removals = superfluous(plan, facts);
    }
    desired
}

fn hold(plan: &Plan, facts: &Facts) -> Option<Hold> {
    let migration = facts.migration.clone().map(Hold::Migration);
    migration.or_else(|| plan.is_under_maintenance(facts.now).then_some(Hold::Maintenance))
}

/// What is decided for a component; while nothing may change, what was decided last, and the time of calm begins anew.
fn decision(
    plan: &Plan,
    facts: &Facts,
    (name, component, workload): (&str, &Component, &Workload),
    memory: Option<Memory>,
    hold: Option<&Hold>,
) -> Decision {
    let still = if plan.paused { Some(Reason::Paused) } else { hold.cloned().map(Reason::Held) };
    match (still, memory) {
        (Some(reason), Some(memory)) => {
            let min = memory.min.clamp(component.bounds.floor, component.bounds.ceiling);
            let min = if plan.paused { memory.min } else { min };
            Decision { memory: Memory { min, calm_since: None, ..memory }, reason, changed_from: None }
        }
        (Some(reason), None) => {
            let floor = decide(component.bounds, plan.scale_down, &Observed::default(), None, facts.now);
            Decision { reason, changed_from: None, ..floor }
        }
        (None, memory) => {
            let seen = observe(plan, facts, name, component, workload);
            decide(component.bounds, plan.scale_down, &seen, memory, facts.now)
        }
    }
}

fn observe(plan: &Plan, facts: &Facts, name: &str, component: &Component, workload: &Workload) -> Observed {
    let waiting = |backlog: &BTreeMap<String, u64>| backlog.get(name).copied().unwrap_or(0);
    let peak = calendar::floor_of(&plan.peaks, name, facts.now, &plan.zone);
    Observed {
        peak: peak.map(|(floor, peak)| (floor, peak.to_owned())),
        backlog: component.messages_per_replica.map(|target| (facts.backlog.as_ref().ok().map(waiting), target)),
        budget: workload.budget,
        all_ready: workload.settled,
        may_disrupt: workload.may_disrupt,
    }
}

/// Autoscalers of components that are declared no more. One whose workload is gone for the moment stays: a release that is
/// installed again finds it.
fn superfluous(plan: &Plan, facts: &Facts) -> Vec<String> {
    let component = |object: &DynamicObject| object.metadata.labels.as_ref()?.get(labels::COMPONENT).cloned();
    let is_declared =
        |object: &&DynamicObject| component(object).is_some_and(|name| plan.components.contains_key(&name));
    let rest = facts.own_autoscalers.iter().filter(|object| !is_declared(object));
    rest.filter_map(|object| object.metadata.name.clone()).collect()
}

fn autoscaler(
    plan: &Plan,
    origin: &Origin,
    (name, component, workload): (&str, &Component, &Workload),
    min: u32,
    frozen: bool,
) -> DynamicObject {
    let mut object = DynamicObject::new(&workload.deployment, &origin.autoscaling).within(&origin.namespace);
    object.metadata.labels = Some(labels::of_autoscaler(&plan.code, &plan.release, name, &origin.name));
    object.metadata.owner_references = Some(vec![origin.owner.clone()]);
    object.data = json!({ "spec": {
        "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": workload.deployment },
        "minReplicas": min,
        "maxReplicas": component.bounds.ceiling,
        "metrics": [{ "type": "Resource", "resource": {
            "name": "cpu",
            "target": { "type": "Utilization", "averageUtilization": component.cpu_percent },
        } }],
        "behavior": behavior(plan.scale_down, frozen),
    } });
    object
}

/// Up fast, down by one pod at a time, which gives the one that goes the time to finish what it holds. Frozen: neither.
fn behavior(scale_down: ScaleDown, frozen: bool) -> Value {
    let policy = if frozen { "Disabled" } else { "Max" };
    json!({
        "scaleUp": {
            "stabilizationWindowSeconds": 0,
            "selectPolicy": policy,
            "policies": [
                { "type": "Percent", "value": 100, "periodSeconds": 15 },
                { "type": "Pods", "value": 4, "periodSeconds": 15 },
            ],
        },
        "scaleDown": {
            "stabilizationWindowSeconds": scale_down.calm.as_secs(),
            "selectPolicy": policy,
            "policies": [{ "type": "Pods", "value": 1, "periodSeconds": scale_down.step.as_secs() }],
        },
    })
}
