"""Start and stop a real control plane with simulated nodes on loopback ports.

    with ControlPlane.start() as plane:
        plane.kubectl("get", "nodes")

etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok and metrics-server run as child
processes in a folder of their own. No way out of this process leaves any of them behind.
"""

import json
import shutil
import ssl
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.cluster.build import build
from tests.cluster.certificates import make_certificates
from tests.cluster.cluster import Cluster, environment
from tests.cluster.components import CONFIG, Components, Ports
from tests.cluster.processes import PortTakenError, Processes, StartError
from tests.cluster.progress import Say, silent

NODES = 10
TRIES = 3
PATIENCE_SECONDS = 60
POLL_SECONDS = 0.1


class ControlPlane(Cluster):
    """A control plane of our own: a Cluster that ends at the latest with this process."""

    @classmethod
    def start(
        cls,
        folder: Path | None = None,
        *,
        metrics: bool = True,
        hpa_sync: str = "1s",
        say: Say = silent,
    ) -> Self:
        """Return a control plane whose API server, controllers, scheduler and nodes are ready.

        Programs that are missing in the cache are built first.

        Args:
            folder: where everything is written; the logs of an earlier one are removed, those of
                this one stay. Without it, a temporary folder that goes at the end.
            metrics: whether to serve metrics.k8s.io, for HPAs on CPU (see wait_for_metrics).
            hpa_sync: how often the HPA controller looks at every HPA.
            say: told what is being done.

        Raises:
            StartError: the folder is in use, or a process ended or was not ready within 60 s (then
                with the end of its log).
            BuildError, NoToolchainError: see build.
        """
        programs = build(say)
        for attempt in range(1, TRIES + 1):
            plane = cls(programs, folder)
            try:
                plane._bring_up(metrics=metrics, hpa_sync=hpa_sync, say=say)
            except BaseException as error:
                plane.stop()
                if attempt == TRIES or not isinstance(error, PortTakenError):
                    raise
                say(f"{error}\ntrying other ports")
            else:
                return plane
        raise AssertionError("the last try returns or raises")

    def __init__(self, programs: dict[str, Path], folder: Path | None) -> None:
        """Prepare a folder; `start` is the way to make one."""
        home = folder.absolute() if folder else Path(tempfile.mkdtemp(prefix="onair-"))
        super().__init__(home)
        data, logs = home / "etcd", home / "logs"
        _claim(data)
        shutil.rmtree(logs, ignore_errors=True)
        self.audit_log.unlink(missing_ok=True)
        logs.mkdir()
        self._programs = programs
        self._processes = Processes(logs, remove=[data] if folder else [home])

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

    def _bring_up(self, *, metrics: bool, hpa_sync: str, say: Say) -> None:
        began = time.monotonic()

        def done(what: str) -> None:
            say(f"{time.monotonic() - began:5.1f} s  {what}")

        components = Components(self.folder, Ports.choose(), hpa_sync)
        make_certificates(self.folder)
        components.write_credentials()
        self._run("etcd", components.etcd())
        self._run("kube-apiserver", components.kube_apiserver())
        self._wait_until("kube-apiserver", self._answers)
        done("API server ready")
        self._run("kube-controller-manager", components.kube_controller_manager())
        self._run("kube-scheduler", components.kube_scheduler())
        self._run("kwok", components.kwok(metrics=metrics))
        self.kubectl("create", "--filename=-", stdin=_nodes())
        self._wait_until("kwok", self._nodes_are_ready)
        done(f"controllers, scheduler and {NODES} simulated nodes ready")
        if metrics:
            self._run("metrics-server", components.metrics_server())
            self.kubectl("create", "--filename=-", stdin=_metrics_service(components.ports.metrics))
            done("metrics-server started; its first figures follow in 10 to 20 s")

    def _run(self, name: str, arguments: list[str]) -> None:
        self._processes.start(
            name, [str(self._programs[name]), *arguments], environment(self.folder)
        )

    def _wait_until(self, name: str, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not ready():
            self._processes.check()
            if time.monotonic() > deadline:
                raise StartError(
                    f"{name} was not ready after {PATIENCE_SECONDS} s. The end of its log:\n"
                    f"{self.logs(name)}",
                )
            time.sleep(POLL_SECONDS)

    def _answers(self) -> bool:
        trust = ssl.create_default_context(cafile=str(self.ca))
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", context=trust, timeout=2):  # noqa: S310 - https
                return True
        except OSError:
            return False

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
