//! The fourth step: what should be is applied, under the operator's own field manager, where it is not so already.

use k8s_openapi::api::apps::v1::Deployment;
use kube::{
    Api, Client, ResourceExt as _,
    api::{DeleteParams, Patch, PatchParams, Preconditions},
    core::{ApiResource, DynamicObject},
};
use serde_json::{Value, json};

use crate::{build::Desired, labels};

/// Something that was done and that people should know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    pub code: &'static str,
    pub key: &'static str,
    /// What it concerns.
    pub value: String,
    /// Whether it is something that should not have been necessary.
    pub is_warning: bool,
}

/// Applies what should be. `is_news` tells whether a difference was to be expected: the declaration or the decision is new.
///
/// # Errors
/// If the API server refuses or does not answer; what was applied until then stays, and the next time goes on from there.
pub async fn apply(
    client: &Client,
    (namespace, autoscaling): (&str, &ApiResource),
    desired: &Desired,
    seen: &[DynamicObject],
    is_news: impl Fn(&str) -> bool,
) -> kube::Result<Vec<Happening>> {
    let autoscalers: Api<DynamicObject> = Api::namespaced_with(client.clone(), namespace, autoscaling);
    let mut happenings = Vec::new();
    for autoscaler in &desired.autoscalers {
        let name = autoscaler.object.name_any();
        if seen.iter().any(|live| live.name_any() == name && is_so(&autoscaler.object, live)) {
            continue;
        }
        happenings.extend(settle(&autoscalers, &autoscaler.object, is_news(&autoscaler.component)).await?);
    }
    for name in &desired.removals {
        if let Some(live) = autoscalers.get_opt(name).await? {
            remove(&autoscalers, &live).await?;
            happenings.push(happening("Removed", "removed", name, false));
        }
    }
    let deployments: Api<Deployment> = Api::namespaced(client.clone(), namespace);
    for (name, replicas) in &desired.raises {
        happenings.extend(raise(&deployments, name, *replicas).await?);
    }
    Ok(happenings)
}

/// Deletes exactly this autoscaler, not one that has come into its place.
pub async fn remove(autoscalers: &Api<DynamicObject>, live: &DynamicObject) -> kube::Result<()> {
    let preconditions = Preconditions { uid: live.uid(), resource_version: None };
    let parameters = DeleteParams { preconditions: Some(preconditions), ..DeleteParams::default() };
    match autoscalers.delete(&live.name_any(), &parameters).await {
        Err(kube::Error::Api(status)) if status.code == 404 || status.code == 409 => Ok(()),
        other => other.map(drop),
    }
}

/// Applies one autoscaler, first without force: a refusal tells who changed it.
async fn settle(
    autoscalers: &Api<DynamicObject>,
    object: &DynamicObject,
    is_news: bool,
) -> kube::Result<Option<Happening>> {
    let name = object.name_any();
    // The cache may lag behind what was just applied.
    let live = autoscalers.get_opt(&name).await?;
    if live.as_ref().is_some_and(|live| is_so(object, live)) {
        return Ok(None);
    }
    let parameters = PatchParams::apply(labels::FIELD_MANAGER);
    match autoscalers.patch(&name, &parameters, &Patch::Apply(object)).await {
        Err(kube::Error::Api(status)) if status.code == 409 => {
            autoscalers.patch(&name, &parameters.force(), &Patch::Apply(object)).await?;
            let value = format!("{name} ({})", managers(&status));
            Ok(Some(happening("Overruled", "overruled", &value, true)))
        }
        Err(error) => Err(error),
        Ok(_) if live.is_none() && is_news => Ok(Some(happening("Created", "created", &name, false))),
        Ok(_) if is_news => Ok(None),
        Ok(_) => Ok(Some(happening("Restored", "restored", &name, true))),
    }
}

/// Gives a workload its least replicas, also where the autoscaler does not: none at all switches it off.
async fn raise(deployments: &Api<Deployment>, name: &str, replicas: u32) -> kube::Result<Option<Happening>> {
    let scale = deployments.get_scale(name).await?;
    let current = scale.spec.and_then(|spec| spec.replicas).unwrap_or(0);
    if i64::from(current) >= i64::from(replicas) {
        return Ok(None);
    }
    let parameters = PatchParams { field_manager: Some(labels::FIELD_MANAGER.into()), ..PatchParams::default() };
    deployments.patch_scale(name, &parameters, &Patch::Merge(json!({ "spec": { "replicas": replicas } }))).await?;
    Ok(Some(happening("Raised", "raised", name, false)))
}

/// The names in `conflict with "kubectl-edit" using autoscaling/v2: .spec.maxReplicas`.
fn managers(status: &kube::core::Status) -> String {
    let causes = status.details.iter().flat_map(|details| &details.causes);
    let mut names: Vec<_> = causes.filter_map(|cause| cause.message.split('"').nth(1)).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

fn happening(code: &'static str, key: &'static str, value: &str, is_warning: bool) -> Happening {
    Happening { code, key, value: value.to_owned(), is_warning }
}

/// Whether everything that is wanted is so; what the API server added counts for nothing.
#[must_use]
pub fn is_so(wanted: &DynamicObject, live: &DynamicObject) -> bool {
    let labels_are = wanted.labels().iter().all(|(key, value)| live.labels().get(key) == Some(value));
    let owners_are = wanted.owner_references().iter().all(|owner| live.owner_references().contains(owner));
    labels_are && owners_are && holds(&wanted.data["spec"], &live.data["spec"])
}

fn holds(wanted: &Value, live: &Value) -> bool {
    match (wanted, live) {
        (Value::Object(wanted), Value::Object(live)) => {
            wanted.iter().all(|(key, value)| live.get(key).is_some_and(|live| holds(value, live)))
        }
        (Value::Array(wanted), Value::Array(live)) => {
            wanted.len() == live.len() && wanted.iter().zip(live).all(|(wanted, live)| holds(wanted, live))
        }
        _ => wanted == live,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_added_is_no_difference_and_what_it_lacks_is() {
        let wanted = json!({ "minReplicas": 2, "metrics": [{ "type": "Resource" }] });
        assert!(holds(
            &wanted,
            &json!({ "minReplicas": 2, "metrics": [{ "type": "Resource", "x": 1 }], "more": true })
        ));
        assert!(!holds(&wanted, &json!({ "minReplicas": 3, "metrics": [{ "type": "Resource" }] })));
        assert!(!holds(&wanted, &json!({ "minReplicas": 2, "metrics": [{ "type": "Resource" }, { "type": "Pods" }] })));
        assert!(!holds(&wanted, &json!({ "minReplicas": 2 })));
    }
}
