"""null takes a value away. What can be without it renders without it; what cannot is refused by name, never by a template that fails."""

import helm_python
import kubernetes_validate
import pytest

from charts import CHART, HIGHEST, TOP, key, merged, of_kind, parsed, read, rendered_by_helm_3, rendered_by_helm_4, resources, values_of
from test_operator import CHART as OPERATOR, FULL, by_helm_3 as operator_by_helm_3, by_helm_4 as operator_by_helm_4
from test_render import FOREIGN

# Everything that can be there is there.
EVERYTHING = {"ingress": {"enabled": True, "annotations": {"a": "b"}}, "httpRoute": {"enabled": True, "parentRefs": [{"name": "public"}]},
              "broker": {"tls": {"enabled": True, "serverSecret": "broker-tls", "caSecret": {"name": "authority"}}},
              "components": {"gateway": {"settings": {"cors_origins": ["https://a.example.org"]}}}}
# With these there is nothing of the kind.
OFF = {"networkPolicy": "NetworkPolicy", "ingress": "Ingress", "httpRoute": "HTTPRoute", "monitoring": "ServiceMonitor"}


def paths(node, path=()):
    for name, child in node.items():
        yield (*path, name)
        if isinstance(child, dict):
            yield from paths(child, (*path, name))


def nothing(path):
    return {path[0]: nothing(path[1:]) if path[1:] else None}


def values():
    return merged(values_of("standard"), EVERYTHING)


def holes(node):
    """Where a template wrote nothing, or what Go makes of nothing."""
    if isinstance(node, dict):
        return [hole for child in node.values() for hole in holes(child)]
    if isinstance(node, list):
        return [hole for child in node for hole in holes(child)]
    return [node] if node is None or isinstance(node, str) and ("<nil>" in node or "<no value>" in node or "%!" in node) else []


def check(documents, before):
    for document in documents:
        assert holes(document) == [], document["metadata"]["name"]
        if document["kind"] not in FOREIGN and document != before.get(key(document)):
            kubernetes_validate.validate(document, HIGHEST, strict=True)


@pytest.fixture(scope="module")
def before():
    return {key(d): d for d in resources(rendered_by_helm_4(values()))}


# What services have is alike: one stands for all.
LIKE_PLACEMENT = {"identity", "configuration", "notification", "reporting"}


def told_apart():
    every = paths(merged(read(CHART / "values.yaml"), values()))
    return [path for path in every if not (path[0] == "components" and path[2:] and path[1] in LIKE_PLACEMENT)]


@pytest.mark.parametrize("path", told_apart(), ids=".".join)
def test_null_renders_or_is_refused_by_name(path, before):
    try:
        documents = resources(rendered_by_helm_4(merged(values(), nothing(path))))
    except helm_python.HelmError as refusal:
        assert path[-1] in str(refusal) and "nil pointer" not in str(refusal), str(refusal)
        return
    check(documents, before)


@pytest.mark.parametrize("section", list(read(CHART / "values.yaml")))
def test_helm_3_takes_a_section_away_or_refuses_it_by_name(section, before):
    change = merged(values(), {section: None})
    try:
        documents = parsed(rendered_by_helm_3(change))
    except ValueError as refusal:
        assert f"{section} is required" in str(refusal) or f"- {section}" in str(refusal), str(refusal)
        return
    assert {key(d): d for d in documents} == {key(d): d for d in resources(rendered_by_helm_4(change))}
    check(documents, before)


@pytest.mark.parametrize("section", OFF)
def test_what_is_taken_away_is_off(section):
    assert of_kind(resources(rendered_by_helm_4(values())), OFF[section])
    assert of_kind(resources(rendered_by_helm_4(merged(values(), {section: None}))), OFF[section]) == []


def test_without_an_image_for_it_there_is_no_test():
    names = {d["metadata"]["name"] for d in resources(rendered_by_helm_4(merged(values(), {"test": None})))}
    assert "tandem-qc-test" not in names and "tandem-qc-tools" in names


def test_nobody_comes_in_where_nobody_is_named():
    """A rule without peers would let everybody in."""
    change = {"networkPolicy": {"entry": None, "monitoring": None, "operators": None}}
    for documents in (resources(rendered_by_helm_4(merged(values(), change))), parsed(operator_by_helm_3({"networkPolicy": {"monitoring": None}})),
                      parsed(operator_by_helm_3({"networkPolicy": {"monitoring": []}}))):
        for policy in of_kind(documents, "NetworkPolicy"):
            assert all(rule["from"] for rule in policy["spec"]["ingress"]), policy["metadata"]["name"]


@pytest.mark.parametrize("path", list(paths(read(OPERATOR / "values.yaml"))), ids=".".join)
def test_null_renders_or_is_refused_by_name_for_the_operator_too(path):
    before = {key(d): d for d in parsed(operator_by_helm_3(FULL))}
    change = merged(FULL, nothing(path))
    try:
        documents = parsed(operator_by_helm_3(change))
    except ValueError as refusal:
        assert path[-1] in str(refusal) and "nil pointer" not in str(refusal), str(refusal)
        with pytest.raises(helm_python.HelmError, match=path[-1]):
            operator_by_helm_4(change)
        return
    assert {key(d): d for d in documents if not d["metadata"].get("namespace", "").startswith("tandem-q")} == {
        key(d): d for d in resources(operator_by_helm_4(change)) if not d["metadata"].get("namespace", "").startswith("tandem-q")}
    check(documents, before)
