"""The cluster that is given, and the chart as it can take it."""

import os
import pathlib
import sys
import uuid

import pytest
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import charts  # noqa: E402
from api_server import Cluster, as_it_can_be_taken  # noqa: E402

# Resources of operators that a cluster for tests need not have: enough of a definition for the API server to keep them.
FOREIGN = [
    ("postgresql.cnpg.io", "v1", "Cluster", "clusters"),
    ("postgresql.cnpg.io", "v1", "ScheduledBackup", "scheduledbackups"),
    ("rabbitmq.com", "v1beta1", "RabbitmqCluster", "rabbitmqclusters"),
    ("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes"),
    ("monitoring.coreos.com", "v1", "ServiceMonitor", "servicemonitors"),
    ("monitoring.coreos.com", "v1", "PrometheusRule", "prometheusrules"),
]


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
