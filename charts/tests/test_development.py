"""The inner loop and the samples: the Tiltfile run against stubs, the add-ons, and the thirteen provinces."""

import json
import os
import re
import subprocess

import jsonschema
import kubernetes_validate
import pytest
import starlark

from charts import CHART, HIGHEST, LOWEST, TOP, merged, parsed, pods, read, rendered_by_helm_4, resources

ADDONS = sorted((TOP / "k8s" / "addons").glob("*.yaml"))
PROVINCES = [read(path) for path in sorted((TOP / "k8s" / "provinces").glob("*.yaml"))]
COMPONENTS = read(CHART / "files" / "components.yaml")
CODES = {"ab", "bc", "mb", "nb", "nl", "ns", "nt", "nu", "on", "pe", "qc", "sk", "yt"}


class Tilt:
    """Stands for Tilt: writes down what a Tiltfile asks for."""

    def __init__(self):
        self.paths, self.commands, self.documents, self.images, self.workloads, self.tasks = [], [], [], {}, {}, {}

    def version_settings(self, constraint):
        assert constraint.startswith(">=")

    def allow_k8s_contexts(self, contexts):
        self.contexts = contexts

    def read_yaml(self, path):
        self.paths.append(path)
        return read(TOP / path)

    def local(self, command, quiet):
        self.commands.append(command)

    def local_resource(self, name, cmd, deps=(), resource_deps=(), **_):
        self.tasks[name] = list(resource_deps)
        self.commands.append(cmd)
        self.paths += deps

    def custom_build(self, ref, command, deps):
        self.images[ref] = deps
        self.commands.append(command)

    def k8s_yaml(self, what):
        if isinstance(what, list):
            self.paths += what
            self.documents += [document for path in what for document in parsed((TOP / path).read_text())]

    def helm(self, path, name, namespace, values, kube_version):
        self.paths += [path, *values]
        given = {}
        for file in values:
            given = merged(given, read(TOP / file))
        self.documents += resources(rendered_by_helm_4(given, name=name, namespace=namespace))
        return "given to k8s_yaml already"

    def k8s_resource(self, workload, resource_deps=(), **_):
        assert workload not in self.workloads, f"{workload} is named twice"
        self.workloads[workload] = list(resource_deps)


@pytest.fixture(scope="module")
def tilt():
    tilt, module = Tilt(), starlark.Module()
    names = [name for name, member in vars(Tilt).items() if callable(member) and not name.startswith("_")]
    for name in names:
        module.add_callable(name, getattr(tilt, name))
    module["TRIGGER_MODE_MANUAL"] = 1
    dialect = starlark.Dialect.extended()
    dialect.enable_top_level_stmt = True
    tree = starlark.parse("Tiltfile", (TOP / "Tiltfile").read_text(), dialect)
    starlark.eval(module, tree, starlark.Globals.standard())
    return tilt


def test_the_tiltfile_is_written_as_buildifier_writes_it():
    tool = os.environ["TANDEM_BUILDIFIER"]
    answer = subprocess.run([tool, "--type=default", "--mode=check", "--lint=warn", "--warnings=-module-docstring,-function-docstring-args,-function-docstring-return",
                             TOP / "Tiltfile"], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_path_exists(tilt):
    programs = {word for command in tilt.commands for word in re.split(r"[ ;&|]+", command) if re.match(r"(scripts|k8s|charts)/", word)}
    assert {"scripts/dev-image", "k8s/secrets"} <= programs
    for path in [*tilt.paths, *programs]:
        assert (TOP / path).exists(), path


def test_every_workload_is_named_and_every_name_is_a_workload(tilt):
    rendered = {d["metadata"]["name"] for d in tilt.documents if d["kind"] in ("Deployment", "CronJob")}
    rendered |= {d["metadata"]["name"] for d in tilt.documents if d["kind"] == "Job" and not d["metadata"]["name"].endswith("-test")}
    assert set(tilt.workloads) == rendered
    for name, needed in {**tilt.workloads, **tilt.tasks}.items():
        assert set(needed) <= rendered | set(tilt.tasks), name


def test_every_image_of_ours_is_built_from_a_binary_of_the_workspace(tilt):
    containers = [c for _, template in pods(tilt.documents) for c in template["spec"].get("initContainers", []) + template["spec"]["containers"]]
    used = {c["image"].rsplit(":", 1)[0] for c in containers if c["image"].startswith("localhost/")}
    assert set(tilt.images) == used
    for image, deps in tilt.images.items():
        name = image.removeprefix("localhost/")
        assert deps == [f"target/debug/{name}"]
        assert f'name = "{name}"' in (TOP / "services" / (name.removeprefix("tandem-")) / "Cargo.toml").read_text()


def test_it_is_for_clusters_of_development(tilt):
    assert tilt.contexts and all(re.match(r"kind-|k3d-|minikube|docker-desktop|rancher-desktop|orbstack", c) for c in tilt.contexts)


def test_the_add_ons_are_what_the_values_of_development_name(tilt):
    services = {d["metadata"]["name"]: {p["port"] for p in d["spec"]["ports"]} for d in tilt.documents if d["kind"] == "Service"}
    values = merged(read(CHART / "values.yaml"), read(TOP / "k8s" / "dev.yaml"))
    for part in ("database", "broker", "mail"):
        assert values[part]["port"] in services[values[part]["host"]]
    assert values["telemetry"]["otlpEndpoint"] == "http://collector:4317" and 4317 in services["collector"]


@pytest.mark.parametrize("path", ADDONS, ids=lambda path: path.stem)
def test_an_add_on_is_valid_and_has_no_privilege(path):
    documents = parsed(path.read_text())
    for kubernetes in (LOWEST, HIGHEST):
        for document in documents:
            assert document["metadata"]["namespace"] == "tandem-dev"
            kubernetes_validate.validate(document, kubernetes, strict=True)
    for name, template in pods(documents):
        spec = template["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True and spec["automountServiceAccountToken"] is False, name
        for container in spec["containers"]:
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]} and container["resources"]["limits"], name
            assert ":" in container["image"], "a version, not whatever is the latest"


def test_the_database_of_development_has_the_roles_that_the_chart_asks_for():
    text = (TOP / "k8s" / "addons" / "database.yaml").read_text()
    schemas = [name for name, facts in COMPONENTS.items() if facts.get("schema")]
    assert re.findall(r"tandem-dev-database-(\w+), key: password", text) == schemas


def test_every_province_and_territory_is_there():
    assert {province["spec"]["code"] for province in PROVINCES} == CODES
    for province in PROVINCES:
        code = province["spec"]["code"]
        assert province["spec"]["release"] == province["metadata"]["namespace"] == f"tandem-{code}"
        assert set(province["spec"]["components"]) == set(COMPONENTS)


def test_a_floor_is_never_above_its_ceiling_and_a_peak_never_below_the_floor():
    for province in PROVINCES:
        components = province["spec"]["components"]
        for bounds in components.values():
            assert 2 <= bounds["floor"] <= bounds["ceiling"], "one pod would be gone with its node"
        for peak in province["spec"]["peaks"]:
            for name, floor in peak["floors"].items():
                assert components[name]["floor"] <= floor <= components[name]["ceiling"]


def test_the_provinces_are_what_the_operator_s_definition_takes():
    definition = TOP / "charts" / "tandem-operator" / "files" / "provinces.yaml"
    if not definition.exists():
        pytest.skip("charts/tandem-operator is not there")
    (version,) = [v for v in read(definition)["spec"]["versions"] if v["served"]]
    schema = version["schema"]["openAPIV3Schema"]["properties"]["spec"]
    for province in PROVINCES:
        assert province["apiVersion"] == f"tandem.health/{version['name']}"
        jsonschema.validate(province["spec"], schema)
        unknown = set(province["spec"]) - set(schema["properties"])
        assert not unknown


def test_the_same_commit_has_the_same_bill_of_materials():
    def settled(created, namespace, names, epoch="1790000000"):
        bill = {"SPDXID": "SPDXRef-DOCUMENT", "name": "gateway", "creationInfo": {"created": created}, "documentNamespace": namespace,
                "files": [], "packages": [{"name": name} for name in names], "relationships": [{"spdxElementId": name} for name in names]}
        command = [TOP / "scripts" / "settle-sbom", epoch]
        return subprocess.run(command, input=json.dumps(bill), capture_output=True, text=True, check=True).stdout

    first = settled("2027-01-01T00:00:00Z", "https://spdx.org/spdxdocs/gateway-1", ["http", "log"])
    assert first == settled("2028-02-02T00:00:00Z", "https://spdx.org/spdxdocs/gateway-2", ["log", "http"])
    assert json.loads(first)["creationInfo"]["created"] == "2026-09-21T14:13:20Z"
    others = [settled("2027-01-01T00:00:00Z", "", ["http", "log", "url"]), settled("2027-01-01T00:00:00Z", "", ["http", "log"], "1790000001")]
    assert len({json.loads(bill)["documentNamespace"] for bill in (first, *others)}) == 3, "another bill is another document"
