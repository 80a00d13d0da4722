//! A province from its declaration to its end, with what people do in between.

use k8s_openapi::api::{apps::v1::Deployment, batch::v1::Job, core::v1::Secret};
use kube::{
    Api, ResourceExt as _,
    api::{DeleteParams, ListParams, Patch, PatchParams},
};
use operator::{
    labels,
    resource::{Province, State},
};
use serde_json::{Value, json};
use testkit::{wait_for, wait_for_some};

use crate::{cluster::Cluster, declarations, environment::Environment};

/// No broker: most journeys need none.
pub fn without_backlog(spec: &mut Value) {
    spec.as_object_mut().unwrap().remove("broker");
    spec["components"]["notification"].as_object_mut().unwrap().remove("messagesPerReplica");
}

/// A stage with a release and its province, scaled.
pub async fn scaled(cluster: &Cluster, name: &str) -> (Environment, crate::environment::Operator) {
    let environment = Environment::new(cluster, name).await;
    environment.deploy("tandem-qc", "gateway").await;
    environment.deploy("tandem-qc", "notification").await;
    let operator = environment.operator("first");
    environment.declare("quebec", without_backlog).await.unwrap();
    environment.state("quebec", State::Ready).await;
    (environment, operator)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declared_province_is_scaled_and_says_so() {
    let Some(cluster) = Cluster::shared("a_declared_province_is_scaled_and_says_so").await else { return };
    let environment = Environment::new(cluster, "create").await;
    let operator = environment.operator("first");
    environment.declare("quebec", without_backlog).await.unwrap();
    // The release comes after its province: nothing is made for workloads that are not there.
    let status = environment.state("quebec", State::Progressing).await;
    assert!(status.summary.contains("gateway, notification"), "{}", status.summary);
    environment.deploy("tandem-qc", "gateway").await;
    environment.deploy("tandem-qc", "notification").await;
    let status = environment.state("quebec", State::Ready).await;
    assert_eq!((status.ready.as_str(), status.components.len()), ("3/3", 2));
    assert_eq!(environment.bounds("tandem-qc-gateway").await, Some((2, 8)));
    assert_eq!(environment.bounds("tandem-qc-notification").await, Some((1, 6)));
    assert_eq!(environment.replicas("tandem-qc-gateway").await, 2);
    environment.event("Created", "tandem-qc-gateway").await;
    environment.event("Floor", "gateway: 0 → 2").await;
    let province = environment.api::<Province>().get("quebec").await.unwrap();
    assert_eq!(province.finalizers(), [labels::FINALIZER]);
    assert!(operator.readiness.working.is_raised() && operator.readiness.answered.is_raised());
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_provinces_tells_what_a_person_wants_to_know() {
    let Some(cluster) = Cluster::shared("a_list_of_provinces_tells_what_a_person_wants_to_know").await else { return };
    let (environment, operator) = scaled(cluster, "list").await;
    let request =
        http::Request::get(format!("/apis/tandem.health/v1alpha1/namespaces/{}/provinces", environment.namespace))
            .header("accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
            .body(Vec::new())
            .unwrap();
    let table: Value = environment.admin.request(request).await.unwrap();
    let columns = table["columnDefinitions"].as_array().unwrap().iter();
    let shown: Vec<_> = columns.filter(|of| of["priority"] == 0).map(|of| of["name"].as_str().unwrap()).collect();
    assert_eq!(shown, ["Name", "Code", "Release", "State", "Ready", "Peak", "Next", "Age"]);
    let cells = table["rows"][0]["cells"].as_array().unwrap();
    assert_eq!(cells[..5], [json!("quebec"), json!("qc"), json!("tandem-qc"), json!("Ready"), json!("3/3")]);
    assert_eq!(cells[6], json!("autumn 2027-08-15"));
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_missing_is_restored_and_reported() {
    let Some(cluster) = Cluster::shared("what_goes_missing_is_restored_and_reported").await else { return };
    let (environment, operator) = scaled(cluster, "drift").await;
    environment.autoscalers().delete("tandem-qc-gateway", &DeleteParams::default()).await.unwrap();
    environment.event("Restored", "tandem-qc-gateway").await;
    environment.wait_for_bounds("tandem-qc-gateway", (2, 8)).await;
    // No replicas at all would switch an autoscaler off.
    let none = json!({ "spec": { "replicas": 0 } });
    let deployments = environment.api::<Deployment>();
    deployments.patch_scale("tandem-qc-gateway", &PatchParams::default(), &Patch::Merge(none)).await.unwrap();
    environment.event("Raised", "tandem-qc-gateway").await;
    wait_for("the floor to be kept", async || environment.replicas("tandem-qc-gateway").await == 2).await;
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_change_to_an_autoscaler_is_undone_and_told_with_the_persons_tool() {
    let Some(cluster) = Cluster::shared("a_persons_change_to_an_autoscaler_is_undone").await else { return };
    let (environment, operator) = scaled(cluster, "conflict").await;
    let by_hand = PatchParams { field_manager: Some("kubectl-edit".into()), ..PatchParams::default() };
    let change = json!({ "spec": { "maxReplicas": 40 } });
    environment.autoscalers().patch("tandem-qc-gateway", &by_hand, &Patch::Merge(change)).await.unwrap();
    let told = environment.event("Overruled", "tandem-qc-gateway").await;
    assert!(told.contains("kubectl-edit"), "{told}");
    environment.wait_for_bounds("tandem-qc-gateway", (2, 8)).await;
    let live = environment.autoscalers().get("tandem-qc-gateway").await.unwrap();
    let managers: Vec<_> = live.managed_fields().iter().filter_map(|of| of.manager.as_deref()).collect();
    assert!(managers.contains(&labels::FIELD_MANAGER), "{managers:?}");
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_autoscaler_is_reported_and_not_fought() {
    let Some(cluster) = Cluster::shared("a_second_autoscaler_is_reported_and_not_fought").await else { return };
    let environment = Environment::new(cluster, "foreign").await;
    environment.deploy("tandem-qc", "gateway").await;
    environment.deploy("tandem-qc", "notification").await;
    let autoscaler = json!({
        "apiVersion": environment.versions.autoscaling.api_version,
        "kind": "HorizontalPodAutoscaler",
        "metadata": { "name": "by-chart" },
        "spec": {
            "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "tandem-qc-gateway" },
            "minReplicas": 1,
            "maxReplicas": 3,
        },
    });
    crate::cluster::apply(&environment.autoscalers(), "by-chart", autoscaler).await;
    let operator = environment.operator("first");
    environment.declare("quebec", without_backlog).await.unwrap();
    let status = environment.state("quebec", State::Degraded).await;
    assert!(status.summary.contains("by-chart"), "{}", status.summary);
    environment.wait_for_bounds("tandem-qc-notification", (1, 6)).await;
    assert_eq!(environment.bounds("tandem-qc-gateway").await, None);
    // The chart hands over: its autoscaler goes, the operator's comes.
    environment.autoscalers().delete("by-chart", &DeleteParams::default()).await.unwrap();
    environment.wait_for_bounds("tandem-qc-gateway", (2, 8)).await;
    environment.state("quebec", State::Ready).await;
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_that_does_not_hold_together_changes_nothing() {
    let Some(cluster) = Cluster::shared("a_declaration_that_does_not_hold_together_changes_nothing").await else {
        return;
    };
    let (environment, operator) = scaled(cluster, "invalid").await;
    let declared = environment.declare("quebec", |spec| {
        without_backlog(spec);
        spec["components"]["gateway"]["floor"] = json!(9);
    });
    // A server that knows CEL refuses it at once; an older one leaves it to the operator.
    if let Err(kube::Error::Api(status)) = declared.await {
        assert!(status.message.contains("must not be above the ceiling"), "{}", status.message);
    } else {
        let status = environment.state("quebec", State::Invalid).await;
        assert!(status.summary.contains("spec.components[gateway].floor"), "{}", status.summary);
    }
    assert_eq!(environment.bounds("tandem-qc-gateway").await, Some((2, 8)));
    environment.declare("quebec", without_backlog).await.unwrap();
    environment.state("quebec", State::Ready).await;
    let schema = environment.declare("another", |spec| spec["code"] = json!("xx")).await;
    assert!(matches!(schema, Err(kube::Error::Api(_))), "the schema knows the provinces");
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_provinces_never_have_one_release_in_hand() {
    let Some(cluster) = Cluster::shared("two_provinces_never_have_one_release_in_hand").await else { return };
    let (environment, operator) = scaled(cluster, "rival").await;
    environment
        .declare("usurper", |spec| {
            without_backlog(spec);
            spec["components"]["gateway"] = json!({ "floor": 7, "ceiling": 7 });
        })
        .await
        .unwrap();
    let status = environment.state("usurper", State::Degraded).await;
    assert!(status.summary.contains("quebec"), "{}", status.summary);
    assert_eq!(environment.bounds("tandem-qc-gateway").await, Some((2, 8)));
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_province_goes_only_after_its_autoscalers_and_its_workloads_keep_their_replicas() {
    let Some(cluster) = Cluster::shared("a_deleted_province_goes_only_after_its_autoscalers").await else { return };
    let (environment, operator) = scaled(cluster, "delete").await;
    operator.stop().await;
    let provinces = environment.api::<Province>();
    provinces.delete("quebec", &DeleteParams::default()).await.unwrap();
    // Nobody is there to let go: the province stays, and with it what scales the release.
    let waiting = provinces.get("quebec").await.unwrap();
    assert!(waiting.metadata.deletion_timestamp.is_some());
    assert_eq!(environment.bounds("tandem-qc-gateway").await, Some((2, 8)));
    let operator = environment.operator("second");
    wait_for("the province to go", async || matches!(provinces.get_opt("quebec").await, Ok(None))).await;
    let left = environment.autoscalers().list(&ListParams::default()).await.unwrap();
    assert!(left.items.is_empty());
    assert_eq!(environment.replicas("tandem-qc-gateway").await, 2);
    environment.event("Released", "tandem-qc-gateway").await;
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_has_no_more_rights_than_it_needs() {
    let Some(cluster) = Cluster::shared("the_operator_has_no_more_rights_than_it_needs").await else { return };
    let (environment, operator) = scaled(cluster, "rights").await;
    environment.secret("other", json!({ "username": "user", "password": "password" })).await;
    environment.secret("broker-management", json!({ "username": "user", "password": "password" })).await;
    let secrets: Api<Secret> = Api::namespaced(environment.operator.clone(), &environment.namespace);
    let allowed = wait_for_some("the one secret", async || secrets.get("broker-management").await.ok()).await;
    assert_eq!(allowed.name_any(), "broker-management");
    let is_refused = |outcome: kube::Result<()>| matches!(outcome, Err(kube::Error::Api(status)) if status.code == 403);
    assert!(is_refused(secrets.get("other").await.map(drop)));
    assert!(is_refused(secrets.list(&ListParams::default()).await.map(drop)));
    let elsewhere: Api<Secret> = Api::namespaced(environment.operator.clone(), "kube-system");
    assert!(is_refused(elsewhere.get("broker-management").await.map(drop)));
    let deployments: Api<Deployment> = Api::namespaced(environment.operator.clone(), &environment.namespace);
    assert!(is_refused(deployments.delete("tandem-qc-gateway", &DeleteParams::default()).await.map(drop)));
    let change = Patch::Merge(json!({ "spec": { "paused": true } }));
    assert!(is_refused(deployments.patch("tandem-qc-gateway", &PatchParams::default(), &change).await.map(drop)));
    let jobs: Api<Job> = Api::namespaced(environment.operator.clone(), &environment.namespace);
    assert!(is_refused(jobs.delete("any", &DeleteParams::default()).await.map(drop)));
    let provinces: Api<Province> = Api::namespaced(environment.operator.clone(), &environment.namespace);
    assert!(is_refused(provinces.delete("quebec", &DeleteParams::default()).await.map(drop)));
    environment.end(operator).await;
}

/// The whole declaration, broker included, has a shape that the API server takes.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_declaration_is_taken_by_the_server_as_it_is() {
    let Some(cluster) = Cluster::shared("a_full_declaration_is_taken_by_the_server_as_it_is").await else { return };
    let environment = Environment::new(cluster, "full").await;
    let operator = environment.operator("first");
    let province = environment.declare("quebec", |_| {}).await.unwrap();
    assert_eq!(province.spec, declarations::spec(|_| {}));
    environment.end(operator).await;
}
