"""Where a namespace denies everything by default, what a pod needs is allowed by policies of this chart, and before it starts."""

import pytest

from charts import PROFILES, merged, of_kind, parsed, pods, province, rendered_by_helm_3, rendered_by_helm_4, resources, values_of

HOOK = "helm.sh/hook"
API_SERVER = {443, 6443}


def annotations(document):
    return document["metadata"].get("annotations", {})


def is_for(policy, labels):
    selector = policy["spec"]["podSelector"]
    return selector.get("matchLabels", {}).items() <= labels.items() and all(
        expression["operator"] == "In" and labels.get(expression["key"]) in expression["values"] for expression in selector.get("matchExpressions", []))


def goes_to(policies):
    """The ports that policies together let out."""
    return {port["port"] for policy in policies for rule in policy["spec"].get("egress", []) for port in rule["ports"]}


def there_when_it_starts(documents, pod_maker):
    """The policies that are there: all, unless a hook makes the pod, which finds those of lighter hooks alone."""
    policies = of_kind(documents, "NetworkPolicy")
    events = annotations(pod_maker).get(HOOK)
    if events in (None, "test"):
        return [policy for policy in policies if HOOK not in annotations(policy)]
    weight = int(annotations(pod_maker)["helm.sh/hook-weight"])
    return [policy for policy in policies if annotations(policy).get(HOOK) == events and int(annotations(policy)["helm.sh/hook-weight"]) < weight]


def as_installed_and_as_upgraded(profile):
    values = values_of(profile)
    yield resources(rendered_by_helm_4(values, is_install=True))
    yield resources(rendered_by_helm_4(values, is_install=False, is_upgrade=True, revision=2))


@pytest.mark.parametrize("profile", PROFILES)
def test_every_pod_finds_a_policy_of_its_own_when_it_starts(profile):
    for documents in as_installed_and_as_upgraded(profile):
        for maker in of_kind(documents, "Deployment", "Job", "CronJob"):
            ((name, template),) = pods([maker])
            own = [p for p in there_when_it_starts(documents, maker) if is_for(p, template["metadata"]["labels"])]
            assert own, f"{name} starves"
            assert all(p["spec"]["policyTypes"] == ["Ingress", "Egress"] for p in own), name
            assert 53 in goes_to(own), name


@pytest.mark.parametrize(("profile", "broker"), (("small", 5671), ("standard", 5672), ("large", 5671)))
def test_a_migration_reaches_database_and_broker(profile, broker):
    for documents in as_installed_and_as_upgraded(profile):
        (job,) = [d for d in of_kind(documents, "Job") if "-migrate" in d["metadata"]["name"]]
        own = [p for p in there_when_it_starts(documents, job) if is_for(p, job["spec"]["template"]["metadata"]["labels"])]
        assert {5432, broker} <= goes_to(own)


def test_a_policy_of_a_hook_goes_with_it_and_one_of_the_release_does_not():
    (hook,) = [p for p in of_kind(province("small"), "NetworkPolicy") if HOOK in annotations(p)]
    assert annotations(hook)["helm.sh/hook-delete-policy"] == "before-hook-creation,hook-succeeded", "or the next release finds it there"
    assert hook["metadata"]["name"] == "tandem-qc-migrate"


@pytest.mark.parametrize("profile", ("standard", "large"))
def test_stores_that_are_made_here_reach_each_other_names_the_api_server_and_backups(profile):
    documents = province(profile)
    for labels, own in (({"cnpg.io/cluster": "tandem-qc-database"}, {5432, 8000}), ({"app.kubernetes.io/name": "tandem-qc-broker"}, {4369, 25672})):
        (policy,) = [p for p in of_kind(documents, "NetworkPolicy") if p["spec"]["podSelector"].get("matchLabels") == labels]
        assert policy["spec"]["policyTypes"] == ["Ingress", "Egress"]
        assert goes_to([policy]) == own | {53} | API_SERVER
        (among,) = [rule for rule in policy["spec"]["egress"] if {port["port"] for port in rule["ports"]} == own]
        assert among["to"] == [{"podSelector": {"matchLabels": labels}}]
        assert own <= {port["port"] for rule in policy["spec"]["ingress"] for port in rule["ports"]}


def test_backups_go_where_their_store_is_and_only_where_there_are_any():
    store = {"networkPolicy": {"backups": [{"ipBlock": {"cidr": "192.0.2.40/32"}}], "backupPorts": [9000]}}
    for object_store, expected in (("tandem-bc", True), ("", False)):
        change = merged(store, {"database": {"cloudnativepg": {"backup": {"objectStore": object_store}}}})
        documents = parsed(rendered_by_helm_3(merged(values_of("standard"), change)))
        (policy,) = [p for p in of_kind(documents, "NetworkPolicy") if p["metadata"]["name"] == "tandem-qc-database"]
        rules = [rule for rule in policy["spec"]["egress"] if rule["to"] == store["networkPolicy"]["backups"]]
        assert rules == ([{"to": store["networkPolicy"]["backups"], "ports": [{"protocol": "TCP", "port": 9000}]}] if expected else [])
