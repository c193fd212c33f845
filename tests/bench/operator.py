"""What the API server recorded of an operator with two hundred campaigns: idle, then all due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.bare import send
from tests.bench.figures import Figure, MeasureError
from tests.bench.fleet import SIZE, create_campaigns, create_workloads
from tests.e2e import audit
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cluster.control_plane import ControlPlane
    from tests.cluster.progress import Say
    from tests.e2e.audit import Request
    from tests.e2e.operators import OperatorProcess

BEGIN = "2027-01-09T19:00:00Z"
SETTLING = timedelta(seconds=15)
IDLE = timedelta(seconds=65)
DUE = timedelta(seconds=160)
"""After the start; the ledger entries are made a minute before."""

LEAD = timedelta(minutes=5)
BURST = timedelta(seconds=20)
"""When all are raised, even on a busy machine; reading the audit log earlier would disturb."""

HPAS = "horizontalpodautoscalers"


def measure(plane: ControlPlane, say: Say) -> Iterator[Figure]:
    """Run one operator under the generated rights, and yield its figures.

    Raises:
        MeasureError: the HPAs were not raised in time.
    """
    bench = _Bench.prepare(plane, say)
    try:
        say(f"idle for {IDLE.total_seconds():.0f} s")
        yield from bench.idle()
        say(f"waiting until {SIZE} HPAs are due")
        yield from bench.burst()
        say("the same patches by a bare client")
        yield bench.ratio()
    finally:
        bench.process.stop()


@dataclass(frozen=True, slots=True)
class _Bench:
    tenant: Tenant
    twin: Tenant
    process: OperatorProcess
    started: datetime

    @classmethod
    def prepare(cls, plane: ControlPlane, say: Say) -> _Bench:
        say(f"creating {SIZE} workloads with HPAs twice, and {SIZE} campaigns")
        tenant = Tenant(plane, "bench", plane.folder)
        twin = Tenant(plane, "bench-bare", plane.folder)
        for each in (tenant, twin):
            create_workloads(each)
        create_campaigns(tenant, datetime.fromisoformat(BEGIN) + DUE + LEAD)
        tenant.set_calendar(BEGIN, speed=1)
        process = tenant.start_operator()
        return cls(tenant, twin, process, tenant.clock.real)

    def idle(self) -> Iterator[Figure]:
        begin, end = self.started + SETTLING, self.started + SETTLING + IDLE
        self._wait_until(end)
        asked = [r for r in self._requests() if begin <= r.at < end]
        rest = [r for r in asked if r.verb != "watch" and r.resource != "leases"]
        rate = len(rest) / IDLE.total_seconds()
        yield Figure("idle_requests_200_campaigns", rate, "requests/s", 1)
        yield Figure("idle_memory_200_campaigns", _resident(self.process.pid), "MB", 120)

    def burst(self) -> Iterator[Figure]:
        due = self.started + DUE
        self._wait_until(due + BURST)
        raises = self._raises()
        if len(raises) != SIZE:
            said = "\n".join(self.process.said().splitlines()[-20:])
            raise MeasureError(f"{len(raises)} of {SIZE} HPAs were raised within {BURST}\n{said}")
        late = sorted((r.at - due).total_seconds() for r in raises)
        yield Figure("due_200_hpas_p99", late[ceil(0.99 * SIZE) - 1], "s", 2)
        yield Figure("due_200_hpas_last", late[-1], "s")

    def ratio(self) -> Figure:
        raises = self._raises()
        total = max(r.at for r in raises) - (self.started + DUE)
        uids = {
            body["metadata"]["name"]: body["metadata"]["uid"]
            for body in self.tenant.api.list("HorizontalPodAutoscaler", self.twin.namespace)
        }
        patches = {r.name: _for_twin(r.sent, uids[r.name]) for r in raises}
        bare = send(self.tenant.cluster, self.twin.namespace, patches)
        return Figure("due_200_hpas_over_bare_client", total.total_seconds() / bare, "times")

    def _raises(self) -> list[Request]:
        return self.tenant.writes(HPAS)

    def _requests(self) -> Iterator[Request]:
        every = audit.read(self.tenant.cluster.audit_log)
        return (request for request in every if request.user == self.tenant.user)

    def _wait_until(self, instant: datetime) -> None:
        self.tenant.wait_until(self.tenant.calendar_of(instant).isoformat())


def _for_twin(patch: list[dict[str, object]], uid: str) -> list[dict[str, object]]:
    return [step | {"value": uid} if step["path"] == "/metadata/uid" else step for step in patch]


def _resident(pid: int) -> float:
    """Return the resident memory of a process in MB, as the kernel tells it in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6
