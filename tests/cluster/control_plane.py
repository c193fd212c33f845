"""Start and stop a real control plane with simulated nodes, and a real one where it is wanted.

    with ControlPlane.start() as plane:
        plane.kubectl("get", "nodes")

etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok and metrics-server run as child
processes in a folder of their own, on loopback ports. With a real node (see node/) everything lives
in a network namespace of its own, which commands enter through `Cluster.command`; that takes root.
No way out of this process leaves anything behind.
"""

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.cluster.binaries import BINARIES, NODE_BINARIES
from tests.cluster.build import build
from tests.cluster.certificates import make_certificates
from tests.cluster.cluster import Cluster, environment
from tests.cluster.components import CONFIG, Components, Ports
from tests.cluster.node import cgroups
from tests.cluster.node.namespaces import NETWORK
from tests.cluster.node.needs import missing
from tests.cluster.node.network import set_up_network
from tests.cluster.node.real_node import RealNode
from tests.cluster.processes import PortTakenError, Processes, StartError
from tests.cluster.progress import Say, silent

NODES = 10
TRIES = 3


class ControlPlane(Cluster):
    """A control plane of our own: a Cluster that ends at the latest with this process."""

    @classmethod
    def start(
        cls,
        folder: Path | None = None,
        *,
        metrics: bool = True,
        hpa_sync: str = "1s",
        hpa_stabilization: str = "5s",
        node: bool = False,
        say: Say = silent,
    ) -> Self:
        """Return a control plane whose API server, controllers, scheduler and nodes are ready.

        Programs that are missing in the cache are built first.

        Args:
            folder: where everything is written; the logs of an earlier one are removed, those of
                this one stay. Without it, a temporary folder that goes at the end.
            metrics: whether to serve metrics.k8s.io, for HPAs on CPU (see wait_for_metrics).
            hpa_sync: how often the HPA controller looks at every HPA.
            hpa_stabilization: how long it waits before it scales down (kubernetes: 5m).
            node: whether there is a real node beside the simulated ones.
            say: told what is being done.

        Raises:
            StartError: the folder is in use, the machine lacks what a real node needs, or a
                process ended or was not ready within 60 s (then with the end of its log).
            BuildError, NoToolchainError: see build.
            ImageError, LoadError: the real node's own image could not be made, or it refused it.
            KubectlError: the API server refused one of the objects that it begins with.
        """
        lacking = missing(say) if node else []
        if lacking:
            raise StartError(f"a real node needs {', '.join(lacking)}")
        programs = build(say, (*BINARIES, *NODE_BINARIES) if node else BINARIES)
        for attempt in range(1, TRIES + 1):
            plane = cls(programs, folder, node=node, say=say)
            components = Components(plane.folder, Ports.choose(), hpa_sync, hpa_stabilization, node)
            try:
                plane._bring_up(components, metrics=metrics, say=say)
            except BaseException as error:
                plane.stop()
                if attempt == TRIES or not isinstance(error, PortTakenError):
                    raise
                say(f"{error}\ntrying other ports")
            else:
                return plane
        raise AssertionError("the last try returns or raises")

    def __init__(
        self, programs: dict[str, Path], folder: Path | None, *, node: bool, say: Say
    ) -> None:
        """Prepare a folder; `start` is the way to make one."""
        home = folder.absolute() if folder else Path(tempfile.mkdtemp(prefix="onair-"))
        super().__init__(home)
        data, logs = home / "etcd", home / "logs"
        _claim(data)
        for earlier in (logs, home / "node"):
            shutil.rmtree(earlier, ignore_errors=True)
        self.audit_log.unlink(missing_ok=True)
        logs.mkdir()
        self._programs = programs
        remove = [data, home / "node"] if folder else [home]
        group = cgroups.new_group()
        if node:
            remove += cgroups.folders(group)
        self._processes = Processes(logs, remove, own_network=node)
        self._node = RealNode(self, group, programs, self._processes, say) if node else None

    @property
    def node(self) -> RealNode:
        """Return the real node of a control plane that was started with one."""
        assert self._node, "started without node=True"
        return self._node

    def popen(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a program (see `command`) that ends at the latest with this control plane."""
        return self._processes.popen(command)

    def stop(self) -> None:
        """End every process and remove its data; a second call does nothing."""
        self._processes.stop()

    def __enter__(self) -> Self:
        """Return this control plane, which ends with the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, whatever happened."""
        self.stop()

    def _bring_up(self, components: Components, *, metrics: bool, say: Say) -> None:
        began = time.monotonic()

        def done(what: str) -> None:
            say(f"{time.monotonic() - began:5.1f} s  {what}")

        if self._node:
            (self.folder / NETWORK).parent.mkdir()
            (self.folder / NETWORK).write_text(str(self._processes.leader))
            set_up_network(self.command)
        make_certificates(self.folder)
        components.write_credentials()
        self._start("etcd", components.etcd())
        self._start("kube-apiserver", components.kube_apiserver())
        self._processes.wait_until("kube-apiserver", self._answers)
        done("API server ready")
        self._start("kube-controller-manager", components.kube_controller_manager())
        self._start("kube-scheduler", components.kube_scheduler())
        self._start("kwok", components.kwok(metrics=metrics))
        self.kubectl("create", "--filename=-", stdin=_nodes())
        self._processes.wait_until("kwok", self._nodes_are_ready)
        done(f"controllers, scheduler and {NODES} simulated nodes ready")
        if metrics:
            self._start("metrics-server", components.metrics_server())
            self.kubectl("create", "--filename=-", stdin=_metrics_service(components.ports.metrics))
            done("metrics-server started; its first figures follow in 10 to 20 s")
        if self._node:
            self._node.start()
            done("real node ready")

    def _start(self, name: str, arguments: list[str]) -> None:
        command = self.command(str(self._programs[name]), *arguments)
        self._processes.start(name, command, environment(self.folder))

    def _answers(self) -> bool:
        return self.kubectl("get", "--raw=/readyz", check=False) == "ok"

    def _nodes_are_ready(self) -> bool:
        """Tell whether kwok's nodes are Ready and pods can be made (they need a ServiceAccount)."""
        listed = self.kubectl("get", "nodes,serviceaccounts", "--output=json", check=False)
        items = json.loads(listed)["items"] if listed else []
        ready = [item for item in items if item["kind"] == "Node" and _is_ready(item)]
        return len(ready) == NODES and any(item["kind"] == "ServiceAccount" for item in items)


def _claim(data: Path) -> None:
    """Make the folder of etcd's data, which is there only while a control plane runs."""
    data.parent.mkdir(parents=True, exist_ok=True)
    try:
        data.mkdir(mode=0o700)
    except FileExistsError:
        raise StartError(
            f"{data.parent} belongs to a control plane that is running. Take another folder; "
            f"if the machine has crashed since, remove {data} first.",
        ) from None


def _is_ready(node: dict[str, Any]) -> bool:
    conditions = node["status"].get("conditions", [])
    return any(c["type"] == "Ready" and c["status"] == "True" for c in conditions)


def _nodes() -> str:
    template = (CONFIG / "node.yaml").read_text()
    return "---\n".join(template.replace("NUMBER", str(n)) for n in range(NODES))


def _metrics_service(port: int) -> str:
    return (CONFIG / "metrics-server.yaml").read_text().replace("PORT", str(port))
