"""Every component is replaced, one after the other, while people work, twice, and with it the secret between services: no call
fails, and a pod that leaves says so."""

import http.client
import json
import os
import signal
import subprocess
import time

from cluster import ask
from conftest import BINARIES, FACTS, PATIENCE_S, container, word

# Journeys per second; each makes some ten calls.
RATE = 2
LONGEST_S = 600


def test_a_pod_that_leaves_says_so_and_still_answers(cluster, province, running):
    pod = cluster.start(container(province, "gateway"), "gateway")
    cluster.join(pod, PATIENCE_S)
    cluster.services["gateway"].pods.remove(pod.address)
    kept = http.client.HTTPConnection(pod.address, 8080, timeout=15)
    assert goodbye(kept) is None
    pod.container.signal(signal.SIGTERM)
    end = time.monotonic() + PATIENCE_S
    while pod.ask(9090, "/readyz") != (503, "not ready: stopping\n"):
        assert time.monotonic() < end, pod.container.output()
    assert goodbye(kept) == "close", "whoever keeps a connection open is told"
    assert pod.ask(8080, "/.well-known/jwks.json")[0] == 200
    assert pod.ask(9090, "/livez") == (200, "alive\n")
    assert pod.container.finished(PATIENCE_S) == 0


def goodbye(connection):
    """What the gateway says about a connection that is kept open."""
    connection.request("GET", "/.well-known/jwks.json")
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200
    return answer.getheader("connection")


def steps_to_another_secret(secrets):
    """What the Secret holds before each of the two restarts, as docs/operations.md has it."""
    old, new = secrets["secret"], word()
    return {"accepted": new, "secret": old}, {"accepted": old, "secret": new}


def test_replacing_everything_and_the_secret_between_services_fails_no_call(cluster, province, running, migrated, secrets, tmp_path):
    command = [BINARIES / "loadtest", "soak", "--rate", str(RATE), "--seconds", str(LONGEST_S), "--at", f"http://{cluster.addresses['gateway']}:8080"]
    with (tmp_path / "progress").open("w+") as progress:
        load = subprocess.Popen(command, env={**os.environ, "TANDEM_LOADTEST_OPERATOR": ":".join(migrated)}, stdout=subprocess.PIPE, stderr=progress, text=True)
        try:
            wait_for_journeys(tmp_path / "progress", load)
            for step in steps_to_another_secret(secrets["tandem-qc-internal"]):
                secrets["tandem-qc-internal"].update(step)
                for component in FACTS:
                    new = cluster.start(container(province, component), component)
                    cluster.join(new, PATIENCE_S)
                    cluster.leave(running[component], PATIENCE_S)
                    running[component] = new
            # It tells what came of the journeys so far when it is asked to end.
            load.send_signal(signal.SIGINT)
            stretch = json.loads(load.communicate(timeout=300)[0])
        finally:
            load.kill()
    assert ask(cluster.addresses["gateway"], 8080, "/.well-known/jwks.json")[0] == 200
    print("journeys that arrived:", stretch["arrived"])
    assert stretch["arrived"] > 20 and (stretch["failed"], stretch["given_up"]) == (0, 0), json.dumps(stretch, indent=1)


def wait_for_journeys(progress, load):
    end = time.monotonic() + PATIENCE_S
    while "journeys begin" not in progress.read_text():
        assert load.poll() is None and time.monotonic() < end, progress.read_text()
        time.sleep(0.2)
