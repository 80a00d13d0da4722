"""Every profile renders, alike in both engines, to what every supported Kubernetes takes."""

import helm_python
import kubernetes_validate
import pytest
import yaml

from charts import (CHART, HIGHEST, LOWEST, NAMESPACE, PROFILES, example, helm, key, merged, of_kind, parsed, province, rendered_by_helm_3,
                    rendered_by_helm_4, resources, values_of)

# Resources of other operators, whose schemas Kubernetes does not know.
FOREIGN = {"Cluster", "ScheduledBackup", "RabbitmqCluster", "HTTPRoute", "ServiceMonitor", "PrometheusRule"}


@pytest.mark.parametrize("profile", PROFILES)
def test_both_engines_find_nothing_to_say(profile):
    answer = helm("lint", "--strict", str(CHART), "--namespace", NAMESPACE, "--values", "-", input=yaml.safe_dump(values_of(profile)))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    report = helm_python.lint(str(CHART), values_of(profile), strict=True, namespace=NAMESPACE, kube_version=f"v{HIGHEST}.0")
    assert [m for m in report["messages"] if m["severity"] > 1] == []
    assert not report["errors"]


@pytest.mark.parametrize("profile", PROFILES)
def test_both_engines_render_the_same(profile):
    of_3 = {key(d): d for d in province(profile)}
    of_4 = {key(d): d for d in resources(rendered_by_helm_4(values_of(profile)))}
    assert of_3 == of_4
    assert len(of_3) == len(province(profile)), "no name is given twice"


@pytest.mark.parametrize("profile", PROFILES)
def test_the_example_is_what_the_chart_renders(profile):
    kept = (CHART / "examples" / f"{profile}.yaml").read_text()
    assert kept == example(profile), "run `make charts` and commit the examples"


@pytest.mark.parametrize("kubernetes", (LOWEST, HIGHEST))
@pytest.mark.parametrize("profile", PROFILES)
def test_the_lowest_and_the_highest_kubernetes_take_it(profile, kubernetes):
    documents = parsed(rendered_by_helm_3(values_of(profile), kubernetes))
    own = [d for d in documents if d["kind"] not in FOREIGN]
    assert len(own) > 30
    for document in own:
        kubernetes_validate.validate(document, kubernetes, strict=True)


def test_ontario_s_code_stays_a_word():
    # Unquoted, YAML 1.1 takes it for "true".
    documents = parsed(rendered_by_helm_3(merged(values_of("standard"), {"province": {"code": "on"}})))
    for document in documents:
        assert document["metadata"]["labels"]["tandem.health/province"] == "on"
    (rule,) = of_kind(documents, "PrometheusRule")
    assert {alert["labels"]["province"] for group in rule["spec"]["groups"] for alert in group["rules"]} == {"on"}


def test_an_upgrade_differs_from_an_install_by_the_migration_and_its_policy_alone():
    values = values_of("standard")
    install = {key(d): d for d in resources(rendered_by_helm_4(values, is_install=True))}
    upgrade = {key(d): d for d in resources(rendered_by_helm_4(values, is_install=False, is_upgrade=True, revision=2))}
    beside, hook = [d for k, d in install.items() if k not in upgrade], [d for k, d in upgrade.items() if k not in install]
    assert ([d["kind"] for d in beside], sorted(d["kind"] for d in hook)) == (["Job"], ["Job", "NetworkPolicy"])
    # Where the chart makes the database there is none before the first install, so nothing can go before it.
    assert "annotations" not in beside[0]["metadata"]
    assert {d["metadata"]["annotations"]["helm.sh/hook"] for d in hook} == {"pre-install,pre-upgrade"}


def test_the_migration_goes_before_everything_else_where_the_database_is_there():
    (job,) = [d for d in of_kind(province("small"), "Job") if d["metadata"]["name"].endswith("-migrate")]
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    steps = job["spec"]["template"]["spec"]
    assert [c["args"] for c in steps["initContainers"] + steps["containers"]] == [["migrate"], ["seed"]]
    assert "serviceAccountName" not in steps, "the accounts of the release are not there yet"


def test_with_the_operator_the_chart_says_nothing_about_numbers():
    large = province("large")
    assert of_kind(large, "HorizontalPodAutoscaler") == []
    assert all("replicas" not in d["spec"] for d in of_kind(large, "Deployment"))
    assert len(of_kind(large, "PodDisruptionBudget")) == len(of_kind(large, "Deployment"))
