"""Network policies allow the arrows of docs/topology.md, and what the world outside needs; nothing else."""

import re

import pytest

from charts import CHART, PROFILES, TOP, of_kind, province, read

COMPONENTS = read(CHART / "files" / "components.yaml")


def arrows():
    """Who connects to whom, as the code says."""
    text = (TOP / "docs" / "topology.md").read_text().split("## Connections")[1]
    rows = re.findall(r"^\| (\w+) \| ([\w, ]*) \|$", text, flags=re.MULTILINE)
    return {(caller, callee) for caller, callees in rows if caller != "From" for callee in callees.split(", ") if callee}


def component(peer):
    return peer.get("podSelector", {}).get("matchLabels", {}).get("app.kubernetes.io/component")


@pytest.fixture(params=PROFILES)
def policies(request):
    return {p["metadata"]["labels"]["app.kubernetes.io/component"]: p["spec"] for p in of_kind(province(request.param), "NetworkPolicy")}


def port_of(name):
    return 50051 if COMPONENTS[name]["protocol"] == "grpc" else 8080


def test_the_report_has_arrows():
    assert ("gateway", "placement") in arrows() and ("web", "gateway") in arrows()
    assert {name for arrow in arrows() for name in arrow} == set(COMPONENTS)


def test_what_may_come_in_are_the_arrows(policies):
    allowed = set()
    for name in COMPONENTS:
        work = [rule for rule in policies[name]["ingress"] if rule["ports"] == [{"protocol": "TCP", "port": port_of(name)}]]
        assert len(work) == 1
        allowed |= {(component(peer), name) for peer in work[0]["from"] if component(peer) not in (None, "test")}
        others = [peer for peer in work[0]["from"] if component(peer) is None]
        assert bool(others) == bool(COMPONENTS[name].get("entry")), "only gateway and pages are reached from outside"
    assert allowed == arrows()


def test_what_may_go_out_are_the_same_arrows(policies):
    allowed = set()
    for name in COMPONENTS:
        for rule in policies[name]["egress"]:
            for peer in rule["to"]:
                if component(peer):
                    assert rule["ports"] == [{"protocol": "TCP", "port": port_of(component(peer))}]
                    allowed.add((name, component(peer)))
    assert allowed == arrows()


def test_stores_and_mail_are_for_those_who_need_them(policies):
    for name, facts in COMPONENTS.items():
        ports = {port["port"] for rule in policies[name]["egress"] for port in rule["ports"]}
        assert (5432 in ports) == bool(facts.get("schema")), name
        assert bool({5671, 5672} & ports) == bool(facts.get("events")), name
        assert (587 in ports) == bool(facts.get("mail")), name
        assert ports <= {53, 5432, 5671, 5672, 587, 4317, 8080, 50051}, name


def test_whoever_has_events_is_who_the_code_says():
    """The pages have sessions to keep, and no events."""
    rows = re.findall(r"^\| `[\w.]+` \| (\w+) \| ([\w, ]*) \|$", (TOP / "docs" / "topology.md").read_text(), flags=re.MULTILINE)
    named = {name for publisher, consumers in rows for name in (publisher, *consumers.split(", "))}
    assert {name for name, facts in COMPONENTS.items() if facts.get("events")} == named


def test_every_rule_names_peers_and_ports(policies):
    for name, spec in policies.items():
        for rule in spec["ingress"]:
            assert rule["from"] and rule["ports"], f"{name}: a rule without peers lets everyone in"
        for rule in spec.get("egress", []):
            assert rule["ports"], f"{name}: a rule without ports lets everything out"
        assert spec["policyTypes"] == ["Ingress", "Egress"], name


def test_every_pod_of_the_release_is_under_one_policy(policies):
    assert set(policies) - {"database", "broker", "migrate"} == set(COMPONENTS) | {"tools", "test"}
