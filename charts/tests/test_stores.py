"""How pods reach database and broker, what they prove themselves with, and whom the gateway takes for the caller."""

import pytest

from charts import CHART, PROFILES, merged, of_kind, parsed, pods, province, read, rendered_by_helm_3, rendered_by_helm_4, values_of

COMPONENTS = read(CHART / "files" / "components.yaml")
FOLDER = "/etc/tandem-authorities"


def render(profile, change):
    return parsed(rendered_by_helm_3(merged(values_of(profile), change)))


def variables(container):
    return {variable["name"]: variable.get("value", variable.get("valueFrom")) for variable in container.get("env", [])}


def authorities(template):
    """The files of a pod's authorities, each with Secret and key."""
    sources = [s["secret"] for v in template["spec"].get("volumes", []) if v["name"] == "authorities" for s in v["projected"]["sources"]]
    return {item["path"]: (secret["name"], item["key"]) for secret in sources for item in secret["items"]}


def containers(template):
    return template["spec"].get("initContainers", []) + template["spec"]["containers"]


def of_components(documents):
    """Component, pod and variables of each Deployment."""
    for deployment in of_kind(documents, "Deployment"):
        template = deployment["spec"]["template"]
        (container,) = template["spec"]["containers"]
        yield deployment["metadata"]["labels"]["app.kubernetes.io/component"], template, variables(container)


@pytest.mark.parametrize(("profile", "database", "broker"), (
    ("small", ("stores-authority", "ca.crt"), ("stores-authority", "ca.crt")),
    ("standard", ("tandem-qc-database-ca", "ca.crt"), None),
    ("large", ("tandem-qc-database-ca", "ca.crt"), ("tandem-authority", "ca.crt")),
))
def test_each_pod_has_the_authorities_of_the_stores_that_it_reaches_and_no_others(profile, database, broker):
    for component, template, _ in of_components(province(profile)):
        facts = COMPONENTS[component]
        wanted = {"database.crt": database if facts.get("schema") else None, "broker.crt": broker if facts.get("events") else None}
        assert authorities(template) == {path: source for path, source in wanted.items() if source}, component
    for name, template in pods(province(profile)):
        if not name.startswith("Deployment/"):
            mounted = {mount["name"] for container in containers(template) for mount in container.get("volumeMounts", [])}
            assert mounted == {v["name"] for v in template["spec"].get("volumes", [])}, name


@pytest.mark.parametrize("profile", PROFILES)
def test_authorities_are_mounted_where_the_addresses_look_for_them_and_cannot_be_written_to(profile):
    for name, template in pods(province(profile)):
        files = {f"{FOLDER}/{path}" for path in authorities(template)}
        for container in containers(template):
            env = variables(container)
            text = " ".join(str(value) for value in env.values())
            assert {word for word in (f"{FOLDER}/database.crt", f"{FOLDER}/broker.crt") if word in text} == files, name
            mounts = [mount for mount in container.get("volumeMounts", []) if mount["name"] == "authorities"]
            assert mounts == ([{"name": "authorities", "mountPath": FOLDER, "readOnly": True}] if files else []), name


def test_the_database_is_verified_where_it_can_be():
    for profile, change, mode in (
        ("small", {}, "verify-full&sslrootcert=/etc/tandem-authorities/database.crt"),
        ("small", {"database": {"tls": {"caSecret": {"name": ""}}}}, "verify-full"),
        ("small", {"database": {"tls": {"mode": "", "caSecret": {"name": ""}}}}, "prefer"),
        ("standard", {}, "verify-full&sslrootcert=/etc/tandem-authorities/database.crt"),
        ("standard", {"database": {"tls": {"mode": "disable"}}}, "disable"),
    ):
        for component, _, env in of_components(render(profile, change)):
            if COMPONENTS[component].get("schema"):
                url = env[f"TANDEM_{component.upper()}__DATABASE__URL"]
                assert url.endswith(f"?sslmode={mode}"), (profile, change, url)


def test_the_broker_is_reached_at_the_port_and_by_the_scheme_that_fit():
    for profile, change, address in (
        ("small", {}, "amqps://$(BROKER_USERNAME):$(BROKER_PASSWORD)@rabbitmq.example.org:5671/tandem-pe"),
        ("small", {"broker": {"port": 5679}}, "amqps://$(BROKER_USERNAME):$(BROKER_PASSWORD)@rabbitmq.example.org:5679/tandem-pe"),
        ("standard", {}, "amqp://$(BROKER_USERNAME):$(BROKER_PASSWORD)@tandem-qc-broker:5672/%2f"),
        ("large", {}, "amqps://$(BROKER_USERNAME):$(BROKER_PASSWORD)@tandem-qc-broker:5671/%2f"),
    ):
        urls = {env.get("TANDEM__BROKER__URL") for component, _, env in of_components(render(profile, change)) if COMPONENTS[component].get("events")}
        assert urls == {address}


def test_whoever_has_no_events_is_given_no_broker_and_whoever_calls_nobody_no_address():
    for component, _, env in of_components(province("small")):
        given = {name for name in env if "BROKER" in name}
        assert bool(given) == bool(COMPONENTS[component].get("events")), component
        peers = {name.removeprefix("TANDEM__PEERS__").lower() for name in env if "PEERS" in name}
        assert peers == {name for name in COMPONENTS[component]["calls"] if COMPONENTS[name]["protocol"] == "grpc"}, component


def test_a_broker_that_is_made_here_speaks_encrypted_alone_when_it_is_told_to():
    (plain,) = of_kind(province("standard"), "RabbitmqCluster")
    (encrypted,) = of_kind(province("large"), "RabbitmqCluster")
    assert "tls" not in plain["spec"]
    assert encrypted["spec"]["tls"] == {"secretName": "tandem-qc-broker-tls", "disableNonTLSListeners": True}
    (policy,) = [p for p in of_kind(province("large"), "NetworkPolicy") if p["metadata"]["name"] == "tandem-qc-broker"]
    ports = {port["port"] for rule in policy["spec"]["ingress"] for port in rule["ports"]}
    assert ports == {5671, 4369, 25672, 15671, 15691}


def test_every_process_accepts_another_secret_while_there_is_one():
    for name, template in pods(province("standard")):
        for container in containers(template):
            env = variables(container)
            if "TANDEM__INTERNAL__SECRET" in env:
                secret, accepted = (env[f"TANDEM__INTERNAL__{key}"]["secretKeyRef"] for key in ("SECRET", "ACCEPTED_SECRET"))
                assert (secret["key"], "optional" in secret) == ("secret", False), name
                assert accepted == {"name": secret["name"], "key": "accepted", "optional": True}, name


def test_nobody_chooses_an_address_unless_a_proxy_is_trusted():
    def believed(documents):
        files = [d["data"]["tandem.toml"] for d in of_kind(documents, "ConfigMap") if "tandem.toml" in d["data"]]
        return [line for file in files for line in file.splitlines() if "trusted_proxies" in line]

    assert believed(province("small")) == []
    assert believed(province("standard")) == ['trusted_proxies = ["10.0.0.0/8"]']
    both = render("small", {"trustedProxies": ["10.2.0.0/16", "fd00:10::/64"], "components": {"gateway": {"settings": {"cors_origins": ["https://a.example.org"]}}}})
    assert believed(both) == ['trusted_proxies = ["10.2.0.0/16","fd00:10::/64"]']


def test_the_notes_say_what_is_not_verified_and_nothing_where_all_is():
    def notes(change):
        texts = rendered_by_helm_4(merged(values_of("small"), change))
        (note,) = [text for path, text in texts.items() if path.endswith("NOTES.txt")]
        return note

    quiet = notes({"trustedProxies": ["10.2.0.0/16"]})
    assert not any(words in quiet for words in ("verify-full", "broker.tls", "trustedProxies"))
    warned = notes({"database": {"tls": {"mode": "", "caSecret": {"name": ""}}}, "broker": {"tls": {"enabled": False, "caSecret": {"name": ""}}}})
    assert all(words in warned for words in ("verify-full is recommended", "broker.tls encrypts", "trustedProxies names nobody"))
