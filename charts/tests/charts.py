"""The chart and its renders, by both Helm engines. `python -m charts` writes the examples anew."""

import functools
import os
import pathlib
import subprocess

import helm_python
import yaml

TOP = pathlib.Path(__file__).resolve().parents[2]
CHART = TOP / "charts" / "tandem"
PROFILES = ("small", "standard", "large")
# The lowest and the highest Kubernetes that the chart is for.
LOWEST, HIGHEST = "1.25", "1.37"
RELEASE, NAMESPACE = "tandem-qc", "tandem-qc"


def read(path):
    return yaml.safe_load(path.read_text())


def merged(base, more):
    """Values as Helm merges them: maps are joined, all else is replaced."""
    if not (isinstance(base, dict) and isinstance(more, dict)):
        return more
    return {key: merged(base[key], more[key]) if key in base and key in more else more.get(key, base.get(key)) for key in {**base, **more}}


def values_of(profile):
    """What a province of this size is installed with: its own addresses, and the profile."""
    return merged(read(CHART / "profiles" / f"{profile}.yaml"), read(CHART / "examples" / f"values-{profile}.yaml"))


def helm(*arguments, **options):
    """Helm 3's program. Its own default version of Kubernetes is below what the chart is for."""
    return subprocess.run([os.environ["TANDEM_HELM"], *arguments], capture_output=True, text=True, **options)


def rendered_by_helm_3(values, kubernetes=HIGHEST):
    answer = helm("template", RELEASE, str(CHART), "--namespace", NAMESPACE, "--kube-version", f"{kubernetes}.0", "--values", "-",
                  input=yaml.safe_dump(values))
    if answer.returncode:
        raise ValueError(answer.stderr)
    return answer.stdout


def rendered_by_helm_4(values, name=RELEASE, namespace=NAMESPACE, **options):
    """One text per template, as Helm 3 joins them."""
    with helm_python.Chart.load(str(CHART)) as chart:
        chart.validate_schema(values)
        return chart.render(values, name=name, namespace=namespace, **options)


def parsed(text):
    return [document for document in yaml.safe_load_all(text) if document]


def resources(texts):
    """The resources of Helm 4's answer, without the notes for people."""
    manifests = (text for path, text in texts.items() if not path.endswith("NOTES.txt"))
    return [document for text in manifests for document in parsed(text)]


@functools.cache
def example(profile):
    return rendered_by_helm_3(values_of(profile))


@functools.cache
def province(profile):
    """The resources of a profile."""
    return parsed(example(profile))


def of_kind(documents, *kinds):
    return [document for document in documents if document["kind"] in kinds]


def key(document):
    return document["apiVersion"], document["kind"], document["metadata"]["name"]


def pods(documents):
    """Name and pod template of whatever makes pods."""
    for document in documents:
        spec = document.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template and document["kind"] in ("Deployment", "Job", "CronJob"):
            yield f"{document['kind']}/{document['metadata']['name']}", template


def main():
    for profile in PROFILES:
        (CHART / "examples" / f"{profile}.yaml").write_text(example(profile))


if __name__ == "__main__":
    main()
