//! Many provinces, several operators, an API server that goes away.

use std::time::{Duration, Instant};

use futures::future::join_all;
use kube::api::ListParams;
use operator::resource::State;
use serde_json::json;
use testkit::{patience, process::Process, wait_for, wait_for_some};
use tokio::process::Command;

use crate::{
    cluster::Cluster,
    environment::Environment,
    journeys::{scaled, without_backlog},
};

const PROVINCES: [&str; 13] = ["ab", "bc", "mb", "nb", "nl", "ns", "nt", "nu", "on", "pe", "qc", "sk", "yt"];

async fn declare(environment: &Environment, code: &str, ceiling: u32) {
    let change = |spec: &mut serde_json::Value| {
        without_backlog(spec);
        (spec["code"], spec["release"]) = (json!(code), json!(format!("tandem-{code}")));
        spec["components"]["gateway"]["ceiling"] = json!(ceiling);
    };
    environment.declare(code, change).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn thirteen_provinces_at_once_are_each_decided_within_a_second_of_the_change() {
    let Some(cluster) = Cluster::shared("thirteen_provinces_at_once").await else { return };
    let environment = Environment::new(cluster, "thirteen").await;
    for code in PROVINCES {
        environment.deploy(&format!("tandem-{code}"), "gateway").await;
        environment.deploy(&format!("tandem-{code}"), "notification").await;
    }
    let operator = environment.operator("first");
    join_all(PROVINCES.map(|code| declare(&environment, code, 8))).await;
    join_all(PROVINCES.map(|code| environment.state(code, State::Ready))).await;
    let decided = async |code: &str| {
        declare(&environment, code, 12).await;
        let begun = Instant::now();
        environment.wait_for_bounds(&format!("tandem-{code}-gateway"), (2, 12)).await;
        begun.elapsed()
    };
    let mut took = join_all(PROVINCES.map(decided)).await;
    took.sort_unstable();
    let (median, longest) = (took[6], took[12]);
    tracing::info!(?median, ?longest, "thirteen provinces were decided");
    assert!(longest < patience(Duration::from_secs(1)), "median {median:?}, longest {longest:?}");
    // The same at a change of the season, which no watch tells of.
    environment.set("2027-08-20T12:00:00Z");
    let begun = Instant::now();
    join_all(PROVINCES.map(async |code| {
        environment.wait_for_bounds(&format!("tandem-{code}-gateway"), (5, 12)).await;
        let took = begun.elapsed();
        assert!(took < patience(Duration::from_secs(1)), "{code} took {took:?}");
    }))
    .await;
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_operators_works_and_the_other_takes_over() {
    let Some(cluster) = Cluster::shared("one_of_two_operators_works_and_the_other_takes_over").await else { return };
    let (environment, first) = scaled(cluster, "leader").await;
    let second = environment.operator("second");
    wait_for("the second to stand by", async || second.readiness.answered.is_raised()).await;
    assert!(first.readiness.working.is_raised() && !second.readiness.working.is_raised());
    first.stop().await;
    wait_for("the second to work", async || second.readiness.working.is_raised()).await;
    environment.set("2027-08-20T12:00:00Z");
    environment.wait_for_bounds("tandem-qc-gateway", (5, 8)).await;
    // What the first remembered the second knows: one rise, from where it was.
    environment.event("Peak", "gateway: 2 → 5").await;
    environment.end(second).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_server_that_restarts_is_survived() {
    let Some(cluster) = Cluster::own("an_api_server_that_restarts_is_survived").await else { return };
    let (environment, operator) = scaled(&cluster, "restart").await;
    tokio::task::block_in_place(|| cluster.restart_api_server());
    // The peak begins while nobody can be told of it.
    environment.set("2027-08-20T12:00:00Z");
    let provinces = environment.api::<operator::resource::Province>();
    wait_for("the API server to be back", async || provinces.list(&ListParams::default()).await.is_ok()).await;
    environment.wait_for_bounds("tandem-qc-gateway", (5, 8)).await;
    // The watches are alive again, not only the clock: what is gone is seen to be gone.
    environment.autoscalers().delete("tandem-qc-gateway", &kube::api::DeleteParams::default()).await.unwrap();
    wait_for_some("the autoscaler to be back", async || environment.bounds("tandem-qc-gateway").await).await;
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_binary_answers_probes_tells_its_metrics_and_gives_the_lease_back() {
    let Some(cluster) = Cluster::shared("the_binary_answers_probes_and_tells_its_metrics").await else { return };
    let (environment, first) = scaled(cluster, "binary").await;
    first.stop().await;
    let folder = tempfile::tempdir().unwrap();
    let kubeconfig = folder.path().join("kubeconfig");
    std::fs::write(&kubeconfig, cluster.kubeconfig_with(&environment.token)).unwrap();
    let admin = format!("127.0.0.1:{}", testkit::free_port());
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem-operator"));
    command.env("KUBECONFIG", &kubeconfig).env("TANDEM_OPERATOR__SERVER__ADMIN_LISTEN", &admin);
    let namespace = environment.namespace.as_str();
    for (key, value) in [("NAMESPACE", namespace), ("LEASE_NAMESPACE", namespace), ("IDENTITY", "binary")] {
        command.env(format!("TANDEM_OPERATOR__SERVICE__{key}"), value);
    }
    let mut binary = Process::spawn(command);
    let ask = async |path: &str| {
        let answer = testkit::http::client().get(format!("http://{admin}{path}")).send().await.ok()?;
        let is_well = answer.status().is_success();
        answer.text().await.ok().filter(|_| is_well)
    };
    wait_for_some("the binary to be ready", async || ask("/readyz").await).await;
    assert!(ask("/livez").await.is_some());
    let series = &format!("tandem_operator_state{{province=\"qc\",namespace=\"{namespace}\",state=\"Ready\"}} 1");
    let metrics = wait_for_some("its metrics", async || ask("/metrics").await.filter(|all| all.contains(series))).await;
    for name in ["leader 1", "reconciles_total{", "reconcile_seconds_bucket{", "ready_replicas{"] {
        assert!(metrics.contains(&format!("tandem_operator_{name}")), "{name} in {metrics}");
    }
    binary.terminate().await;
    assert!(binary.wait().await.success(), "{}", binary.output());
    assert!(!binary.output().contains(&environment.token));
    // The Lease is free at once, so the next begins without waiting for its end.
    let second = environment.operator("second");
    wait_for("the second to work", async || second.readiness.working.is_raised()).await;
    environment.end(second).await;
}
