"""The operator's chart: alike in both engines, taken by every supported Kubernetes, with no more rights than it says."""

import json
import os
import re
import shutil
import subprocess

import helm_python
import kubernetes_validate
import pytest
import yaml

from charts import HIGHEST, LOWEST, TOP, helm, key, merged, of_kind, parsed, pods, read, resources
from test_monitoring import OPERATOR, metrics_in

CHART = TOP / "charts" / "tandem-operator"
NAMESPACE = "tandem-operator"
PROVINCES = [{"namespace": "tandem-qc", "brokerSecret": "tandem-qc-broker-default-user", "brokerCaSecret": "tandem-qc-broker-ca"},
             {"namespace": "tandem-on", "brokerSecret": "other"}]
FULL = {"provinces": PROVINCES, "monitoring": {one: {"enabled": True} for one in ("serviceMonitor", "alerts", "dashboards")},
        "operator": {"otlpEndpoint": "http://collector:4317"}}

# What is wrong, and what both engines must name.
WRONG = {
    "a misspelt key": ({"replcas": 2}, "replcas"),
    "no operator at all": ({"replicas": 0}, "replicas"),
    "a province without its secret": ({"provinces": [{"namespace": "tandem-qc"}]}, "brokerSecret"),
    "a lease that is always over": ({"operator": {"leaseMs": 10}}, "leaseMs"),
    "a password among the values": ({"provinces": [{"namespace": "a", "brokerSecret": "b", "password": "c"}]}, "password"),
}


def by_helm_3(values, kubernetes=HIGHEST):
    answer = helm("template", "operator", str(CHART), "--namespace", NAMESPACE, "--kube-version", f"{kubernetes}.0", "--values", "-",
                  input=yaml.safe_dump(values))
    if answer.returncode:
        raise ValueError(answer.stderr)
    return answer.stdout


def by_helm_4(values):
    with helm_python.Chart.load(str(CHART)) as chart:
        chart.validate_schema(values)
        return chart.render(values, name="operator", namespace=NAMESPACE)


@pytest.fixture(params=({}, FULL), ids=("as it is", "with everything"))
def values(request):
    return request.param


@pytest.fixture
def documents(values):
    return parsed(by_helm_3(values))


def test_both_engines_find_nothing_to_say_and_render_the_same(values, documents):
    answer = helm("lint", "--strict", str(CHART), "--namespace", NAMESPACE, "--values", "-", input=yaml.safe_dump(values))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    report = helm_python.lint(str(CHART), values, strict=True, namespace=NAMESPACE, kube_version=f"v{HIGHEST}.0")
    assert [m for m in report["messages"] if m["severity"] > 1] == [] and not report["errors"]
    of_3 = {(*key(d), d["metadata"].get("namespace")): d for d in documents}
    of_4 = {(*key(d), d["metadata"].get("namespace")): d for d in resources(by_helm_4(values))}
    assert of_3 == of_4 and len(of_3) == len(documents)


@pytest.mark.parametrize("kubernetes", (LOWEST, HIGHEST))
def test_the_lowest_and_the_highest_kubernetes_take_it(values, kubernetes):
    for document in parsed(by_helm_3(values, kubernetes)):
        if document["kind"] not in ("ServiceMonitor", "PrometheusRule"):
            kubernetes_validate.validate(document, kubernetes, strict=True)


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_values_are_refused_by_both(wrong):
    change, named = WRONG[wrong]
    with pytest.raises(ValueError, match=named):
        by_helm_3(change)
    with pytest.raises(Exception, match=named):
        by_helm_4(change)


def test_one_leads_and_another_stands_by_without_a_privilege(documents):
    ((name, template),) = pods(documents)
    assert name == "Deployment/operator"
    (deployment,) = of_kind(documents, "Deployment")
    assert deployment["spec"]["replicas"] == 2 and len(of_kind(documents, "PodDisruptionBudget")) == 1
    spec, (container,) = template["spec"], template["spec"]["containers"]
    assert spec["securityContext"]["runAsNonRoot"] is True and spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    context = container["securityContext"]
    assert context["allowPrivilegeEscalation"] is False and context["readOnlyRootFilesystem"] is True
    assert context["capabilities"] == {"drop": ["ALL"]}
    assert {"cpu", "memory"} <= container["resources"]["requests"].keys() and {"cpu", "memory"} <= container["resources"]["limits"].keys()
    paths = {probe: container[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert paths == {"startupProbe": "/livez", "livenessProbe": "/livez", "readinessProbe": "/readyz"}


def test_every_setting_is_one_that_the_operator_has(documents):
    source = (TOP / "services" / "operator" / "src" / "config.rs").read_text()
    own = set(re.findall(r"^    pub (\w+):", source, flags=re.MULTILINE))
    ((_, template),) = pods(documents)
    given = [e["name"] for e in template["spec"]["containers"][0]["env"]]
    keys = {name.removeprefix("TANDEM_OPERATOR__SERVICE__").lower() for name in given if "__SERVICE__" in name}
    assert keys and keys <= own


def test_rights_are_exactly_those_of_the_file_and_secrets_are_those_that_are_named():
    documents = parsed(by_helm_3(FULL))
    rights = read(CHART / "files" / "rights.yaml")
    (cluster,) = of_kind(documents, "ClusterRole")
    assert cluster["rules"] == rights["cluster"]
    assert not any("*" in rule["verbs"] + rule["resources"] for rule in cluster["rules"])
    assert not any("secrets" in rule["resources"] for rule in cluster["rules"])
    roles = {role["metadata"]["namespace"]: role["rules"] for role in of_kind(documents, "Role")}
    assert roles.pop(NAMESPACE) == rights["own"]
    for province in PROVINCES:
        (rule,) = roles.pop(province["namespace"])
        assert (rule["resources"], rule["verbs"], rule["resourceNames"]) == (
            ["secrets"], ["get"], [name for key, name in province.items() if key != "namespace"])
    assert not roles
    for binding in of_kind(documents, "RoleBinding", "ClusterRoleBinding"):
        assert binding["subjects"] == [{"kind": "ServiceAccount", "name": "operator", "namespace": NAMESPACE}]


def test_the_definition_stays_when_the_chart_goes_and_is_left_out_on_demand():
    (definition,) = of_kind(parsed(by_helm_3({})), "CustomResourceDefinition")
    assert definition["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    assert not of_kind(parsed(by_helm_3({"crd": {"install": False}})), "CustomResourceDefinition")


def test_nothing_comes_in_but_who_scrapes_and_nothing_goes_out_but_where_it_must():
    (policy,) = of_kind(parsed(by_helm_3({})), "NetworkPolicy")
    ports = lambda rules: [port["port"] for rule in rules for port in rule["ports"]]
    assert ports(policy["spec"]["ingress"]) == [9090]
    assert sorted(ports(policy["spec"]["egress"])) == [53, 53, 443, 6443, 15671, 15672]
    (traced,) = of_kind(parsed(by_helm_3(merged({}, FULL))), "NetworkPolicy")
    assert sorted(ports(traced["spec"]["egress"])) == [53, 53, 443, 4317, 6443, 15671, 15672]


def alerts():
    (rule,) = of_kind(parsed(by_helm_3(FULL)), "PrometheusRule")
    return [alert for group in rule["spec"]["groups"] for alert in group["rules"]]


def test_alerts_and_dashboard_use_what_the_operator_measures_and_leave_nothing_out():
    known = metrics_in(OPERATOR.rglob("*.rs"))
    panels = json.loads((CHART / "files" / "dashboards" / "provinces.json").read_text())["panels"]
    expressions = [alert["expr"] for alert in alerts()] + [target["expr"] for panel in panels for target in panel["targets"]]
    watched = set()
    for expression in expressions:
        used = re.findall(r"\b(tandem_\w+)\{(.*?)\}", expression)
        assert used
        grouped = {label.strip() for group in re.findall(r"(?:by|on) \((.*?)\)", expression) for label in group.split(",")}
        for metric, matchers in used:
            assert set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers)) | grouped <= known[metric] | {"le"}, (metric, expression)
            watched.add(re.sub(r"_(bucket|count|sum)$", "", metric))
    assert {re.sub(r"_(bucket|count|sum)$", "", name) for name in known} - {"up"} == watched


def test_every_alert_has_its_section_of_the_runbook(tmp_path):
    sections = re.findall(r"^## (\w+)$", (TOP / "docs" / "runbooks-operator.md").read_text(), flags=re.MULTILINE)
    assert [alert["alert"] for alert in alerts()] == sections
    assert all(alert["annotations"]["runbook_url"].endswith(f"#{alert['alert'].lower()}") for alert in alerts())
    promtool = shutil.which("promtool")
    if not promtool:
        pytest.skip("promtool is not installed")
    file = tmp_path / "rules.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "operator", "rules": alerts()}]}))
    answer = subprocess.run([promtool, "check", "rules", file], capture_output=True, text=True, env=os.environ)
    assert answer.returncode == 0, answer.stdout + answer.stderr
