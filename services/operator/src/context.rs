//! What every reconciliation shares: the connection, the caches, the clock.

use std::sync::Arc;

use jiff::Timestamp;
use k8s_openapi::api::{apps::v1::Deployment, batch::v1::Job};
use kernel::Clock;
use kube::{
    Client,
    core::{ApiResource, DynamicObject, GroupVersionKind},
    discovery::oneshot,
    runtime::{
        events::{Recorder, Reporter},
        reflector::Store,
    },
};

use crate::{Flag, broker::Broker, labels, resource::Province};

/// The versions of the APIs that this cluster has, of those that the operator knows.
#[derive(Clone, Debug)]
pub struct Versions {
    pub autoscaling: ApiResource,
    pub policy: ApiResource,
}

impl Versions {
    /// Asks the API server. `v2beta2` and `v1beta1` have the same shape as their successors, and are what clusters before
    /// 1.23 and 1.21 have.
    ///
    /// # Errors
    /// If it does not answer, or has none of them.
    pub async fn discover(client: &Client) -> kube::Result<Self> {
        let autoscaling = newest(client, "autoscaling", ["v2", "v2beta2"], "HorizontalPodAutoscaler").await?;
        let policy = newest(client, "policy", ["v1", "v1beta1"], "PodDisruptionBudget").await?;
        Ok(Self { autoscaling, policy })
    }
}

async fn newest(client: &Client, group: &str, [newer, older]: [&str; 2], kind: &str) -> kube::Result<ApiResource> {
    let found = oneshot::pinned_kind(client, &GroupVersionKind::gvk(group, newer, kind)).await;
    let found = match found {
        Err(kube::Error::Api(status)) if status.code == 404 => None,
        Err(kube::Error::Discovery(_)) => None,
        other => Some(other?),
    };
    match found {
        Some((resource, _)) => Ok(resource),
        None => Ok(oneshot::pinned_kind(client, &GroupVersionKind::gvk(group, older, kind)).await?.0),
    }
}

/// What the watches keep.
pub struct Caches {
    pub deployments: Store<Deployment>,
    pub budgets: Store<DynamicObject>,
    pub jobs: Store<Job>,
    /// All autoscalers, since anyone's may scale a workload of a release.
    pub autoscalers: Store<DynamicObject>,
    pub provinces: Store<Province>,
}

impl Caches {
    /// Waits until all of them have been filled once; false if one never will be, since its watch has ended.
    pub async fn filled(&self) -> bool {
        let filled = futures::try_join!(
            self.deployments.wait_until_ready(),
            self.budgets.wait_until_ready(),
            self.jobs.wait_until_ready(),
            self.autoscalers.wait_until_ready(),
            self.provinces.wait_until_ready(),
        );
        filled.is_ok()
    }
}

/// Shared by all reconciliations of one term of leadership.
pub struct Context {
    pub client: Client,
    /// The clock that decisions go by.
    pub clock: Arc<dyn Clock>,
    pub versions: Versions,
    /// What the watches keep.
    pub caches: Caches,
    pub broker: Broker,
    pub recorder: Recorder,
    /// How often each province is looked at when nothing calls for it.
    pub look_every: std::time::Duration,
    /// Raised once all caches have been filled.
    pub caught_up: Flag,
}

impl Context {
    /// A context.
    pub fn new(
        client: Client,
        clock: Arc<dyn Clock>,
        versions: Versions,
        caches: Caches,
        (look_every, caught_up): (std::time::Duration, Flag),
    ) -> anyhow::Result<Self> {
        let reporter = Reporter::from(labels::FIELD_MANAGER);
        let (recorder, broker) = (Recorder::new(client.clone(), reporter), Broker::new(client.clone())?);
        Ok(Self { client, clock, versions, caches, broker, recorder, look_every, caught_up })
    }

    /// The present instant in whole seconds, as it is kept in the status.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_second(now.as_second()).unwrap_or(now)
    }
}
