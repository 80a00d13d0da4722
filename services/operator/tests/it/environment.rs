//! A namespace with a release in it, and an operator that works there with the rights of its chart alone.

use std::{collections::BTreeMap, fs, sync::Arc, time::Duration};

use chassis::Lifecycle;
use jiff::{SignedDuration, Timestamp};
use k8s_openapi::api::{
    apps::v1::Deployment,
    authentication::v1::{TokenRequest, TokenRequestSpec},
    batch::v1::Job,
    core::v1::{Namespace, Secret, ServiceAccount},
    events::v1::Event,
    rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding},
};
use kernel::FixedClock;
use kube::{
    Api, Client, ResourceExt as _,
    api::{DeleteParams, ListParams, Patch, PatchParams, PostParams},
    core::DynamicObject,
};
use operator::{
    Readiness,
    config::Config,
    context::Versions,
    operate,
    resource::{Province, ProvinceStatus, State},
};
use serde_json::{Value, json};
use testkit::{wait_for, wait_for_some};

use crate::{
    cluster::{Cluster, apply, labels},
    declarations,
};

/// A quiet day.
pub const QUIET: &str = "2027-05-10T12:00:00Z";
const SERVICE_ACCOUNT: &str = "tandem-operator";

pub struct Environment {
    pub admin: Client,
    pub namespace: String,
    pub clock: FixedClock,
    pub versions: Versions,
    /// As the operator: with its ServiceAccount's token.
    pub operator: Client,
    pub token: String,
    /// What the operator watches: this namespace, where others have theirs; else all, as in a real cluster.
    watched: String,
}

/// An operator at work; stops when asked to.
pub struct Operator {
    pub readiness: Readiness,
    lifecycle: Lifecycle,
}

impl Operator {
    pub async fn stop(self) {
        self.lifecycle.stop();
        self.lifecycle.finished(Duration::from_secs(10)).await;
    }
}

impl Environment {
    /// An empty namespace, in which the operator may do what its chart lets it.
    pub async fn new(cluster: &Cluster, name: &str) -> Self {
        let (admin, namespace) = (cluster.client(), format!("op-{name}-{}", std::process::id()));
        let namespaces: Api<Namespace> = Api::all(admin.clone());
        apply(
            &namespaces,
            &namespace,
            json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": namespace } }),
        )
        .await;
        let accounts: Api<ServiceAccount> = Api::namespaced(admin.clone(), &namespace);
        let account = json!({ "apiVersion": "v1", "kind": "ServiceAccount", "metadata": { "name": SERVICE_ACCOUNT } });
        apply(&accounts, SERVICE_ACCOUNT, account).await;
        grant(&admin, &namespace).await;
        let spec = TokenRequestSpec { expiration_seconds: Some(7_200), ..TokenRequestSpec::default() };
        let token = TokenRequest { spec: Some(spec), ..TokenRequest::default() };
        let token = accounts.create_token_request(SERVICE_ACCOUNT, &PostParams::default(), &token).await.unwrap();
        let mut config = cluster.config.clone();
        let token = token.status.and_then(|status| status.token).unwrap();
        config.auth_info = kube::config::AuthInfo { token: Some(token.clone().into()), ..Default::default() };
        let versions = Versions::discover(&admin).await.unwrap();
        let watched = if cluster.is_shared { namespace.clone() } else { String::new() };
        let clock = FixedClock::at(QUIET.parse().unwrap());
        Self { admin, namespace, clock, versions, operator: Client::try_from(config).unwrap(), token, watched }
    }

    /// An operator of this namespace, which looks often, so that journeys are short.
    pub fn operator(&self, identity: &str) -> Operator {
        let config = Config {
            namespace: self.watched.clone(),
            lease_namespace: self.namespace.clone(),
            lease_ms: 3_000,
            identity: identity.into(),
            look_every_ms: 200,
            ..Config::default()
        };
        let (readiness, lifecycle) = (Readiness::default(), Lifecycle::default());
        let clock = Arc::new(self.clock.clone());
        let operating = operate(self.operator.clone(), config, clock, readiness.clone(), lifecycle.clone());
        lifecycle.spawn("operator", operating);
        Operator { readiness, lifecycle }
    }

    pub fn api<K>(&self) -> Api<K>
    where
        K: kube::Resource<Scope = kube::core::NamespaceResourceScope, DynamicType = ()>,
    {
        Api::namespaced(self.admin.clone(), &self.namespace)
    }

    pub fn autoscalers(&self) -> Api<DynamicObject> {
        Api::namespaced_with(self.admin.clone(), &self.namespace, &self.versions.autoscaling)
    }

    /// A workload of a release, as the chart makes it where the operator scales: without a number of replicas.
    pub async fn deploy(&self, release: &str, component: &str) {
        let (name, labels) = (format!("{release}-{component}"), labels(release, component));
        let container = json!({ "name": "main", "image": "registry.k8s.io/pause:3.9" });
        let deployment = json!({
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": { "name": name, "labels": labels },
            "spec": {
                "selector": { "matchLabels": labels },
                "template": { "metadata": { "labels": labels }, "spec": { "containers": [container] } },
            },
        });
        apply(&self.api::<Deployment>(), &name, deployment).await;
    }

    /// A migration that runs as long as it is there: no node takes its pod.
    pub async fn migrate(&self, release: &str) {
        let (name, labels) = (format!("{release}-migrate"), labels(release, "migrate"));
        let pod = json!({
            "restartPolicy": "Never",
            "nodeSelector": { "tandem.health/test": "nowhere" },
            "containers": [{ "name": "main", "image": "registry.k8s.io/pause:3.9" }],
        });
        let job = json!({
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": { "name": name, "labels": labels },
            "spec": { "template": { "spec": pod } },
        });
        apply(&self.api::<Job>(), &name, job).await;
    }

    pub async fn end_migration(&self, release: &str) {
        let jobs = self.api::<Job>();
        jobs.delete(&format!("{release}-migrate"), &DeleteParams::background()).await.unwrap();
    }

    fn budgets(&self) -> Api<DynamicObject> {
        Api::namespaced_with(self.admin.clone(), &self.namespace, &self.versions.policy)
    }

    /// A disruption budget that wants so many pods at any time.
    pub async fn protect(&self, release: &str, component: &str, least: u32) {
        let (name, labels) = (format!("{release}-{component}"), labels(release, component));
        let budget = json!({
            "apiVersion": self.versions.policy.api_version,
            "kind": "PodDisruptionBudget",
            "metadata": { "name": name, "labels": labels },
            "spec": { "minAvailable": least, "selector": { "matchLabels": labels } },
        });
        apply(&self.budgets(), &name, budget).await;
    }

    pub async fn unprotect(&self, release: &str, component: &str) {
        self.budgets().delete(&format!("{release}-{component}"), &DeleteParams::default()).await.unwrap();
    }

    pub async fn secret(&self, name: &str, data: Value) {
        let secret = json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": name }, "stringData": data });
        apply(&self.api::<Secret>(), name, secret).await;
    }

    /// Declares a province, or declares it anew.
    pub async fn declare(&self, name: &str, change: impl FnOnce(&mut Value)) -> Result<Province, kube::Error> {
        let province = json!({
            "apiVersion": "tandem.health/v1alpha1",
            "kind": "Province",
            "metadata": { "name": name },
            "spec": declarations::value(change),
        });
        let parameters = PatchParams::apply("tests").force();
        self.api::<Province>().patch(name, &parameters, &Patch::Apply(&province)).await
    }

    /// Waits until a province is in a state, and answers its status.
    pub async fn state(&self, name: &str, state: State) -> ProvinceStatus {
        self.status(name, &format!("{name} to be {}", state.name()), |status| status.state == state).await
    }

    /// Waits until a status of the newest declaration is as asked for.
    pub async fn status(&self, name: &str, what: &str, is_so: impl Fn(&ProvinceStatus) -> bool) -> ProvinceStatus {
        let provinces = self.api::<Province>();
        wait_for_some(what, async || {
            let province = provinces.get(name).await.ok()?;
            let status = province.status?;
            (status.observed_generation == province.metadata.generation && is_so(&status)).then_some(status)
        })
        .await
    }

    /// Bounds of an autoscaler; none if there is none.
    pub async fn bounds(&self, name: &str) -> Option<(i64, i64)> {
        let spec = self.autoscalers().get_opt(name).await.ok()??.data;
        Some((spec.pointer("/spec/minReplicas")?.as_i64()?, spec.pointer("/spec/maxReplicas")?.as_i64()?))
    }

    pub async fn wait_for_bounds(&self, name: &str, bounds: (i64, i64)) {
        let what = format!("{name} between {bounds:?}");
        wait_for(&what, async || self.bounds(name).await == Some(bounds)).await;
    }

    pub async fn replicas(&self, name: &str) -> i32 {
        self.api::<Deployment>().get(name).await.unwrap().spec.replicas.unwrap_or(0)
    }

    /// Waits for an Event of a province, and answers its text.
    pub async fn event(&self, reason: &str, about: &str) -> String {
        let events = self.api::<Event>();
        wait_for_some(&format!("an event {reason} about {about}"), async || {
            let all = events.list(&ListParams::default()).await.ok()?;
            let is_it = |event: &Event| event.reason.as_deref() == Some(reason);
            let notes = all.into_iter().filter(is_it).filter_map(|event| event.note);
            notes.into_iter().find(|note| note.contains(about))
        })
        .await
    }

    pub fn set(&self, at: &str) {
        self.clock.set(at.parse::<Timestamp>().unwrap());
    }

    pub fn advance(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// Takes everything away, which needs the operator while there is a province.
    pub async fn end(self, operator: Operator) {
        let provinces = self.api::<Province>();
        for province in provinces.list(&ListParams::default()).await.unwrap() {
            provinces.delete(&province.name_any(), &DeleteParams::default()).await.unwrap();
        }
        wait_for("the provinces to go", async || {
            provinces.list(&ListParams::default()).await.is_ok_and(|left| left.items.is_empty())
        })
        .await;
        operator.stop().await;
        let namespaces: Api<Namespace> = Api::all(self.admin.clone());
        namespaces.delete(&self.namespace, &DeleteParams::default()).await.unwrap();
        let (roles, bindings): (Api<ClusterRole>, Api<ClusterRoleBinding>) =
            (Api::all(self.admin.clone()), Api::all(self.admin));
        roles.delete(&self.namespace, &DeleteParams::default()).await.unwrap();
        bindings.delete(&self.namespace, &DeleteParams::default()).await.unwrap();
    }
}

/// The rights of `files/rights.yaml`, as the chart's template grants them.
async fn grant(admin: &Client, namespace: &str) {
    let text = fs::read_to_string(crate::chart::folder().join("files/rights.yaml")).unwrap();
    let mut rights: BTreeMap<String, Vec<Value>> = serde_saphyr::from_str(&text).unwrap();
    for rule in rights.get_mut("province").into_iter().flatten() {
        rule["resourceNames"] = json!(["broker-management", "broker-ca"]);
    }
    let subjects = json!([{ "kind": "ServiceAccount", "name": SERVICE_ACCOUNT, "namespace": namespace }]);
    let object = |kind: &str, name: &str, rest: Value| {
        let mut object =
            json!({ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": { "name": name } });
        object.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        object
    };
    let bound = |kind: &str, name: &str| {
        let role = json!({ "apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": name });
        json!({ "roleRef": role, "subjects": subjects })
    };
    let rules = |part: &str| json!({ "rules": rights[part] });
    let cluster_roles: Api<ClusterRole> = Api::all(admin.clone());
    apply(&cluster_roles, namespace, object("ClusterRole", namespace, rules("cluster"))).await;
    let cluster_bindings: Api<ClusterRoleBinding> = Api::all(admin.clone());
    let binding = object("ClusterRoleBinding", namespace, bound("ClusterRole", namespace));
    apply(&cluster_bindings, namespace, binding).await;
    let roles: Api<Role> = Api::namespaced(admin.clone(), namespace);
    let bindings: Api<RoleBinding> = Api::namespaced(admin.clone(), namespace);
    for part in ["own", "province"] {
        apply(&roles, part, object("Role", part, rules(part))).await;
        apply(&bindings, part, object("RoleBinding", part, bound("Role", part))).await;
    }
}
