"""Each image as a cluster runs it: with the chart's own variables, as nobody, on a root that cannot be written to."""

import json
import re
import time

import pytest

import charts
from cluster import ask
from conftest import FACTS, GIVEN, PATIENCE_S, RELEASED, steps

MEGABYTE = 1_000_000


def wait_until(holds, what):
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, f"it did not come about in time: {what()}"
        time.sleep(0.1)


@pytest.mark.parametrize("component", [*FACTS, "operator", "tandem"])
def test_an_image_holds_one_program_for_nobody(images, component):
    config, root = images.root(component)
    assert (config["User"], config["Entrypoint"]) == ("65532:65532", ["/entry"])
    labels = config["Labels"]
    assert labels["org.opencontainers.image.title"] == f"tandem-{component}" and labels["org.opencontainers.image.licenses"] == "Apache-2.0"
    files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    programs = {path.name for path in files if path.stat().st_mode & 0o111 and not re.search(r"\.so(\.|$)", path.name)}
    assert programs == {"tandem" if component == "tandem" else f"tandem-{component}"}
    size = sum(path.stat().st_size for path in files)
    assert not RELEASED or size < 40 * MEGABYTE, f"{size / MEGABYTE:.1f} MB"


@pytest.mark.skipif(bool(GIVEN), reason="the images are given")
def test_building_twice_makes_the_same_image(images):
    first, second = (images.inspect(images.build("gateway", tag)) for tag in ("first", "second"))
    assert first["FromImageDigest"] == second["FromImageDigest"] and first["OCIv1"]["rootfs"] == second["OCIv1"]["rootfs"]


def test_a_component_is_ready_and_alive(running):
    for pod in running.values():
        assert pod.ask(9090, "/livez") == (200, "alive\n") and pod.is_ready()


def test_it_runs_as_nobody_on_a_root_that_cannot_be_written_to(running):
    for component, pod in running.items():
        assert pod.container.is_nobodys(), component


def test_services_find_each_other_by_name(cluster, running):
    status, keys = ask(cluster.addresses["gateway"], 8080, "/.well-known/jwks.json")
    assert status == 200 and json.loads(keys)["keys"]
    assert ask(cluster.addresses["web"], 8080, "/")[0] == 200


def test_the_first_operator_is_made_once(cluster, province, migrated):
    (again,) = steps(province, "CronJob", "first-operator")
    pod = cluster.start(again, "tandem")
    assert pod.container.finished(PATIENCE_S) == 0 and "password" not in pod.container.output()


def test_the_first_operator_signs_in_and_is_asked_for_a_password(cluster, running, migrated):
    login, password = migrated
    body = json.dumps({"login": login, "password": password}).encode()
    status, text = ask(cluster.addresses["gateway"], 8080, "/v1/sessions", body)
    assert status == 400 and "PASSWORD_CHANGE_REQUIRED" in text, text


def test_metrics_of_dashboards_and_alerts_are_scraped(running):
    from_an_incident = {"tandem_events_returned_total", "tandem_task_failures_total", "tandem_transaction_retries_total",
                        "tandem_mail_attempts_total", "tandem_mail_possible_duplicates_total", "tandem_security_events_total",
                        "tandem_http_connections_refused_total"}
    used = set()
    for path in (charts.CHART / "files").rglob("*.*"):
        used |= set(re.findall(r"tandem_\w+(?=\{)", path.read_text()))

    def scraped():
        texts = [pod.ask(9090, "/metrics")[1] for pod in running.values()]
        return {name for text in texts for name in re.findall(r"^(tandem_\w+)", text, flags=re.MULTILINE)}

    assert len(used) > 10
    wait_until(lambda: used - from_an_incident <= scraped(), lambda: used - from_an_incident - scraped())
