"""The operator's image at a real API server, with the rights of its chart and the files that a kubelet gives it."""

import base64
import json
import os
import signal
import time
import urllib.parse
import uuid

import pytest
import yaml

import charts
from api_server import Cluster, as_it_can_be_taken
from conftest import PATIENCE_S

CHART = charts.TOP / "charts" / "tandem-operator"
FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount"


def wait_for(find, what):
    end = time.monotonic() + PATIENCE_S
    while not (found := find()):
        assert time.monotonic() < end, f"waited in vain: {what()}"
        time.sleep(0.1)
    return found


def test_without_a_cluster_it_tells_what_a_province_is(cluster):
    pod = cluster.start({"env": [], "args": ["crd"]}, "operator")
    assert pod.container.finished(PATIENCE_S) == 0 and "kind: CustomResourceDefinition" in pod.container.output(), pod.container.output()


@pytest.fixture
def api_server():
    if not os.environ.get("TANDEM_TEST_KUBECONFIG"):
        pytest.skip("no cluster is given in TANDEM_TEST_KUBECONFIG, and there is no test bed beside the repository")
    return Cluster(os.environ["TANDEM_TEST_KUBECONFIG"])


@pytest.fixture
def installed(api_server, tmp_path):
    """The operator's chart in a namespace of its own."""
    namespace = f"tandem-test-{uuid.uuid4().hex[:8]}"
    api_server.kubectl("create", "namespace", namespace)
    chart = as_it_can_be_taken(api_server, CHART, tmp_path)
    api_server.helm("install", "operator", str(chart), "--namespace", namespace)
    api_server.kubectl("wait", "--for=condition=established", "--timeout=60s", "crd/provinces.tandem.health")
    yield namespace
    api_server.helm("uninstall", "operator", "--namespace", namespace)
    api_server.kubectl("delete", "namespace", namespace, "--wait=false")


def account(api_server, namespace, folder):
    """What a kubelet mounts for the service account."""
    secret = {"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/service-account-token",
              "metadata": {"name": "operator-token", "namespace": namespace, "annotations": {"kubernetes.io/service-account.name": "operator"}}}
    api_server.kubectl("apply", "--filename=-", stdin=yaml.safe_dump(secret))
    read = lambda: json.loads(api_server.kubectl("get", "secret", "operator-token", "--namespace", namespace, "--output=json")).get("data", {})
    data = wait_for(lambda: read() if "token" in read() else None, lambda: "the token")
    folder.mkdir()
    for name in ("token", "ca.crt", "namespace"):
        (folder / name).write_bytes(base64.b64decode(data[name]))
    return folder


def address(api_server):
    """Where pods would find the API server."""
    view = json.loads(api_server.kubectl("config", "view", "--minify", "--output=json"))
    server = urllib.parse.urlsplit(view["clusters"][0]["cluster"]["server"])
    return [{"name": "KUBERNETES_SERVICE_HOST", "value": server.hostname}, {"name": "KUBERNETES_SERVICE_PORT", "value": str(server.port or 443)}]


def test_it_leads_answers_its_probes_and_stops_when_it_is_told_to(cluster, api_server, installed, tmp_path):
    (deployment,) = api_server.get(installed, "deployments")
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    container["env"] = [{"value": "", **variable} if "valueFrom" not in variable else variable for variable in container["env"]] + address(api_server)
    fields = {"metadata.namespace": installed, "metadata.name": "operator-0"}
    pod = cluster.start(container, "operator", fields, [(FOLDER, account(api_server, installed, tmp_path / "account"))])
    ready = lambda: pod.container.process.poll() is not None or pod.is_ready()
    wait_for(ready, pod.container.output)
    assert pod.ask(9090, "/livez") == (200, "alive\n"), pod.container.output()
    assert pod.container.is_nobodys()
    lease = lambda: [one["spec"].get("holderIdentity") for one in api_server.get(installed, "leases.coordination.k8s.io")]
    wait_for(lambda: lease() == ["operator-0"], lease)
    leads = lambda: "tandem_operator_leader 1" in pod.ask(9090, "/metrics")[1]
    wait_for(leads, lambda: pod.ask(9090, "/metrics")[1])
    pod.container.signal(signal.SIGTERM)
    assert pod.container.finished(PATIENCE_S) == 0, pod.container.output()
