"""Labels that Kubernetes takes whatever the version, names that fit, and images by tag or by digest."""

import re

import pytest

from charts import CHART, merged, parsed, pods, read, rendered_by_helm_3, rendered_by_helm_4, resources, values_of
from test_operator import by_helm_3 as operator_by_helm_3

COMPONENTS = read(CHART / "files" / "components.yaml")
DIGEST = "sha256:" + "0123456789abcdef" * 4
TAGS = {
    "as long as a tag of a branch": ("feature-placement-request-change-dates-with-agreement-20270705-4f9f634", 62),
    "as long as tags are": ("a" * 128, 63),
    "cut at a hyphen": ("a" * 62 + "-" * 11, 62),
    "of a hidden file": ("_" + "a" * 72, 62),
}


def documents_of(change):
    return parsed(rendered_by_helm_3(merged(values_of("large"), change))) + parsed(operator_by_helm_3({"image": change.get("image", {})} if "digests" not in change.get("image", {}) else {}))


def labels(node):
    """Every map of labels, of pods too."""
    if isinstance(node, dict):
        for name, child in node.items():
            if name in ("labels", "matchLabels") and isinstance(child, dict):
                yield from child.items()
            yield from labels(child)
    elif isinstance(node, list):
        for child in node:
            yield from labels(child)


@pytest.mark.parametrize("case", TAGS)
def test_a_label_holds_what_it_can_of_a_tag_and_the_image_all_of_it(case):
    tag, kept = TAGS[case]
    documents = documents_of({"image": {"tag": tag}})
    for name, value in labels(documents):
        assert re.fullmatch(r"([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?", str(value)), (name, value)
    assert {len(value) for name, value in labels(documents) if name == "app.kubernetes.io/version"} == {kept}
    images = {c["image"] for _, template in pods(documents) for c in template["spec"]["containers"] if "busybox" not in c["image"]}
    assert images and all(image.endswith(f":{tag}") for image in images)


def test_what_has_a_digest_is_pulled_by_it():
    images = [*COMPONENTS, "tandem"]
    documents = resources(rendered_by_helm_4(merged(values_of("standard"), {"image": {"tag": "1.2.0", "digests": dict.fromkeys(images, DIGEST)}})))
    used = {c["image"] for _, template in pods(documents) for c in template["spec"].get("initContainers", []) + template["spec"]["containers"]}
    ours = {image for image in used if "busybox" not in image}
    assert ours == {f"registry.example.org/tandem/tandem-{name}@{DIGEST}" for name in COMPONENTS} | {f"registry.example.org/tandem/tandem@{DIGEST}"}
    assert {value for name, value in labels(documents) if name == "app.kubernetes.io/version"} == {"1.2.0"}
    ((_, template),) = pods(parsed(operator_by_helm_3({"image": {"digest": DIGEST}})))
    assert template["spec"]["containers"][0]["image"] == f"localhost/tandem-operator@{DIGEST}"


def test_one_image_alone_can_have_a_digest():
    documents = parsed(rendered_by_helm_3(merged(values_of("small"), {"image": {"digests": {"web": DIGEST}}})))
    by_digest = {name for name, template in pods(documents) for c in template["spec"]["containers"] if c["image"].endswith(DIGEST)}
    assert by_digest == {"Deployment/tandem-qc-web"}


def test_names_fit_however_long_the_release_s_is():
    longest = {"CronJob": 52, "Service": 63, "Job": 63, "RabbitmqCluster": 52, "Cluster": 50}
    texts = rendered_by_helm_4(values_of("large"), name="t" * 53)
    for document in resources(texts):
        name = document["metadata"]["name"]
        assert len(name) <= longest.get(document["kind"], 253), (document["kind"], name)
