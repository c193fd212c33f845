"""Ten thousand campaigns on five thousand targets: from a cold start, idle, and edited all at once.

All figures are what the API server recorded of one operator; no controller does anything with what
is raised, so that the operator is measured and not its surroundings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from onair.clock import Clock
from tests.bench.bare import Asked, send
from tests.bench.figures import Figure, MeasureError
from tests.bench.fleet import MOST, PER_REPLICA, create, names, show, workloads
from tests.e2e import audit
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cluster.control_plane import ControlPlane
    from tests.cluster.progress import Say
    from tests.e2e.audit import Request
    from tests.e2e.operators import OperatorProcess

HPAS = "horizontalpodautoscalers"
REFUSED = 300
"""The first of HTTP's statuses that is no success."""

TARGETS = 5000
CAMPAIGNS = 10_000
WATCHED = 100
"""Campaigns whose floors are looked for: as many on air from the start, as many due later."""

BEGIN = datetime.fromisoformat("2027-01-09T19:00:00Z")
LATER = timedelta(days=20)
LEAD = timedelta(minutes=5)
QUIET = timedelta(seconds=10)
"""Without any write: everything that was to be said after the start has been said."""

IDLE = timedelta(seconds=65)
PATIENCE = timedelta(minutes=5)
IN_BURST = timedelta(seconds=10)
"""After the burst begins: when floors become due in its midst."""


def measure(plane: ControlPlane, say: Say) -> Iterator[Figure]:
    """Run one operator under the generated rights, and yield its figures.

    Raises:
        MeasureError: what should have happened did not, within five minutes.
    """
    say(f"creating {TARGETS} workloads with HPAs and {CAMPAIGNS} campaigns")
    tenant = Tenant(plane, "large", plane.folder)
    create(tenant, workloads(TARGETS))
    create(tenant, (_campaign(number) for number in range(CAMPAIGNS)))
    logged = plane.audit_log.stat().st_size
    tenant.set_calendar(BEGIN.isoformat(), speed=1)
    large = _Large(tenant, tenant.start_operator(), tenant.clock.real, logged)
    try:
        say("a cold start")
        yield large.cold_start()
        large.wait_until_quiet()
        say(f"idle for {IDLE.total_seconds():.0f} s")
        yield from large.idle()
        say(f"editing {CAMPAIGNS} campaigns")
        yield from large.burst()
    finally:
        large.process.stop()


def _name(number: int) -> str:
    return f"show-{number:05}"


def _workload(number: int) -> str:
    """The first campaigns have a target each; those of the second half share theirs with others."""
    return names(TARGETS)[number % TARGETS]


def _campaign(number: int) -> dict[str, object]:
    """The first are on air, all others in three weeks."""
    start = BEGIN if number < WATCHED else BEGIN + LATER + timedelta(minutes=number)
    return show(_name(number), _workload(number), start, duration="6h")


@dataclass(frozen=True, slots=True)
class _Large:
    tenant: Tenant
    process: OperatorProcess
    started: datetime
    logged: int

    def cold_start(self) -> Figure:
        took = self._raised(range(WATCHED), self.started) - self.started
        return Figure("cold_start_10000_campaigns", took.total_seconds(), "s", 15)

    def wait_until_quiet(self) -> None:
        def quiet() -> bool:
            now = Clock.real_now()
            writes = (r for r in self._requests() if r.is_write and r.resource != "leases")
            return all(now - r.at >= QUIET for r in writes)

        self._wait("nothing is written any more", quiet)

    def idle(self) -> Iterator[Figure]:
        begin = Clock.real_now()
        self.tenant.wait_until(self.tenant.calendar_of(begin + IDLE))
        asked = [r for r in self._requests() if r.at >= begin]
        rest = [r for r in asked if r.verb != "watch" and r.resource != "leases"]
        rate = len(rest) / IDLE.total_seconds()
        yield Figure("idle_requests_10000_campaigns", rate, "requests/s", 1)
        yield Figure("memory_10000_campaigns", _resident(self.process.pid), "MB", 160)

    def burst(self) -> Iterator[Figure]:
        """Edit every campaign; those on air come last, so that theirs are digested last.

        In the midst of it others become due that have not been edited yet.
        """
        began = Clock.real_now()
        asked = self.tenant.calendar_of(began + IN_BURST)
        due = asked.replace(microsecond=0)  # a manifest names whole seconds
        early = [_moved(number, due + LEAD) for number in _DUE]
        send(self.tenant.cluster, self.tenant.namespace, early)
        rest = set(range(CAMPAIGNS)) - set(_DUE)
        edits = [_edited(number) for number in sorted(rest, reverse=True)]
        seconds = send(self.tenant.cluster, self.tenant.namespace, edits)
        ended = Clock.real_now()
        digested = self._raised(range(WATCHED), ended - timedelta(seconds=seconds))
        in_time = self._raised(_DUE, began)
        late = (in_time - (began + IN_BURST - (asked - due))).total_seconds()
        yield Figure("edits_10000_sent", seconds, "s")
        yield Figure("edits_10000_digested", (digested - ended).total_seconds(), "s", 15)
        yield Figure("due_while_edited_last", late, "s", 2)

    def _raised(self, numbers: range, since: datetime) -> datetime:
        """Return when the last of the targets of some campaigns was raised after an instant."""
        wanted = {_workload(number) for number in numbers}

        def all_raised() -> datetime | None:
            raised = {
                r.name: r.at
                for r in self._requests()
                if r.resource == HPAS and r.is_write and r.at >= since and r.name in wanted
            }
            return max(raised.values()) if raised.keys() == wanted else None

        return self._wait(f"{len(wanted)} HPAs are raised", all_raised)

    def _wait(self, what: str, look: Callable[[], datetime | bool | None]) -> datetime:
        """Look every few seconds: reading the audit log costs the operator time."""
        deadline = Clock.real_now() + PATIENCE
        while self.process.running and Clock.real_now() < deadline:
            self.tenant.wait_until(self.tenant.clock.now() + timedelta(seconds=5))
            if found := look():
                return found if isinstance(found, datetime) else Clock.real_now()
        said = "\n".join(self.process.said().splitlines()[-20:])
        raise MeasureError(f"not within {PATIENCE}: {what}\n{said}")

    def _requests(self) -> Iterator[Request]:
        log, namespace = self.tenant.cluster.audit_log, self.tenant.namespace
        logged = audit.read(log, namespace, begin=self.logged)
        return (r for r in logged if r.user == self.tenant.user and r.code < REFUSED)


_DUE = range(WATCHED, 2 * WATCHED)


def _edited(number: int) -> Asked:
    load = {"requestsPerSecond": PER_REPLICA * (MOST + 2)}
    return Asked("Campaign", {"spec": {"load": load}}, _name(number))


def _moved(number: int, start: datetime) -> Asked:
    airtimes = show(_name(number), _workload(number), start)["spec"]["airtimes"]
    return Asked("Campaign", {"spec": {"airtimes": airtimes}}, _name(number))


def _resident(pid: int) -> float:
    """Return the resident memory of a process in MB, as the kernel tells it in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6
