"""A Kubernetes that is given, by kubectl and Helm, and charts as it can take them."""

import json
import os
import re
import shutil
import subprocess

import yaml

import charts


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
