"""Clusters of IPv6 alone, OpenShift, namespaces that deny everything by default, and the standard "restricted"."""

import re

import kubernetes_validate
import pytest

from charts import CHART, HIGHEST, LOWEST, PROFILES, TOP, key, merged, of_kind, parsed, pods, province, read, rendered_by_helm_3, rendered_by_helm_4, resources, values_of
from test_operator import FULL, by_helm_3 as operator_by_helm_3
from test_render import FOREIGN

OPERATOR = TOP / "charts" / "tandem-operator"
PLATFORMS = ("ipv6", "openshift")


def given(platform, profile):
    return merged(values_of(profile), read(CHART / "platforms" / f"{platform}.yaml"))


def on(platform, profile):
    return parsed(rendered_by_helm_3(given(platform, profile)))


def operator_on(platform):
    return parsed(operator_by_helm_3(merged(FULL, read(OPERATOR / "platforms" / f"{platform}.yaml"))))


def leaves(node, path=()):
    """Every scalar of a resource, with the keys that lead to it."""
    if isinstance(node, (dict, list)):
        for name, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(child, (*path, name))
    else:
        yield path, node


def keys_of(node):
    return {name for path, _ in leaves(node) for name in path}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_renders_alike_in_both_engines_to_what_kubernetes_takes(platform, profile):
    documents = on(platform, profile)
    assert {key(d): d for d in documents} == {key(d): d for d in resources(rendered_by_helm_4(given(platform, profile)))}
    for document in [d for d in documents if d["kind"] not in FOREIGN] + [d for d in operator_on(platform) if d["kind"] not in FOREIGN]:
        for kubernetes in (LOWEST, HIGHEST):
            kubernetes_validate.validate(document, kubernetes, strict=True)


@pytest.mark.parametrize("profile", PROFILES)
def test_with_ipv6_alone_every_process_listens_there_and_every_service_has_its_address_there(profile):
    documents = on("ipv6", profile) + operator_on("ipv6")
    listening = [(path, value) for path, value in leaves(documents) if isinstance(value, str) and re.fullmatch(r"\S+:\d+", value) and value[0] in "[0123456789"]
    assert {value for _, value in listening} == {"[::]:8080", "[::]:50051", "[::]:9090"}
    services = of_kind(documents, "Service")
    assert services and all((s["spec"]["ipFamilyPolicy"], s["spec"]["ipFamilies"]) == ("SingleStack", ["IPv6"]) for s in services)
    for broker in of_kind(documents, "RabbitmqCluster"):
        assert broker["spec"]["service"] == {"ipFamilyPolicy": "SingleStack"}
        assert "{inet6, true}." in broker["spec"]["rabbitmq"]["erlangInetConfig"]
        assert broker["spec"]["rabbitmq"]["envConfig"].count("-proto_dist inet6_tcp") == 2


def test_with_both_families_services_have_both_in_the_order_that_is_meant():
    both = {"network": {"listen": "::", "ipFamilyPolicy": "PreferDualStack", "ipFamilies": ["IPv4", "IPv6"]}}
    documents = parsed(rendered_by_helm_3(merged(values_of("standard"), both)))
    for service in of_kind(documents, "Service"):
        assert (service["spec"]["ipFamilyPolicy"], service["spec"]["ipFamilies"]) == ("PreferDualStack", ["IPv4", "IPv6"])
    (broker,) = of_kind(documents, "RabbitmqCluster")
    assert "envConfig" not in broker["spec"]["rabbitmq"], "Erlang looks for IPv4 first, which is there"


def test_addresses_of_servers_may_be_of_ipv6():
    change = {"database": {"host": "[2001:db8::10]"}, "broker": {"host": "[2001:db8::20]"}, "mail": {"host": "2001:db8::30"},
              "telemetry": {"otlpEndpoint": "http://[2001:db8::40]:4444"}}
    documents = parsed(rendered_by_helm_3(merged(values_of("small"), change)))
    text = {str(value) for _, value in leaves(documents)}
    assert any("@[2001:db8::10]:5432/" in value for value in text) and any("@[2001:db8::20]:5671/" in value for value in text)
    ports = {port["port"] for policy in of_kind(documents, "NetworkPolicy") for rule in policy["spec"].get("egress", []) for port in rule["ports"]}
    assert 4444 in ports


@pytest.mark.parametrize("profile", PROFILES)
def test_on_openshift_no_pod_says_who_it_is_and_names_are_asked_where_they_are_answered(profile):
    documents = on("openshift", profile) + operator_on("openshift")
    assert not {"runAsUser", "runAsGroup", "fsGroup"} & keys_of([template for _, template in pods(documents)])
    for policy in of_kind(documents, "NetworkPolicy"):
        rules = [rule for rule in policy["spec"].get("egress", []) if {port["protocol"] for port in rule["ports"]} == {"TCP", "UDP"}]
        assert all(rule["to"][0]["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"] == "openshift-dns" for rule in rules)
        assert all(port["port"] == 5353 for rule in rules for port in rule["ports"])
        assert len(rules) == ("Egress" in policy["spec"]["policyTypes"])
    for broker in of_kind(documents, "RabbitmqCluster"):
        assert broker["spec"]["override"]["statefulSet"]["spec"]["template"]["spec"]["securityContext"] == {}


def against_restricted(template):
    """What the Pod Security Standard "restricted" would refuse of a pod."""
    spec = template["spec"]
    of_pod = spec.get("securityContext", {})
    yield from {"hostNetwork", "hostPID", "hostIPC"} & spec.keys()
    allowed = {"name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
    yield from {kind for volume in spec.get("volumes", []) for kind in volume} - allowed
    for container in spec.get("initContainers", []) + spec["containers"]:
        context = {**of_pod, **container.get("securityContext", {})}
        if context.get("runAsNonRoot") is not True or context.get("runAsUser") == 0:
            yield "runAsNonRoot"
        if context.get("allowPrivilegeEscalation") is not False or context.get("privileged"):
            yield "allowPrivilegeEscalation"
        if context.get("seccompProfile", {}).get("type") not in ("RuntimeDefault", "Localhost"):
            yield "seccompProfile"
        if "ALL" not in context.get("capabilities", {}).get("drop", []) or context["capabilities"].get("add"):
            yield "capabilities"
        yield from [f"hostPort {port['hostPort']}" for port in container.get("ports", []) if "hostPort" in port]


@pytest.mark.parametrize("profile", PROFILES)
def test_restricted_refuses_no_pod_anywhere(profile):
    for documents in (province(profile), *(on(platform, profile) for platform in PLATFORMS), *map(operator_on, PLATFORMS)):
        for name, template in pods(documents):
            assert list(against_restricted(template)) == [], name


def test_what_a_container_may_can_be_said_otherwise_and_left_out():
    change = {"podSecurityContext": {"runAsUser": 1000650000, "supplementalGroups": [2000]}, "containerSecurityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}
    for _, template in pods(parsed(rendered_by_helm_3(merged(values_of("small"), change)))):
        assert template["spec"]["securityContext"]["runAsUser"] == 1000650000 and template["spec"]["securityContext"]["supplementalGroups"] == [2000]
        assert all(c["securityContext"]["capabilities"] == {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]} for c in template["spec"]["containers"])
    none = {"podSecurityContext": None, "containerSecurityContext": None}
    assert "securityContext" not in keys_of(parsed(rendered_by_helm_3(merged(values_of("small"), none))))
