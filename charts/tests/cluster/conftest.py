"""The cluster that is given, and the chart as it can take it."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import uuid

import pytest
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import charts  # noqa: E402

# Resources of operators that a cluster for tests need not have: enough of a definition for the API server to keep them.
FOREIGN = [
    ("postgresql.cnpg.io", "v1", "Cluster", "clusters"),
    ("postgresql.cnpg.io", "v1", "ScheduledBackup", "scheduledbackups"),
    ("rabbitmq.com", "v1beta1", "RabbitmqCluster", "rabbitmqclusters"),
    ("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes"),
    ("monitoring.coreos.com", "v1", "ServiceMonitor", "servicemonitors"),
    ("monitoring.coreos.com", "v1", "PrometheusRule", "prometheusrules"),
]


class Cluster:
    """kubectl and Helm against one cluster."""

    def __init__(self, kubeconfig):
        self.env = {**os.environ, "KUBECONFIG": kubeconfig}
        version = json.loads(self.kubectl("version", "--output=json"))["serverVersion"]
        self.minor = int(re.match(r"\d+", version["minor"]).group())

    def run(self, *command, stdin=None, check=True):
        answer = subprocess.run(command, input=stdin, capture_output=True, text=True, env=self.env)
        assert not check or answer.returncode == 0, f"{' '.join(command)}\n{answer.stdout}{answer.stderr}"
        return answer

    def kubectl(self, *arguments, stdin=None):
        return self.run("kubectl", *arguments, stdin=stdin).stdout

    def helm(self, *arguments, values=None, check=True):
        stdin = yaml.safe_dump(values) if values else None
        return self.run(os.environ["TANDEM_HELM"], *arguments, *(["--values", "-"] if values else []), stdin=stdin, check=check)

    def get(self, namespace, *kinds):
        return json.loads(self.kubectl("get", ",".join(kinds), "--namespace", namespace, "--output=json"))["items"]

    def older(self, documents):
        """The same resources under the versions that a server below 1.25 knows."""
        if self.minor >= 25:
            return documents
        for document in documents:
            names = document["apiVersion"], document["kind"]
            document["apiVersion"] = {
                ("policy/v1", "PodDisruptionBudget"): "policy/v1beta1",
                ("autoscaling/v2", "HorizontalPodAutoscaler"): "autoscaling/v2beta2",
                ("batch/v1", "CronJob"): "batch/v1beta1",
            }.get(names, names[0])
        return documents


@pytest.fixture(scope="session")
def cluster():
    cluster = Cluster(os.environ["TANDEM_TEST_KUBECONFIG"])
    known = cluster.kubectl("api-resources", "--output=name").split()
    missing = [one for one in FOREIGN if f"{one[3]}.{one[0]}" not in known]
    if missing:
        cluster.kubectl("apply", "--filename=-", stdin=yaml.safe_dump_all(map(definition, missing)))
        cluster.kubectl("wait", "--for=condition=established", "--timeout=60s", *(f"crd/{one[3]}.{one[0]}" for one in missing))
    return cluster


def definition(resource):
    group, version, kind, plural = resource
    schema = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {
            "name": f"{plural}.{group}",
            # Asked of whoever defines names under a Kubernetes domain.
            "annotations": {"api-approved.kubernetes.io": "unapproved, for tests"},
        },
        "spec": {
            "group": group, "scope": "Namespaced", "names": {"kind": kind, "plural": plural, "singular": kind.lower()},
            "versions": [{"name": version, "served": True, "storage": True, "schema": schema}],
        },
    }


def as_it_can_be_taken(cluster, chart, folder):
    """The chart itself, or for a server below 1.25 a copy that names the versions that it knows, and has no rules in CEL."""
    if cluster.minor >= 25:
        return chart
    copy = folder / chart.name
    shutil.copytree(chart, copy, ignore=shutil.ignore_patterns("examples"))
    for path in [copy / "Chart.yaml", *copy.rglob("templates/*.yaml")]:
        text = re.sub(r"^kubeVersion:.*\n", "", path.read_text(), flags=re.MULTILINE)
        text = text.replace("policy/v1\n", "policy/v1beta1\n").replace("autoscaling/v2\n", "autoscaling/v2beta2\n")
        path.write_text(re.sub(r"apiVersion: batch/v1\nkind: CronJob", "apiVersion: batch/v1beta1\nkind: CronJob", text))
    for path in copy.rglob("files/provinces.yaml"):
        path.write_text(yaml.safe_dump(without_rules(charts.read(path))))
    return copy


def without_rules(schema):
    if isinstance(schema, list):
        return [without_rules(item) for item in schema]
    if isinstance(schema, dict):
        return {key: without_rules(value) for key, value in schema.items() if key != "x-kubernetes-validations"}
    return schema


@pytest.fixture(scope="session")
def chart(cluster, tmp_path_factory):
    return as_it_can_be_taken(cluster, charts.CHART, tmp_path_factory.mktemp("chart"))


@pytest.fixture(scope="session")
def operator_chart(cluster, tmp_path_factory):
    return as_it_can_be_taken(cluster, charts.TOP / "charts" / "tandem-operator", tmp_path_factory.mktemp("chart"))


@pytest.fixture
def namespace(cluster):
    """A namespace of the test's own."""
    name = f"tandem-test-{uuid.uuid4().hex[:8]}"
    cluster.kubectl("create", "namespace", name)
    yield name
    cluster.kubectl("delete", "namespace", name, "--wait=false")
