"""Where a test on the real node happens: a release of the chart, and a namespace with workloads."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from tests.chart.rendering import CHART, RELEASE
from tests.e2e import audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cluster.control_plane import ControlPlane

Body = dict[str, Any]
T = TypeVar("T")

OPERATOR = "app.kubernetes.io/component=operator"
REPLICAS = 2
CHEAP = ("image.pullPolicy=Never", "resources.requests.cpu=20m")


@dataclass(frozen=True)
class Stage:
    """A cluster, the namespace of the release, and that of the campaign and its workloads."""

    plane: ControlPlane
    system: str
    namespace: str

    @classmethod
    def build(cls, plane: ControlPlane) -> Stage:
        """Make both namespaces; the release's admits restricted pods only."""
        word = uuid4().hex[:6]
        stage = cls(plane, f"onair-{word}", f"tv-{word}")
        for namespace in (stage.system, stage.namespace):
            plane.kubectl("create", "namespace", namespace)
        restricted = "pod-security.kubernetes.io/enforce=restricted"
        plane.kubectl("label", "namespace", stage.system, restricted)
        return stage

    @property
    def user(self) -> str:
        """The operator as the audit log names it."""
        return f"system:serviceaccount:{self.system}:{RELEASE}"

    def install(self, *values: str, wait: str = "60s") -> str:
        """Install the chart and wait until both operators are Ready; returns what Helm says."""
        return self._helm("install", f"namespaces={{{self.namespace}}}", *CHEAP, *values, wait=wait)

    def start(self, *options: str) -> None:
        """Install the chart with options of Helm's, and wait for nothing."""
        sets = [f"--set={value}" for value in (f"namespaces={{{self.namespace}}}", *CHEAP)]
        where = (RELEASE, str(CHART), f"--namespace={self.system}")
        self.plane.helm("install", *where, *sets, *options)

    def upgrade(self, *values: str) -> str:
        """Upgrade the release to other values and wait until both operators are Ready.

        Where the hook has given everything back its Lease is held for a minute.
        """
        return self._helm(
            "upgrade", f"namespaces={{{self.namespace}}}", *CHEAP, *values, wait="120s"
        )

    def roll_back(self, revision: int, *options: str) -> str:
        """Take the release back to an earlier revision, in the same way."""
        where = (RELEASE, str(revision), f"--namespace={self.system}")
        return self.plane.helm("rollback", *where, "--wait", "--timeout=120s", *options)

    def uninstall(self, *options: str) -> str:
        """Uninstall the release; returns what Helm says."""
        return self.plane.helm("uninstall", RELEASE, f"--namespace={self.system}", *options)

    def clear(self) -> None:
        """Remove the release without its hooks; the namespaces go in the background."""
        self.plane.helm(
            "uninstall", RELEASE, f"--namespace={self.system}", "--no-hooks", check=False
        )
        both = (self.system, self.namespace)
        self.plane.kubectl("delete", "namespace", *both, "--wait=false")

    def create(self, *bodies: Body) -> None:
        """Create objects in the workloads' namespace."""
        for body in bodies:
            where = (f"--namespace={self.namespace}", "--filename=-")
            self.plane.kubectl("create", *where, stdin=json.dumps(body))

    def get(self, kind: str, name: str) -> Body:
        """Read an object of the workloads' namespace."""
        where = (f"--namespace={self.namespace}", "--output=json")
        body: Body = json.loads(self.plane.kubectl("get", kind, name, *where))
        return body

    def limits(self, name: str) -> tuple[int, int]:
        """Return an HPA's minimum and maximum."""
        spec = self.get("hpa", name)["spec"]
        return spec["minReplicas"], spec["maxReplicas"]

    def replicas(self, kind: str, name: str) -> tuple[int, int]:
        """Return a workload's wanted and ready replicas."""
        body = self.get(kind, name)
        return body["spec"]["replicas"], body["status"].get("readyReplicas", 0)

    def condition(self, campaign: str, kind: str) -> Body:
        """Return a condition of a campaign, empty where it has none."""
        status = self.get("campaign", campaign).get("status") or {}
        return next((c for c in status.get("conditions", ()) if c["type"] == kind), {})

    def says(self, campaign: str, kind: str, status: str) -> bool:
        """Tell whether a condition of a campaign has this status."""
        return self.condition(campaign, kind).get("status") == status

    def ledger(self) -> list[Body]:
        """Return the ledger entries."""
        where = (f"--namespace={self.namespace}", "--output=json")
        ours = "--selector=app.kubernetes.io/managed-by=onair"
        entries: list[Body] = json.loads(
            self.plane.kubectl("get", "controllerrevisions", *where, ours)
        )["items"]
        return entries

    def pods(self, selector: str = OPERATOR) -> list[Body]:
        """Return the release's pods that are not on their way out."""
        where = (f"--namespace={self.system}", f"--selector={selector}", "--output=json")
        pods = json.loads(self.plane.kubectl("get", "pods", *where))["items"]
        return [pod for pod in pods if "deletionTimestamp" not in pod["metadata"]]

    def names(self) -> set[str]:
        """Return the names of the operators' pods."""
        return {pod["metadata"]["name"] for pod in self.pods()}

    def ready(self) -> set[str]:
        """Return the names of the operators' pods that are Ready."""
        conditions = {
            pod["metadata"]["name"]: {
                c["type"]: c["status"] for c in pod["status"].get("conditions", ())
            }
            for pod in self.pods()
        }
        return {name for name, said in conditions.items() if said.get("Ready") == "True"}

    def is_complete(self) -> bool:
        """Tell whether one operator leads, another one stands by, and there is no third one."""
        return len(self.names()) == len(self.ready()) == REPLICAS and bool(self.leader())

    def leader(self) -> str:
        """Return the name of the Ready pod that holds the Lease, "" if none does."""
        where = (f"--namespace={self.system}", "--output=jsonpath={.spec.holderIdentity}")
        holder = self.plane.kubectl("get", "lease", "onair", *where)
        return holder if holder in self.ready() else ""

    def readyz(self, pod: Body) -> str:
        """Return what the operator in a pod answers at /readyz, as the kubelet asks it."""
        url = f"http://{pod['status']['podIP']}:8080/readyz"
        command = self.plane.command("curl", "--silent", "--max-time", "5", url)
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def said(self) -> str:
        """Return what the operators' pods have printed."""
        where = f"--namespace={self.system}"
        return self.plane.kubectl("logs", f"--selector={OPERATOR}", where, "--tail=-1", check=False)

    def audit(self) -> Iterator[audit.Request]:
        """Yield every request that concerned the workloads' namespace."""
        return audit.read(self.plane.audit_log, self.namespace)

    def wait(self, what: str, look: Callable[[], T], seconds: float = 60) -> T:
        """Return what `look` returns as soon as it is true.

        Raises:
            AssertionError: when it is not within real seconds; with the operator's words.
        """
        deadline = time.monotonic() + seconds
        while True:
            found = look()
            if found:
                return found
            assert time.monotonic() < deadline, f"not within {seconds} s: {what}\n{self.said()}"
            time.sleep(0.2)

    def _helm(self, command: str, *values: str, wait: str) -> str:
        sets = [f"--set={value}" for value in values]
        where = (RELEASE, str(CHART), f"--namespace={self.system}")
        return self.plane.helm(command, *where, "--wait", f"--timeout={wait}", *sets)
