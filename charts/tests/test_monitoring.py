"""Dashboards and alerts use metrics that exist, with labels that they have; each alert has its section of the runbook."""

import json
import os
import re
import shutil
import subprocess

import pytest
import yaml

from charts import CHART, TOP, of_kind, province

# What Prometheus itself and the ServiceMonitor add.
OF_SCRAPING = {"province", "component", "le"}
OPERATOR = TOP / "services" / "operator"


def metrics():
    """Name, labels and kind of every metric of a province's services; the operator is one for all of them, with a chart of its own."""
    sources = [path for folder in ("crates", "services") for path in (TOP / folder).rglob("*.rs")]
    return metrics_in(path for path in sources if OPERATOR not in path.parents)


def metrics_in(paths):
    found = {}
    for path in paths:
        text = path.read_text()
        # Labels that two metrics share stand before them, under this name.
        shared = re.findall(r'\("(\w+)",', "".join(re.findall(r"let labels = \[(.*?)\];", text, flags=re.DOTALL)))
        for kind, name, labels in re.findall(r'metrics::(counter|gauge|histogram)!\(\s*"(tandem_\w+)"(.*?)\)\s*\.', text, flags=re.DOTALL):
            series = [f"{name}_bucket", f"{name}_count", f"{name}_sum"] if kind == "histogram" else [name]
            for one in series:
                found.setdefault(one, set()).update(shared if "&labels" in labels else re.findall(r'"(\w+)" =>', labels))
    found["up"] = set()
    return found


def expressions():
    (rule,) = of_kind(province("standard"), "PrometheusRule")
    for group in rule["spec"]["groups"]:
        for alert in group["rules"]:
            yield alert["alert"], alert["expr"]
    for path in (CHART / "files" / "dashboards").glob("*.json"):
        for panel in json.loads(path.read_text())["panels"]:
            for target in panel["targets"]:
                yield f"{path.name}: {panel['title']}", target["expr"]


def test_the_code_has_metrics():
    assert metrics()["tandem_rpc_seconds_bucket"] == {"service", "method", "code"}


@pytest.mark.parametrize("name, expression", list(expressions()))
def test_every_expression_uses_metrics_and_labels_that_exist(name, expression):
    known = metrics()
    used = re.findall(r"\b(tandem_\w+|up)\{(.*?)\}", expression)
    assert used
    for metric, matchers in used:
        assert metric in known, metric
        labels = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers))
        grouped = {label.strip() for group in re.findall(r"by \((.*?)\)", expression) for label in group.split(",")}
        assert labels | grouped <= known[metric] | OF_SCRAPING, metric
        assert "province" in labels, "many provinces share one Prometheus"


def test_every_metric_of_ours_is_watched():
    watched = {metric for _, expression in expressions() for metric, _ in re.findall(r"\b(tandem_\w+)(\{)", expression)}
    bare = {re.sub(r"_(bucket|count|sum)$", "", name) for name in metrics()} - {"up"}
    assert bare - {re.sub(r"_(bucket|count|sum)$", "", name) for name in watched} == set()


def test_every_alert_has_its_section_of_the_runbook():
    (rule,) = of_kind(province("standard"), "PrometheusRule")
    alerts = [alert for group in rule["spec"]["groups"] for alert in group["rules"]]
    sections = re.findall(r"^## (\w+)$", (TOP / "docs" / "runbooks.md").read_text(), flags=re.MULTILINE)
    assert [alert["alert"] for alert in alerts] == sections
    for alert in alerts:
        assert alert["annotations"]["runbook_url"].endswith(f"#{alert['alert'].lower()}")
        assert alert["labels"]["severity"] in ("critical", "warning")


def test_promtool_takes_the_rules(tmp_path):
    promtool = shutil.which("promtool")
    if not promtool:
        pytest.skip("promtool is not installed")
    (rule,) = of_kind(province("standard"), "PrometheusRule")
    file = tmp_path / "rules.yaml"
    file.write_text(yaml.safe_dump(rule["spec"]))
    answer = subprocess.run([promtool, "check", "rules", file], capture_output=True, text=True, env=os.environ)
    assert answer.returncode == 0, answer.stdout + answer.stderr
