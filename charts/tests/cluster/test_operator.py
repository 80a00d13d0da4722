"""The operator's chart on a real API server; what the operator does there is told by services/operator/tests."""

import contextlib
import os
import pathlib
import subprocess
import time

import pytest
import yaml

import charts

WAIT = ("--wait", "--timeout", "5m")
OPERATOR = pathlib.Path(os.environ["TANDEM_TOOLS"]).parent / "debug" / "tandem-operator"


def test_installed_beside_its_provinces_and_uninstalled_without_them(cluster, operator_chart, namespace):
    at = ("--namespace", namespace)
    values = {"provinces": [{"namespace": namespace, "brokerSecret": "broker"}]}
    cluster.helm("install", "operator", str(operator_chart), *at, *WAIT, values=values)
    (deployment,) = cluster.get(namespace, "deployments")
    assert deployment["status"]["readyReplicas"] == 2
    may = lambda verb, what, where=namespace: cluster.run(
        "kubectl", "auth", "can-i", verb, what, "--namespace", where, f"--as=system:serviceaccount:{namespace}:operator", check=False).stdout.strip()
    assert may("get", "secret/broker") == "yes" and may("patch", "horizontalpodautoscalers.autoscaling") == "yes"
    assert may("get", "secret/other") == "no" and may("list", "secrets") == "no" and may("get", "secret/broker", "kube-system") == "no"
    assert may("delete", "deployments.apps") == "no" and may("create", "pods") == "no"
    samples = [charts.read(path) for path in sorted((charts.TOP / "k8s" / "provinces").glob("*.yaml"))]
    for sample in samples:
        sample["metadata"]["namespace"] = namespace
    said = cluster.kubectl("apply", "--server-side", "--filename=-", stdin=yaml.safe_dump_all(samples))
    assert said.count("serverside-applied") == 13
    cluster.helm("uninstall", "operator", *at)
    # The definition stays, and with it what was declared.
    assert len(cluster.get(namespace, "provinces.tandem.health")) == 13


@contextlib.contextmanager
def operator_of(cluster, namespace, log):
    """The operator as a process of its own, for one namespace."""
    own = {"SERVICE__NAMESPACE": namespace, "SERVICE__LEASE_NAMESPACE": namespace, "SERVICE__LEASE_MS": "3000", "SERVER__ADMIN_LISTEN": ""}
    env = {**cluster.env, **{f"TANDEM_OPERATOR__{key}": value for key, value in own.items()}}
    process = subprocess.Popen([OPERATOR], env=env, stdout=log, stderr=subprocess.STDOUT)
    yield process
    process.terminate()
    assert process.wait(timeout=60) == 0


def wait_until(holds, what, seconds=120):
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.2)
    return found


@pytest.mark.skipif(not OPERATOR.exists(), reason=f"the operator is not built: {OPERATOR}")
def test_a_release_of_the_other_chart_is_found_scaled_and_let_go(cluster, chart, operator_chart, namespace, tmp_path):
    at = ("--namespace", namespace)
    definition = (operator_chart / "files" / "provinces.yaml").read_text()
    cluster.kubectl("apply", "--server-side", "--force-conflicts", "--filename=-", stdin=definition)
    cluster.kubectl("wait", "--for=condition=established", "--timeout=60s", "crd/provinces.tandem.health")
    values = charts.merged(charts.values_of("standard"), {"scaling": {"by": "operator"}})
    cluster.helm("install", "tandem-qc", str(chart), *at, *WAIT, values=values)
    assert cluster.get(namespace, "horizontalpodautoscalers") == []
    province = charts.read(charts.TOP / "k8s" / "provinces" / "qc.yaml")
    province["metadata"]["namespace"] = namespace
    # There is no broker behind the resources of this cluster.
    del province["spec"]["broker"]
    for component in province["spec"]["components"].values():
        component.pop("messagesPerReplica", None)

    def provinces():
        return cluster.get(namespace, "provinces.tandem.health")

    with (tmp_path / "operator.log").open("w") as log, operator_of(cluster, namespace, log):
        cluster.kubectl("apply", "--server-side", "--filename=-", stdin=yaml.safe_dump(province))
        wait_until(lambda: provinces()[0].get("status", {}).get("state") == "Ready", "the province to be ready")
        scaled = {a["metadata"]["name"]: a["spec"]["maxReplicas"] for a in cluster.get(namespace, "horizontalpodautoscalers")}
        assert scaled == {f"tandem-qc-{name}": of["ceiling"] for name, of in province["spec"]["components"].items()}
        # The chart goes on as before, and takes nothing of the operator's back.
        cluster.helm("upgrade", "tandem-qc", str(chart), *at, *WAIT, values=charts.merged(values, {"image": {"tag": "1.1.0"}}))
        floors = {f"tandem-qc-{name}": of["floor"] for name, of in province["spec"]["components"].items()}
        assert all(d["spec"]["replicas"] >= floors[d["metadata"]["name"]] for d in cluster.get(namespace, "deployments"))
        cluster.kubectl("delete", "province", "qc", *at, "--timeout=60s")
        assert cluster.get(namespace, "horizontalpodautoscalers") == []
    # Now the chart may have its autoscalers of its own again.
    cluster.helm("upgrade", "tandem-qc", str(chart), *at, *WAIT, values=charts.merged(values, {"scaling": {"by": "chart"}}))
    assert len(cluster.get(namespace, "horizontalpodautoscalers")) == 7
