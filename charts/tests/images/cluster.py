"""As much of a cluster as a rollout needs: Services that pass new connections on to pods that are ready, and pods that are told
to leave while the Services do not know yet."""

import asyncio
import itertools
import re
import signal
import threading
import time
import urllib.error
import urllib.request

import runc

# How long it takes in a cluster until the last Service has learnt that a pod leaves.
PROPAGATION_S = 1.0


class Service:
    """One address for the pods of a component. A connection that is open stays with its pod, as under kube-proxy."""

    def __init__(self, loop, address, port):
        self.pods, self.turn = [], itertools.count()
        self.port = port
        asyncio.run_coroutine_threadsafe(asyncio.start_server(self.forward, address, port), loop).result(10)

    async def forward(self, reader, writer):
        pods = list(self.pods)
        try:
            pod = pods[next(self.turn) % len(pods)]
            far_reader, far_writer = await asyncio.open_connection(pod, self.port)
        except (OSError, ZeroDivisionError):
            writer.transport.abort()
            return
        await asyncio.gather(pipe(reader, far_writer), pipe(far_reader, writer))


async def pipe(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        writer.transport.abort()
        return
    writer.close()


class Pod:
    """A container with an address of its own."""

    def __init__(self, component, address, container):
        self.component, self.address, self.container = component, address, container

    def ask(self, port, path, body=None):
        return ask(self.address, port, path, body)

    def is_ready(self):
        return self.ask(9090, "/readyz") == (200, "ready\n")


def ask(address, port, path, body=None):
    """Status and text of an answer."""
    request = urllib.request.Request(f"http://{address}:{port}{path}", body, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
    except OSError as fault:
        return 0, str(fault)


class Cluster:
    """Services by component, their names, and pods."""

    def __init__(self, folder, images, secrets, ports, resolver):
        self.folder, self.images, self.secrets, self.resolver = folder, images, secrets, resolver
        self.addresses = {component: f"127.0.77.{n}" for n, component in enumerate(ports, 1)}
        self.numbers, self.started = itertools.count(1), []
        self.names = runc.Names(resolver, {f"tandem-qc-{component}": address for component, address in self.addresses.items()})
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.services = {component: Service(self.loop, self.addresses[component], port) for component, port in ports.items()}

    def start(self, container, component, fields=None, files=()):
        """Starts a container of a rendered pod, with what a kubelet would put in: fields of the pod, and folders of files."""
        address = f"127.0.78.{next(self.numbers)}"
        config, root = self.images.root(component)
        env = {name: value.replace("0.0.0.0:", f"{address}:") for name, value in environment(container, self.secrets, fields or {}).items()}
        writable = [mount["mountPath"] for mount in container.get("volumeMounts", [])]
        pod = Pod(component, address, runc.Container(self.folder, root, config, container.get("args", []), env, self.resolver, writable, files))
        self.started.append(pod)
        return pod

    def join(self, pod, patience_s):
        """Waits until a pod is ready, and lets its Service know."""
        end = time.monotonic() + patience_s
        while not pod.is_ready():
            assert pod.container.process.poll() is None and time.monotonic() < end, pod.container.output()
            time.sleep(0.1)
        self.services[pod.component].pods.append(pod.address)

    def leave(self, pod, patience_s):
        """Tells a pod to end; its Service learns of it a little later."""
        pod.container.signal(signal.SIGTERM)
        time.sleep(PROPAGATION_S)
        self.services[pod.component].pods.remove(pod.address)
        assert pod.container.finished(patience_s) == 0, pod.container.output()

    def stop(self):
        for pod in self.started:
            pod.container.stop()
        self.names.shutdown()
        self.loop.call_soon_threadsafe(self.loop.stop)


def environment(container, secrets, fields):
    """The variables of a container."""
    env = {}
    for variable in container["env"]:
        source = variable.get("valueFrom", {})
        if "fieldRef" in source:
            env[variable["name"]] = fields[source["fieldRef"]["fieldPath"]]
        elif source:
            of = source["secretKeyRef"]
            if of["key"] in secrets[of["name"]] or not of.get("optional"):
                env[variable["name"]] = secrets[of["name"]][of["key"]]
        else:
            env[variable["name"]] = re.sub(r"\$\((\w+)\)", lambda m: env[m[1]], variable["value"])
    return env
