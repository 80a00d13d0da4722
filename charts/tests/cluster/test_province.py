"""A province from its first install to its end, on a real API server with its controllers."""

import time

import pytest
import yaml

import charts

RELEASE = "qc"
WAIT = ("--wait", "--timeout", "5m")


def images(cluster, namespace):
    deployments = cluster.get(namespace, "deployments")
    return {d["spec"]["template"]["spec"]["containers"][0]["image"].rsplit(":")[-1] for d in deployments}


def small(**more):
    values = charts.merged(charts.values_of("small"), {"server": {"lingerMs": 0, "graceMs": 1000}})
    return charts.merged(values, more)


def rolled_out(cluster, namespace):
    """Waits until each Deployment has its pods and no others; Helm is content with the new ones."""
    def ready(deployment):
        wanted, status = deployment["spec"]["replicas"], deployment["status"]
        current = status.get("observedGeneration") == deployment["metadata"]["generation"]
        return current and status.get("updatedReplicas") == status.get("readyReplicas") == status.get("replicas") == wanted

    def all_ready():
        deployments = cluster.get(namespace, "deployments")
        return len(deployments) == 7 and all(map(ready, deployments))

    wait_until(all_ready)


def test_installed_upgraded_rolled_back_and_uninstalled(cluster, chart, namespace):
    at = ("--namespace", namespace)
    cluster.helm("install", RELEASE, str(chart), *at, *WAIT, values=small(image={"tag": "1.0.0"}))
    rolled_out(cluster, namespace)
    assert images(cluster, namespace) == {"1.0.0"}
    cluster.helm("test", RELEASE, *at)

    cluster.helm("upgrade", RELEASE, str(chart), *at, *WAIT, values=small(image={"tag": "1.1.0"}))
    rolled_out(cluster, namespace)
    assert images(cluster, namespace) == {"1.1.0"}

    cluster.helm("rollback", RELEASE, "1", *at, *WAIT)
    rolled_out(cluster, namespace)
    assert images(cluster, namespace) == {"1.0.0"}

    cluster.helm("uninstall", RELEASE, *at)
    left = cluster.get(namespace, "deployments", "services", "cronjobs", "networkpolicies", "poddisruptionbudgets", "ingresses", "configmaps")
    # Every namespace has the certificate of its server.
    assert [one["metadata"]["name"] for one in left if one["metadata"]["name"] != "kube-root-ca.crt"] in ([], [f"{RELEASE}-test"])


def test_a_migration_that_fails_leaves_the_pods_untouched(cluster, chart, namespace):
    at = ("--namespace", namespace)
    cluster.helm("install", RELEASE, str(chart), *at, *WAIT, values=small(image={"tag": "1.0.0"}))
    before = {d["metadata"]["name"]: d["metadata"]["generation"] for d in cluster.get(namespace, "deployments")}
    # No Job may be made any more, so the migration cannot succeed.
    cluster.kubectl("create", "quota", "no-jobs", "--hard=count/jobs.batch=0", *at)
    wait_until(lambda: cluster.get(namespace, "resourcequotas")[0]["status"].get("hard"))
    refused = cluster.helm("upgrade", RELEASE, str(chart), *at, *WAIT, values=small(image={"tag": "1.1.0"}), check=False)
    assert refused.returncode and "pre-upgrade" in refused.stderr, refused.stderr
    assert {d["metadata"]["name"]: d["metadata"]["generation"] for d in cluster.get(namespace, "deployments")} == before
    assert images(cluster, namespace) == {"1.0.0"}


def test_stores_outlive_the_release(cluster, chart, namespace):
    at = ("--namespace", namespace)
    cluster.helm("install", RELEASE, str(chart), *at, *WAIT, values=charts.values_of("standard"))
    rolled_out(cluster, namespace)
    assert len(cluster.get(namespace, "horizontalpodautoscalers")) == 7
    cluster.helm("upgrade", RELEASE, str(chart), *at, *WAIT, values=charts.merged(charts.values_of("standard"), {"image": {"tag": "1.1.0"}}))
    assert images(cluster, namespace) == {"1.1.0"}
    cluster.helm("uninstall", RELEASE, *at)
    assert cluster.get(namespace, "deployments") == []
    assert [d["metadata"]["name"] for d in cluster.get(namespace, "clusters.postgresql.cnpg.io", "rabbitmqclusters.rabbitmq.com")] == [
        f"{RELEASE}-database", f"{RELEASE}-broker"]


@pytest.mark.parametrize("profile", charts.PROFILES)
def test_the_server_takes_every_resource_of_a_profile(cluster, namespace, profile):
    documents = cluster.older(charts.parsed(charts.example(profile)))
    for document in documents:
        document["metadata"]["namespace"] = namespace
    said = cluster.kubectl("apply", "--server-side", "--dry-run=server", "--filename=-", stdin=yaml.safe_dump_all(documents))
    assert said.count("serverside-applied") == len(documents)


def test_the_server_takes_every_add_on(cluster, namespace):
    documents = [d for path in sorted((charts.TOP / "k8s" / "addons").glob("*.yaml")) for d in charts.parsed(path.read_text())]
    for document in documents:
        document["metadata"]["namespace"] = namespace
    said = cluster.kubectl("apply", "--server-side", "--dry-run=server", "--filename=-", stdin=yaml.safe_dump_all(documents))
    assert said.count("serverside-applied") == len(documents)


def test_secrets_are_made_once(cluster, namespace):
    script = str(charts.TOP / "k8s" / "secrets")
    cluster.run(script, namespace, RELEASE)
    made = {s["metadata"]["name"]: s["data"] for s in cluster.get(namespace, "secrets") if s["type"] != "kubernetes.io/service-account-token"}
    named = {ref["name"] for _, template in charts.pods(charts.parsed(charts.rendered_by_helm_3(charts.values_of("small"))))
             for container in template["spec"]["containers"] for ref in secret_keys(container)}
    assert {name.replace(charts.RELEASE, RELEASE) for name in named} - {"mail"} == set(made)
    cluster.run(script, namespace, RELEASE)
    assert {name: data for name, data in made.items()} == {
        s["metadata"]["name"]: s["data"] for s in cluster.get(namespace, "secrets") if s["type"] != "kubernetes.io/service-account-token"}


def secret_keys(container):
    return [variable["valueFrom"]["secretKeyRef"] for variable in container.get("env", []) if "valueFrom" in variable]


def wait_until(holds, seconds=90):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)
