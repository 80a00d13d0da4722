"""Values that are wrong are refused before anything is changed, in words that help."""

import json
import os
import pathlib
import subprocess
import sys

import helm_python
import pytest

from charts import CHART, merged, rendered_by_helm_3, rendered_by_helm_4, values_of

# What is wrong, what both engines must name, and where the rule is the chart's own, words that help.
WRONG = {
    "a province that is none": ({"province": {"code": "xx"}}, "qc"),
    "a misspelt key": ({"components": {"placement": {"replcas": 3}}}, "replcas"),
    "an unknown component": ({"components": {"billing": {}}}, "billing"),
    "less than one pod": ({"components": {"gateway": {"scale": {"min": 0}}}}, "min"),
    "a floor above the ceiling": ({"components": {"gateway": {"scale": {"min": 9, "max": 2}}}}, "components.gateway.scale: min 9 is more than max 2"),
    "a setting that the service does not have": ({"components": {"identity": {"settings": {"token_seconds": 60}}}}, "token_seconds"),
    "a setting out of bounds": ({"components": {"identity": {"settings": {"access_token_seconds": 86400}}}}, "access_token_seconds"),
    "a secret's value in the place of its name": ({"secrets": {"internal": {"value": "s3cret"}}}, "value"),
    "a password among the values": ({"database": {"password": "s3cret"}}, "password"),
    "memory that is no amount": ({"components": {"web": {"resources": {"limits": {"memory": "lots"}}}}}, "memory"),
    "no limits": ({"components": {"web": {"resources": {"limits": None}}}}, "limits"),
    "an even number of brokers": ({"broker": {"source": "rabbitmq-operator", "cluster": {"replicas": 2}}}, "replicas"),
    "no address for people": ({"province": {"publicUrl": ""}}, "province.publicUrl: where people open the pages"),
    "an address with a slash at the end": ({"province": {"publicUrl": "https://tandem.example.org/"}}, "publicUrl"),
    "no database": ({"database": {"host": ""}}, "database.host: required, unless database.source is cloudnativepg"),
    "no broker": ({"broker": {"host": ""}}, "broker.host: required, unless broker.source is rabbitmq-operator"),
    "an authority that is asked about nothing": (
        {"database": {"tls": {"mode": "require"}}}, "database.tls.mode: verify-full, or the authority is asked about nothing"),
    "a broker's authority that is asked about nothing": ({"broker": {"tls": {"enabled": False}}}, "broker.tls.enabled: true, or the authority"),
    "an encrypted broker without a certificate": (
        {"broker": {"source": "rabbitmq-operator"}}, "broker.tls.serverSecret: the certificate of the RabbitmqCluster"),
    "a mode that is none": ({"database": {"tls": {"mode": "on"}}}, "verify-full"),
    "proxies that are everybody": ({"trustedProxies": ["0.0.0.0/0"]}, "trustedProxies"),
    "no mail server": ({"mail": {"host": ""}}, "mail.host: required"),
    "a password in the open": ({"mail": {"security": "none"}}, "mail.security: a password is not sent in the open"),
    "links that lead elsewhere": ({"hosts": {"pages": "other.example.org"}}, "hosts.pages: links in mails lead to province.publicUrl"),
    "a route without a gateway": ({"httpRoute": {"enabled": True}}, "httpRoute.parentRefs: at least one Gateway"),
    "more connections than the database has": (
        {"database": {"source": "cloudnativepg", "cloudnativepg": {"maxConnections": 50}}}, "maxConnections: 50 are too few"),
    "connections that outlast a pod": ({"server": {"lingerMs": 5000}}, "server.connectionAgeMs: at most half of server.lingerMs"),
    "a name that no Service may have": ({"fullnameOverride": "2027-qc"}, "fullnameOverride"),
    "a name that is too long": ({"fullnameOverride": "a" * 38}, "fullnameOverride"),
    "a digest that is none": ({"image": {"digests": {"web": "sha256:abc"}}}, "digests"),
    "a digest of no image": ({"image": {"digests": {"billing": "sha256:" + "0" * 64}}}, "billing"),
    "a tag that is none": ({"image": {"tag": "a b"}}, "tag"),
    "an address to listen at that pods do not have": ({"network": {"listen": "192.0.2.1"}}, "listen"),
    "two families where there is one": (
        {"network": {"listen": "::", "ipFamilyPolicy": "SingleStack", "ipFamilies": ["IPv4", "IPv6"]}}, "network.ipFamilies: one alone"),
    "addresses where nobody listens": ({"network": {"ipFamilies": ["IPv6"]}}, 'network.listen: "::"'),
    "no port for names": ({"networkPolicy": {"dnsPorts": []}}, "dnsPorts"),
    "root where root is refused": ({"podSecurityContext": {"runAsUser": 0}}, "podSecurityContext.runAsUser: 0"),
    "a privilege": ({"containerSecurityContext": {"privileged": True}}, "privileged"),
    "a restore from nobody": (
        {"database": {"source": "cloudnativepg", "cloudnativepg": {"recovery": {"objectStore": "x"}}}}, "recovery.serverName"),
}


@pytest.mark.parametrize("case", WRONG)
def test_refused_by_both_engines_with_words_that_help(case):
    change, words = WRONG[case]
    values = merged(values_of("small"), change)
    with pytest.raises(ValueError) as of_3:
        rendered_by_helm_3(values)
    assert words in str(of_3.value)
    with pytest.raises(helm_python.HelmError) as of_4:
        rendered_by_helm_4(values)
    assert words in str(of_4.value)


def test_all_faults_are_told_at_once():
    values = merged(values_of("small"), {"database": {"host": ""}, "mail": {"host": "", "from": ""}})
    with pytest.raises(ValueError) as refusal:
        rendered_by_helm_3(values)
    assert all(words in str(refusal.value) for words in ("database.host", "mail.host", "mail.from"))


def test_the_schema_is_one_itself_and_closed_everywhere():
    check = pathlib.Path(sys.executable).with_name("check-jsonschema")
    subprocess.run([check, "--quiet", "--check-metaschema", CHART / "values.schema.json"], check=True, env=os.environ)
    open_ones = []

    def walk(node, path):
        if isinstance(node, dict):
            if "properties" in node and node.get("additionalProperties") is not False:
                open_ones.append(path)
            for name, child in node.items():
                walk(child, f"{path}/{name}")

    walk(json.loads((CHART / "values.schema.json").read_text()), "")
    assert open_ones == []


def test_a_release_s_name_that_no_service_may_have_is_refused_and_overridden():
    for name in ("2027-qc", "tandem.qc"):
        with pytest.raises(helm_python.HelmError, match="fullnameOverride: names of Services begin with a letter"):
            rendered_by_helm_4(values_of("small"), name=name)
        assert rendered_by_helm_4(merged(values_of("small"), {"fullnameOverride": "tandem-qc"}), name=name)
