"""One test's own namespace: its workloads, its operator and what was written to them."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from onair.clock import Clock
from tests.chart.rendering import RELEASE, rights
from tests.e2e import audit
from tests.e2e.api import Api
from tests.e2e.operators import OperatorProcess, restore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from subprocess import CompletedProcess

    from tests.cluster.cluster import Cluster

Body = dict[str, Any]
T = TypeVar("T")

ACCOUNT = RELEASE
SPEED = 60.0


class Tenant:
    """A namespace with the ServiceAccount and exactly the rights that the chart renders for it."""

    def __init__(
        self, cluster: Cluster, namespace: str, folder: Path, *, mode: str = "enforce"
    ) -> None:
        self.cluster = cluster
        self.namespace = namespace
        self.api = Api(cluster.kubeconfig)
        self.clock = Clock(Clock.real_now(), Clock.real_now())
        self._folder = folder
        self._operators: list[OperatorProcess] = []
        self._prepare(mode)
        self.kubeconfig = cluster.service_account_kubeconfig(namespace, ACCOUNT)

    @property
    def user(self) -> str:
        """The operator as the audit log names it."""
        return f"system:serviceaccount:{self.namespace}:{ACCOUNT}"

    def set_calendar(self, instant: str, speed: float = SPEED) -> None:
        """Let the calendar be at an instant (RFC 3339) now, and run at a speed from here on."""
        self.clock = Clock(datetime.fromisoformat(instant), Clock.real_now(), speed)

    def soon(self, ahead: timedelta) -> datetime:
        """Return the first whole minute of the calendar that is at least so far ahead."""
        instant = self.clock.now() + ahead + timedelta(minutes=1)
        return instant.replace(second=0, microsecond=0)

    def create(self, *bodies: Body) -> None:
        """Create objects."""
        for body in bodies:
            self.api.create(body, self.namespace)

    def get(self, kind: str, name: str) -> Body:
        """Read an object."""
        return self.api.get(kind, self.namespace, name)

    def patch(self, kind: str, name: str, body: Body, manager: str = "kubectl-patch") -> Body:
        """Merge a patch into an object."""
        return self.api.patch(kind, self.namespace, name, body, manager)

    def delete(self, kind: str, name: str) -> None:
        """Delete an object."""
        self.api.delete(kind, self.namespace, name)

    def limits(self, name: str) -> tuple[int, int]:
        """Return an HPA's minimum and maximum."""
        spec = self.get("HorizontalPodAutoscaler", name)["spec"]
        return spec["minReplicas"], spec["maxReplicas"]

    def replicas(self, name: str, kind: str = "Deployment") -> tuple[int, int]:
        """Return a workload's wanted and ready replicas."""
        body = self.get(kind, name)
        return body["spec"]["replicas"], body["status"].get("readyReplicas", 0)

    def ledger(self) -> list[Body]:
        """Return the ledger entries, the oldest revision first."""
        label = "app.kubernetes.io/managed-by=onair"
        entries = self.api.list("ControllerRevision", self.namespace, labelSelector=label)
        return sorted(entries, key=lambda entry: (entry["revision"], entry["metadata"]["name"]))

    def condition(self, campaign: str, kind: str) -> Body:
        """Return a condition of a campaign, empty where it has none."""
        status = self.get("Campaign", campaign).get("status") or {}
        found = [c for c in status.get("conditions", ()) if c["type"] == kind]
        return found[0] if found else {}

    def start_operator(self, *options: str) -> OperatorProcess:
        """Start an operator for this namespace alone."""
        output = self._folder / "operator.log"
        process = OperatorProcess(self.kubeconfig, self.namespace, self.clock, output, *options)
        self._operators.append(process)
        return process

    def restore(self, *options: str) -> CompletedProcess[str]:
        """Run `onair restore` as the operator's ServiceAccount."""
        return restore(self.kubeconfig, self.namespace, *options)

    def grant(self, mode: str) -> None:
        """Let the ServiceAccount have the rights of a mode instead of those it had."""
        for body in rights(mode, self.namespace):
            if body["kind"] == "Role":
                self.patch("Role", body["metadata"]["name"], {"rules": body["rules"]})

    def kill_operator(self) -> None:
        """End the operator started last with SIGKILL, as a node's death does."""
        self._operators[-1].kill()

    def wait(self, what: str, look: Callable[[], T], seconds: float = 30) -> T:
        """Return what `look` returns as soon as it is true.

        Raises:
            AssertionError: when it is not within real seconds; with the operator's last words.
        """
        deadline = time.monotonic() + seconds
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {seconds} s: {what}\n{self.last_words()}")
            time.sleep(0.05)

    def wait_until(self, instant: datetime | str) -> None:
        """Wait until the calendar is at an instant."""
        if isinstance(instant, str):
            instant = datetime.fromisoformat(instant)
        time.sleep(max(0.0, self.clock.seconds_until(instant)))

    def writes(self, resource: str, name: str = "") -> list[audit.Request]:
        """Return what the operator has successfully written to a resource, in order."""
        return [
            request
            for request in self.audit()
            if request.user == self.user
            and request.is_write
            and request.code < 300
            and request.resource == resource
            and name in {"", request.name}
        ]

    def audit(self) -> Iterator[audit.Request]:
        """Yield every request that concerned this namespace."""
        return audit.read(self.cluster.audit_log, self.namespace)

    def calendar_of(self, real: datetime) -> datetime:
        """Return the calendar instant of a real one."""
        passed: timedelta = real - self.clock.real
        return self.clock.calendar + passed * self.clock.speed

    def last_words(self) -> str:
        """Return the end of the operator's output, and the campaigns' status."""
        said = "\n".join("\n".join(o.said().splitlines()[-25:]) for o in self._operators[-1:])
        statuses = [c.get("status") for c in self.api.list("Campaign", self.namespace)]
        return f"{said}\n{yaml.safe_dump(statuses)}"

    def close(self) -> None:
        """End the operators; the namespace goes in the background."""
        for process in self._operators:
            if process.running:
                process.kill()
        self.api.request("DELETE", f"/api/v1/namespaces/{self.namespace}")

    def _prepare(self, mode: str) -> None:
        meta = {"metadata": {"name": self.namespace}}
        self.api.request("POST", "/api/v1/namespaces", {"kind": "Namespace"} | meta)
        self.create(*rights(mode, self.namespace))
