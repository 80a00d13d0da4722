"""The operator's chart on a real API server; what the operator does there is told by services/operator/tests."""

import yaml

import charts

WAIT = ("--wait", "--timeout", "5m")


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
