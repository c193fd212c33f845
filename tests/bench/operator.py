"""A thousand HPAs due at one instant, beside a bare client that sends the same patches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from tests.bench.bare import JSON_PATCH, Asked, send
from tests.bench.figures import Figure, MeasureError
from tests.bench.fleet import create, names, show, workloads
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cluster.control_plane import ControlPlane
    from tests.cluster.progress import Say
    from tests.e2e.audit import Request
    from tests.e2e.operators import OperatorProcess

SIZE = 1000
BEGIN = "2027-01-09T19:00:00Z"
DUE = timedelta(seconds=100)
"""After the start; the ledger entries are made a minute before."""

LEAD = timedelta(minutes=5)
BURST = timedelta(seconds=20)
"""When all are raised, even on a busy machine; reading the audit log earlier would disturb."""

HPA = "HorizontalPodAutoscaler"


def measure(plane: ControlPlane, say: Say) -> Iterator[Figure]:
    """Run one operator under the generated rights, and yield its figures.

    Raises:
        MeasureError: the HPAs were not raised in time.
    """
    bench = _Bench.prepare(plane, say)
    try:
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
            create(each, workloads(SIZE))
        start = datetime.fromisoformat(BEGIN) + DUE + LEAD
        create(tenant, (show(name, name, start) for name in names(SIZE)))
        tenant.set_calendar(BEGIN, speed=1)
        process = tenant.start_operator()
        return cls(tenant, twin, process, tenant.clock.real)

    def burst(self) -> Iterator[Figure]:
        due = self.started + DUE
        self.tenant.wait_until(self.tenant.calendar_of(due + BURST))
        raises = self._raises()
        if len(raises) != SIZE:
            said = "\n".join(self.process.said().splitlines()[-20:])
            raise MeasureError(f"{len(raises)} of {SIZE} HPAs were raised within {BURST}\n{said}")
        late = sorted((r.at - due).total_seconds() for r in raises)
        yield Figure("due_1000_hpas_p99", late[ceil(0.99 * SIZE) - 1], "s", 2)
        yield Figure("due_1000_hpas_last", late[-1], "s")

    def ratio(self) -> Figure:
        raises = self._raises()
        total = max(r.at for r in raises) - (self.started + DUE)
        uids = {
            body["metadata"]["name"]: body["metadata"]["uid"]
            for body in self.tenant.api.list(HPA, self.twin.namespace)
        }
        patches = [Asked(HPA, _for_twin(r.sent, uids[r.name]), r.name, JSON_PATCH) for r in raises]
        bare = send(self.tenant.cluster, self.twin.namespace, patches)
        return Figure("due_1000_hpas_over_bare_client", total.total_seconds() / bare, "times", 1.5)

    def _raises(self) -> list[Request]:
        return self.tenant.writes("horizontalpodautoscalers")


def _for_twin(patch: list[dict[str, object]], uid: str) -> list[dict[str, object]]:
    return [step | {"value": uid} if step["path"] == "/metadata/uid" else step for step in patch]
