"""Starts containers as a cluster would: from an image, as its user, on a read-only root, without a capability; on the network of
the host, with names resolved by a server of ours."""

import json
import os
import pathlib
import signal
import socketserver
import struct
import subprocess
import threading
import uuid


class Container:
    """One container of runc."""

    def __init__(self, folder, rootfs, config, arguments, env, resolver, writable=(), files=()):
        self.name = f"tandem-test-{uuid.uuid4().hex[:8]}"
        self.folder = pathlib.Path(folder) / self.name
        self.folder.mkdir(parents=True)
        self.log = self.folder / "log"
        (self.folder / "config.json").write_text(json.dumps(bundle(self.folder, rootfs, config, arguments, env, resolver, writable, files)))
        self.runc = ("runc", "--root", str(self.folder / "state"))
        with self.log.open("w") as log:
            self.process = subprocess.Popen([*self.runc, "run", "--bundle", self.folder, self.name], stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def pid(self):
        """Of the process inside, as the host sees it."""
        return json.loads(subprocess.run([*self.runc, "state", self.name], capture_output=True, check=True).stdout)["pid"]

    def is_nobodys(self):
        """Whether the process is no user's of the host, has no capability, and a root that it cannot write to."""
        process = self.pid()
        with open(f"/proc/{process}/status") as status:
            fields = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
        with open(f"/proc/{process}/mountinfo") as mounts:
            (root,) = [line.split()[5] for line in mounts if line.split()[4] == "/"]
        capabilities = int(fields["CapEff"], 16) | int(fields["CapBnd"], 16)
        return fields["Uid"].split() == ["65532"] * 4 and capabilities == 0 and "ro" in root.split(",")

    def signal(self, which):
        subprocess.run([*self.runc, "kill", self.name, signal.Signals(which).name], check=True)

    def finished(self, seconds=60):
        """Its exit code."""
        return self.process.wait(seconds)

    def output(self):
        return self.log.read_text()

    def stop(self):
        if self.process.poll() is None:
            subprocess.run([*self.runc, "kill", self.name, "KILL"], capture_output=True)
            self.process.wait(30)


def bundle(folder, rootfs, config, arguments, env, resolver, writable, files):
    """What runc needs, from the image's configuration: nothing here gives what a cluster would not."""
    uid, gid = map(int, config["User"].split(":"))
    (folder / "resolv.conf").write_text(f"search tandem-qc.svc.cluster.local svc.cluster.local cluster.local\nnameserver {resolver}\noptions ndots:5\n")
    mounts = [
        {"destination": "/proc", "type": "proc", "source": "proc"},
        {"destination": "/etc/resolv.conf", "type": "bind", "source": str(folder / "resolv.conf"), "options": ["bind", "ro"]},
        *({"destination": path, "type": "bind", "source": str(owned(folder / f"volume-{n}", uid, gid)), "options": ["bind", "nosuid", "nodev"]}
          for n, path in enumerate(writable)),
        *({"destination": path, "type": "bind", "source": str(source), "options": ["bind", "ro", "nosuid", "nodev"]} for path, source in files),
    ]
    return {
        "ociVersion": "1.0.2",
        "process": {
            "user": {"uid": uid, "gid": gid}, "args": [*config["Entrypoint"], *arguments], "cwd": "/", "noNewPrivileges": True,
            "env": [f"{name}={value}" for name, value in env.items()],
            "capabilities": {kind: [] for kind in ("bounding", "effective", "permitted", "inheritable", "ambient")},
        },
        "root": {"path": str(rootfs), "readonly": True},
        "mounts": mounts,
        "linux": {"namespaces": [{"type": kind} for kind in ("pid", "ipc", "uts", "mount")]},
    }


def owned(folder, uid, gid):
    """An empty folder, as the kubelet makes one for a pod's group."""
    folder.mkdir()
    os.chown(folder, uid, gid)
    return folder


class Names(socketserver.ThreadingUDPServer):
    """A name server for a few names. A single label is not answered: the search list of a cluster must be gone through."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address, names):
        super().__init__((address, 53), Answer)
        self.names = {f"{name}.tandem-qc.svc.cluster.local": ip for name, ip in names.items()}
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answer(socketserver.BaseRequestHandler):
    def handle(self):
        data, socket = self.request
        labels, at = [], 12
        while data[at]:
            labels.append(data[at + 1: at + 1 + data[at]].decode())
            at += 1 + data[at]
        question = data[12: at + 5]
        kind = struct.unpack(">H", data[at + 1: at + 3])[0]
        ip = self.server.names.get(".".join(labels).lower())
        record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 5, 4) + bytes(map(int, ip.split("."))) if ip and kind == 1 else b""
        flags = 0x8580 if ip else 0x8583
        socket.sendto(data[:2] + struct.pack(">HHHHH", flags, 1, bool(record), 0, 0) + question + record, self.client_address)
