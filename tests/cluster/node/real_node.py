"""kubelet, containerd and kube-proxy: one node that runs real pods.

They live in a PID and a mount namespace of their own, in the network namespace of their cluster.
Process 1 of the PID namespace (init.py) takes them all with it, containers included, whenever it
ends; mounts and links vanish with their last process.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from images import programs as images
from tests.cluster.cluster import Cluster, environment
from tests.cluster.node import cgroups
from tests.cluster.node.namespaces import NODE, in_node
from tests.cluster.node.network import ADDRESS
from tests.cluster.node.settings import write_settings
from tests.cluster.processes import Processes, StartError
from tests.cluster.progress import Say

HERE = Path(__file__).parent
NAME = "real"
PROGRAMS = ("containerd", "kubelet", "kube-proxy")
OWN_NAMESPACES = ("--pid", "--fork", "--kill-child", "--mount", "--propagation=unchanged")


class RealNode:
    """The one real node of a cluster; it can die and come back, with its disk."""

    def __init__(
        self,
        cluster: Cluster,
        group: str,
        programs: dict[str, Path],
        processes: Processes,
        say: Say,
    ) -> None:
        """Take the cluster that it joins, its control group, and who starts its programs."""
        self._cluster = cluster
        self._folder = cluster.folder / "node"
        self._group = group
        self._programs = programs
        self._processes = processes
        self._say = say

    def start(self) -> None:
        """Return once the node is Ready, for the first time or after `kill`.

        Raises:
            StartError: a program ended or was not ready in time (then with the end of its log).
            ImageError, LoadError: the image of every pod's first container could not be made, or
                the node refused it.
        """
        earlier = self._ready_words()
        pause = images.archive("pause", self._say)
        write_settings(self._cluster.folder, self._group, self._programs)
        cgroups.make_empty(self._group)
        self._make_namespaces()
        self._run("containerd", f"--config={self._folder / 'containerd.toml'}")
        self._processes.wait_until("containerd", self._containerd_answers)
        self._cluster.load_image(pause)
        self._run(
            "kubelet",
            f"--config={self._folder / 'kubelet.yaml'}",
            f"--kubeconfig={self._cluster.folder / NAME}.kubeconfig",
            f"--hostname-override={NAME}",
            f"--node-ip={ADDRESS}",
        )
        self._run("kube-proxy", f"--config={self._folder / 'kube-proxy.yaml'}")
        self._processes.wait_until("kubelet", lambda: self._is_ready(earlier))

    def kill(self) -> None:
        """Kill everything on the node at once; return when nothing of it runs any more."""
        holder = self._cluster.folder / NODE
        process = int(holder.read_text())
        holder.unlink()  # the number may soon be another's
        os.kill(process, signal.SIGKILL)
        self._processes.forget(["node", *PROGRAMS])

    def _make_namespaces(self) -> None:
        init = [sys.executable, "-I", "-S", str(HERE / "init.py")]
        command = self._cluster.command("unshare", *OWN_NAMESPACES, *init)
        parent = self._processes.start("node", command, environment(self._cluster.folder))
        self._processes.wait_until("node", lambda: bool(_child(parent)))
        (self._cluster.folder / NODE).write_text(_child(parent))
        done = self._inside("sh", HERE / "mounts.sh", self._folder)
        if done.returncode != 0:
            raise StartError(f"the node could not mount its file systems: {done.stderr}")

    def _run(self, name: str, *arguments: str) -> None:
        command = [*in_node(self._cluster.folder), str(self._programs[name]), *arguments]
        self._processes.start(name, command, environment(self._cluster.folder))

    def _containerd_answers(self) -> bool:
        return self._inside(self._programs["ctr"], "version").returncode == 0

    def _inside(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*in_node(self._cluster.folder), *command],
            env=environment(self._cluster.folder),
            capture_output=True,
            text=True,
            check=False,
        )

    def _is_ready(self, earlier: dict[str, str]) -> bool:
        """Tell whether the kubelet has said so anew: an earlier word does not count."""
        now = self._ready_words()
        return now.get("status") == "True" and now != earlier

    def _ready_words(self) -> dict[str, str]:
        """Return the node's Ready condition, its heartbeat's time included."""
        listed = self._cluster.kubectl("get", "node", NAME, "--output=json", check=False)
        conditions = json.loads(listed)["status"].get("conditions", []) if listed else []
        return next((c for c in conditions if c["type"] == "Ready"), {})


def _child(parent: int) -> str:
    """Return the process that this one has started, or nothing while there is none."""
    return Path(f"/proc/{parent}/task/{parent}/children").read_text().strip()
