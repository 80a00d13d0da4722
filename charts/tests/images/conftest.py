"""Images from binaries that are built already, a database with a role per service, and the chart's own words for what to start."""

import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import charts  # noqa: E402
from cluster import Cluster  # noqa: E402

RESOLVER = "127.0.0.99"
BINARIES = pathlib.Path(os.environ["TANDEM_TEST_BINARIES"])
# Images that are there already, in the engine's own store: their registry. Without, they are made from the binaries.
GIVEN = os.environ.get("TANDEM_TEST_IMAGES", "")
RELEASED = bool(GIVEN) or BINARIES.name == "release"
PATIENCE_S = 60 * float(os.environ.get("TANDEM_TEST_PATIENCE", "1"))
FACTS = charts.read(charts.CHART / "files" / "components.yaml")
WITH_SCHEMA = [name for name, facts in FACTS.items() if facts.get("schema")]


class Images:
    """The images, in a store of the test's own; or those that are given."""

    def __init__(self, folder):
        self.folder, self.roots, self.containers = folder, {}, []
        own = ("--storage-driver", "vfs", "--root", str(folder / "store"), "--runroot", str(folder / "runroot"))
        self.buildah = ("buildah", *(() if GIVEN else own))
        self.policy = ("--signature-policy", str(folder / "policy.json"))
        (folder / "policy.json").write_text('{"default": [{"type": "insecureAcceptAnything"}]}')

    def run(self, *arguments, **options):
        answer = subprocess.run([*arguments], capture_output=True, text=True, **options)
        assert answer.returncode == 0, f"{arguments}\n{answer.stdout}{answer.stderr}"
        return answer.stdout.strip()

    def binaries(self, component):
        """The folder of a component's binary, without what only a debugger reads."""
        if RELEASED:
            return BINARIES
        binary = "tandem" if component == "tandem" else f"tandem-{component}"
        (self.folder / "binaries").mkdir(exist_ok=True)
        self.run("strip", "-o", self.folder / "binaries" / binary, BINARIES / binary)
        return self.folder / "binaries"

    def build(self, component, tag="test"):
        name = f"localhost/tandem-{component}:{tag}"
        command = (*self.buildah, "bud", "--quiet", "--isolation", "chroot", "--timestamp", "0", *self.policy)
        self.run(charts.TOP / "scripts" / "dev-image", self.binaries(component), component, name,
                 env={**os.environ, "TANDEM_IMAGE_BUILD": " ".join(command)})
        return name

    def given(self, component):
        """The name that `scripts/images` gives."""
        tag = os.environ.get("TANDEM_TEST_TAG") or re.search(r'^version = "(.*)"$', (charts.TOP / "Cargo.toml").read_text(), flags=re.MULTILINE)[1]
        return f"{GIVEN}/{'tandem' if component == 'tandem' else f'tandem-{component}'}:{tag}"

    def inspect(self, name):
        return json.loads(self.run(*self.buildah, "inspect", "--type", "image", name))

    def root(self, component):
        """Configuration and mounted file system of a component's image."""
        if component not in self.roots:
            name = self.given(component) if GIVEN else self.build(component)
            container = self.run(*self.buildah, "from", "--pull-never", *self.policy, name)
            self.containers.append(container)
            mounted = self.run(*self.buildah, "mount", container)
            self.roots[component] = self.inspect(name)["OCIv1"]["config"], pathlib.Path(mounted)
        return self.roots[component]


@pytest.fixture(scope="session")
def images(tmp_path_factory):
    images = Images(tmp_path_factory.mktemp("images"))
    yield images
    for container in images.containers:
        images.run(*images.buildah, "rm", container)


def word():
    """A random secret."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")


@pytest.fixture(scope="session")
def secrets():
    """What the Secrets that the chart names hold."""
    broker = urllib.parse.urlsplit(os.environ["TANDEM_TEST_AMQP_URL"])
    secrets = {"tandem-qc-internal": {"secret": word()}, "tandem-qc-links": {"secret": word()},
               "tandem-qc-broker": {"username": broker.username or "guest", "password": broker.password or "guest"}}
    for component in WITH_SCHEMA:
        secrets[f"tandem-qc-database-{component}"] = {"username": f"tandem_{component}", "password": word()}
    return secrets


@pytest.fixture(scope="session")
def province(secrets):
    """The resources of the chart for this database and this broker."""
    database, broker = (urllib.parse.urlsplit(os.environ[name]) for name in ("TANDEM_TEST_DATABASE_URL", "TANDEM_TEST_AMQP_URL"))
    prepare(database, secrets)
    # The servers of tests have no certificates; encrypted ways are tried by the tests of chassis and eventing.
    plain = {"caSecret": {"name": ""}}
    values = charts.merged(charts.values_of("small"), {
        "database": {"host": database.hostname, "port": database.port, "name": "province", "tls": {**plain, "mode": "prefer"}},
        "broker": {"host": broker.hostname, "port": broker.port, "vhost": urllib.parse.unquote(broker.path[1:]) or "/", "tls": {**plain, "enabled": False}},
        "mail": {"host": "127.0.0.1", "port": 2525, "security": "none", "secretName": ""},
        "server": {"lingerMs": 4000, "connectionAgeMs": 1000},
    })
    return charts.parsed(charts.rendered_by_helm_3(values))


def prepare(database, secrets):
    """A database with a role and a schema for each service, as docs/operations.md has it made."""
    def sql(name, *statements):
        url = database._replace(path=f"/{name}").geturl()
        subprocess.run(["psql", "--quiet", "--set=ON_ERROR_STOP=1", url, *(f"--command={s}" for s in statements)], check=True)

    sql("postgres", "DROP DATABASE IF EXISTS province", "CREATE DATABASE province")
    sql("province", "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for component in WITH_SCHEMA:
        role, password = f"tandem_{component}", secrets[f"tandem-qc-database-{component}"]["password"]
        sql("province", f"CREATE ROLE {role} LOGIN PASSWORD '{password}'",
            f"CREATE SCHEMA {component} AUTHORIZATION {role}")


@pytest.fixture(scope="session")
def cluster(images, secrets, tmp_path_factory):
    """Services without pods."""
    ports = {name: 50051 if facts["protocol"] == "grpc" else 8080 for name, facts in FACTS.items()}
    cluster = Cluster(tmp_path_factory.mktemp("containers"), images, secrets, ports, RESOLVER)
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def migrated(cluster, province):
    """The database after the chart's migration Job; what the first operator signs in with."""
    for step in [*steps(province, "Job", "migrate"), *steps(province, "CronJob", "first-operator")]:
        pod = cluster.start(step, "tandem")
        assert pod.container.finished(PATIENCE_S) == 0, pod.container.output()
    return re.search(r"login (\S+), temporary password (\S+)", pod.container.output()).groups()


@pytest.fixture(scope="session")
def running(cluster, province, migrated):
    """One pod of each component, all ready."""
    pods = {component: cluster.start(container(province, component), component) for component in FACTS}
    for pod in pods.values():
        cluster.join(pod, PATIENCE_S)
    return pods


def container(province, component):
    """The container of a component's Deployment."""
    (found,) = [d for d in charts.of_kind(province, "Deployment") if d["metadata"]["name"] == f"tandem-qc-{component}"]
    return found["spec"]["template"]["spec"]["containers"][0]


def steps(province, kind, name):
    """The containers of a Job or CronJob, in the order in which they run."""
    (found,) = [d for d in charts.of_kind(province, kind) if d["metadata"]["name"] == f"tandem-qc-{name}"]
    ((_, template),) = charts.pods([found])
    return template["spec"].get("initContainers", []) + template["spec"]["containers"]
