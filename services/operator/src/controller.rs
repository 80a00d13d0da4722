//! The watches, and the controller that they wake: one term of leadership.

use std::{fmt::Debug, hash::Hash, sync::Arc, time::Duration};

use futures::{Stream, StreamExt as _, future};
use k8s_openapi::api::{apps::v1::Deployment, batch::v1::Job};
use kernel::Clock;
use kube::{
    Api, Client, Resource, ResourceExt as _,
    core::{ApiResource, DynamicObject, NamespaceResourceScope},
    runtime::{
        Controller, WatchStreamExt as _,
        controller::Action,
        reflector::{self, ObjectRef, Store},
        watcher,
    },
};
use serde::de::DeserializeOwned;
use tokio_util::sync::CancellationToken;

use crate::{
    Flag,
    context::{Caches, Context, Versions},
    labels,
    reconcile::{Error, reconcile},
    resource::Province,
};

/// How long after a failure a province is looked at again.
const AFTER_FAILURE: Duration = Duration::from_secs(2);

#[derive(Clone)]
pub struct Term {
    pub client: Client,
    /// The clock that decisions go by.
    pub clock: Arc<dyn Clock>,
    /// The one namespace that is watched; all if empty.
    pub namespace: String,
    /// How often each province is looked at when nothing calls for it.
    pub look_every: Duration,
    /// Raised once all caches are filled.
    pub caught_up: Flag,
}

impl Term {
    /// Works until the term ends.
    ///
    /// # Errors
    /// If the API server does not say which versions it has.
    pub async fn work(self, end: CancellationToken) -> anyhow::Result<()> {
        let versions = Versions::discover(&self.client).await?;
        let any = watcher::Config::default();
        let ours = any.clone().labels(&format!("{}={}", labels::PART_OF, labels::TANDEM));
        let Versions { autoscaling, policy } = versions.clone();
        let (deployments, of_deployments) = watch(self.typed::<Deployment>(), ours.clone(), ());
        let (jobs, of_jobs) = watch(self.typed::<Job>(), ours.clone(), ());
        let (budgets, of_budgets) = watch(self.dynamic(&policy), ours, policy.clone());
        let (autoscalers, of_autoscalers) = watch(self.dynamic(&autoscaling), any.clone(), autoscaling.clone());
        let controller = Controller::new(self.typed::<Province>(), any);
        let provinces = controller.store();
        let finder = || Finder(provinces.clone());
        let (deployment, job, budget, autoscaler) = (finder(), finder(), finder(), finder());
        let controller = controller
            .watches_stream(of_deployments, move |of| deployment.by_release(&of))
            .watches_stream(of_jobs, move |of| job.by_release(&of))
            .watches_stream_with(of_budgets, move |of| budget.by_release(&of), policy)
            .watches_stream_with(of_autoscalers, move |of| autoscaler.by_namespace(&of), autoscaling)
            .graceful_shutdown_on(end.cancelled_owned());
        let caches = Caches { deployments, budgets, jobs, autoscalers, provinces };
        let caught_up = self.caught_up.clone();
        let context = Context::new(self.client, self.clock, versions, caches, (self.look_every, self.caught_up))?;
        let context = Arc::new(context);
        let waiting = Arc::clone(&context);
        let filling = async move {
            if waiting.caches.filled().await {
                caught_up.raise();
            }
        };
        let working = controller.run(once_filled, after_failure, context).for_each(log);
        // The caches are filled by the same streams that wake the controller, so both are driven together.
        let (filling, working) = (std::pin::pin!(filling), std::pin::pin!(working));
        if let future::Either::Left(((), working)) = future::select(filling, working).await {
            working.await;
        }
        Ok(())
    }

    fn typed<K: Resource<Scope = NamespaceResourceScope, DynamicType = ()>>(&self) -> Api<K> {
        match self.namespace.as_str() {
            "" => Api::all(self.client.clone()),
            namespace => Api::namespaced(self.client.clone(), namespace),
        }
    }

    fn dynamic(&self, resource: &ApiResource) -> Api<DynamicObject> {
        match self.namespace.as_str() {
            "" => Api::all_with(self.client.clone(), resource),
            namespace => Api::namespaced_with(self.client.clone(), namespace, resource),
        }
    }
}

/// A cache, and the stream that fills it and tells of each change. A watch that is lost begins anew, after a pause that
/// grows while the API server is away.
fn watch<K>(
    api: Api<K>,
    config: watcher::Config,
    kind: K::DynamicType,
) -> (Store<K>, impl Stream<Item = Result<K, watcher::Error>> + Send + 'static)
where
    K: Resource + Clone + DeserializeOwned + Debug + Send + Sync + 'static,
    K::DynamicType: Eq + Hash + Clone + Send + Sync,
{
    let writer = reflector::store::Writer::new(kind);
    let cache = writer.as_reader();
    (cache, watcher(api, config).default_backoff().reflect(writer).touched_objects())
}

/// Finds the provinces that an object concerns.
struct Finder(Store<Province>);

impl Finder {
    fn by_release(&self, object: &impl Resource) -> Vec<ObjectRef<Province>> {
        let release = object.labels().get(labels::INSTANCE);
        self.find(object.namespace(), |province| release == Some(&province.spec.release))
    }

    fn by_namespace(&self, object: &impl Resource) -> Vec<ObjectRef<Province>> {
        self.find(object.namespace(), |_| true)
    }

    fn find(&self, namespace: Option<String>, is_meant: impl Fn(&Province) -> bool) -> Vec<ObjectRef<Province>> {
        let meant = self.0.state_filter(|province| province.namespace() == namespace && is_meant(province));
        meant.iter().map(|province| ObjectRef::from_obj(province.as_ref())).collect()
    }
}

/// No decision rests on half of what there is. The caches themselves wake one waiter only, hence the flag.
async fn once_filled(province: Arc<Province>, context: Arc<Context>) -> Result<Action, Error> {
    context.caught_up.raised().await;
    reconcile(province, context).await
}

fn after_failure(province: Arc<Province>, error: &Error, _: Arc<Context>) -> Action {
    tracing::warn!(province = province.name_any(), error = %error, "a province could not be reconciled; trying again");
    Action::requeue(AFTER_FAILURE)
}

type Looked = Result<(ObjectRef<Province>, Action), kube::runtime::controller::Error<Error, watcher::Error>>;

async fn log(outcome: Looked) {
    // What a reconciliation failed by is logged where it is tried again; here remain the watches.
    if let Err(kube::runtime::controller::Error::QueueError(error)) = outcome {
        tracing::warn!(error = %error, "a watch was lost; it begins anew");
    }
}
