//! The first step: everything that the declaration refers to is looked up, from the caches that the watches fill and from
//! the broker.

use std::collections::BTreeMap;

use k8s_openapi::api::{apps::v1::Deployment, batch::v1::Job};
use kube::{ResourceExt as _, core::DynamicObject};
use serde_json::Value;

use crate::{
    context::Context,
    facts::{Facts, Workload},
    labels,
    resource::Province,
};

/// The facts around a province now.
pub async fn dereference(context: &Context, province: &Province) -> Facts {
    let backlog = backlog(context, province).await;
    let caches = &context.caches;
    let (namespace, release) = (province.namespace().unwrap_or_default(), &province.spec.release);
    let belongs = |labels: &BTreeMap<String, String>| labels.get(labels::INSTANCE) == Some(release);
    let workloads = caches
        .deployments
        .state_filter(|of| of.namespace().as_deref() == Some(&namespace) && belongs(of.labels()))
        .iter()
        .filter_map(|of| Some((of.labels().get(labels::COMPONENT)?.clone(), workload(of))))
        .collect();
    let budgets =
        caches.budgets.state_filter(|of| of.namespace().as_deref() == Some(&namespace) && belongs(of.labels()));
    let jobs = caches.jobs.state_filter(|of| of.namespace().as_deref() == Some(&namespace) && belongs(of.labels()));
    let (own, foreign): (Vec<_>, Vec<_>) = caches
        .autoscalers
        .state_filter(|of| of.namespace().as_deref() == Some(&namespace))
        .into_iter()
        .partition(|of| is_own(of, province));
    Facts {
        now: context.now(),
        workloads: with_budgets(workloads, &budgets),
        own_autoscalers: own.iter().map(|of| DynamicObject::clone(of)).collect(),
        foreign_autoscalers: foreign.iter().filter_map(|of| Some((target(of)?, of.name_any()))).collect(),
        migration: jobs.iter().find(|job| is_running_migration(job)).map(|job| job.name_any()),
        backlog,
        rival: rival(context, province),
    }
}

async fn backlog(context: &Context, province: &Province) -> Result<BTreeMap<String, u64>, String> {
    let wanted = |of: &crate::resource::ComponentSpec| of.messages_per_replica.is_some();
    match &province.spec.broker {
        Some(broker) if province.spec.components.values().any(wanted) => {
            let namespace = province.namespace().unwrap_or_default();
            let components = province.spec.components.keys();
            context.broker.backlog(&namespace, broker, components).await.map_err(|error| format!("{error:#}"))
        }
        _ => Ok(BTreeMap::new()),
    }
}

fn workload(deployment: &Deployment) -> Workload {
    let count = |replicas: Option<i32>| u32::try_from(replicas.unwrap_or(0)).unwrap_or(0);
    let replicas = count(deployment.spec.replicas.or(Some(1)));
    let status = deployment.status.as_ref();
    let ready = status.map_or(0, |status| count(status.ready_replicas));
    let updated = status.map_or(0, |status| count(status.updated_replicas));
    let observed = status.and_then(|status| status.observed_generation) >= deployment.metadata.generation;
    Workload {
        deployment: deployment.name_any(),
        replicas,
        ready,
        settled: observed && ready == replicas && updated == replicas,
        budget: None,
        may_disrupt: true,
    }
}

/// Adds what the disruption budgets want. A share moves with the number of replicas and sets no floor; a number does.
fn with_budgets(
    mut workloads: BTreeMap<String, Workload>,
    budgets: &[std::sync::Arc<DynamicObject>],
) -> BTreeMap<String, Workload> {
    for budget in budgets {
        let component = budget.labels().get(labels::COMPONENT);
        if let Some(workload) = component.and_then(|component| workloads.get_mut(component)) {
            let least = budget.data.pointer("/spec/minAvailable").and_then(Value::as_u64);
            workload.budget = least.and_then(|least| u32::try_from(least).ok());
            let allowed = budget.data.pointer("/status/disruptionsAllowed").and_then(Value::as_i64);
            workload.may_disrupt = allowed.is_none_or(|allowed| allowed > 0);
        }
    }
    workloads
}

/// Whether the operator made it for this province.
pub(crate) fn is_own(autoscaler: &DynamicObject, province: &Province) -> bool {
    let labels = autoscaler.labels();
    labels.get(labels::MANAGED_BY).is_some_and(|by| by == labels::FIELD_MANAGER)
        && labels.get(labels::DECLARED_BY) == Some(&province.name_any())
}

fn target(autoscaler: &DynamicObject) -> Option<String> {
    let target = autoscaler.data.pointer("/spec/scaleTargetRef")?;
    (target.get("kind")? == "Deployment").then(|| target.get("name")?.as_str().map(str::to_owned))?
}

fn is_running_migration(job: &Job) -> bool {
    let is_migration = job.labels().get(labels::COMPONENT).is_some_and(|of| of == labels::MIGRATE);
    let finished = job.status.as_ref().and_then(|status| status.conditions.as_ref()).is_some_and(|conditions| {
        conditions.iter().any(|of| of.status == "True" && (of.type_ == "Complete" || of.type_ == "Failed"))
    });
    is_migration && !finished && job.metadata.deletion_timestamp.is_none()
}

/// An older province of the same namespace with the same release: two hands on one release would pull against each other.
fn rival(context: &Context, province: &Province) -> Option<String> {
    let age = |of: &Province| (of.metadata.creation_timestamp.clone(), of.name_any());
    let is_rival = |of: &Province| {
        of.namespace() == province.namespace() && of.spec.release == province.spec.release && age(of) < age(province)
    };
    context.caches.provinces.find(is_rival).map(|of| of.name_any())
}
