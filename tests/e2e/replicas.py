"""Operators that share a Lease: which of them leads, and what happens while none does.

Whatever a hand-over interrupts is due in the middle of it: a workload of its own, captured before,
whose floor has to rise right after the signal.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from onair.clock import Clock
from tests.e2e.evenings import minutes, rfc3339
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.e2e.probes import Probes

if TYPE_CHECKING:
    import signal
    from datetime import datetime

    from tests.e2e.operators import OperatorProcess
    from tests.e2e.tenant import Tenant

Body = dict[str, Any]

OWNED, RAISED = (1, 10), (2, 10)
HPAS = "horizontalpodautoscalers"
UNSEEN = frozenset({"leases", "events"})
"""What is renewed again and again, and what the audit log names without its words."""

LEAD = timedelta(minutes=5)
AHEAD = minutes(4)
"""Real seconds in which a workload is captured; that happens one second before it is due."""

JUST_BEFORE = minutes(0.3)
"""Three tenths of a real second: nobody raises it before the signal, even on a busy machine."""

NOBODY_LEFT = 30.0
"""Real seconds after which nobody goes on any more."""


@dataclass(frozen=True)
class Replica:
    """One of several operators."""

    name: str
    process: OperatorProcess
    probes: Probes

    def send(self, number: signal.Signals) -> None:
        """Send its process a signal."""
        os.kill(self.process.pid, number)

    @property
    def is_standby(self) -> bool:
        """Whether it is ready to take over."""
        code, text = self.probes.readyz()
        return code == 200 and text.startswith("ok: standby, ")

    def metric(self, series: str) -> float | None:
        """Return the value of a series, None where it is absent."""
        lines = self.probes.get("/metrics")[1].splitlines()
        values = (line.rsplit(" ", 1)[1] for line in lines if line.startswith(f"{series} "))
        return next(map(float, values), None)


@dataclass(frozen=True)
class HandOver:
    """A signal to the leader (real time, UTC), shortly before the floor of a workload was due."""

    workload: str
    signalled: datetime


class Replicas:
    """The operators of one tenant; its calendar has to be set before the first."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._numbers = count(1)
        self.running: dict[str, Replica] = {}

    def add(self) -> Replica:
        """Start another operator, and wait until it leads or stands by."""
        probes, name = Probes(), f"onair-{next(self._numbers)}"
        process = self._tenant.start_operator(f"--identity={name}", probes.option)
        replica = self.running[name] = Replica(name, process, probes)
        self._tenant.wait(f"{name} is ready", lambda: probes.readyz()[0] == 200)
        return replica

    def leader(self) -> Replica:
        """Return who holds the Lease, as soon as a running one does."""
        (leader,) = self._tenant.wait("one of them leads", self._leading, NOBODY_LEFT)
        return leader

    def _leading(self) -> list[Replica]:
        name = holder(self._tenant)
        return [replica for replica in self.running.values() if replica.name == name]

    def hand_over(self, number: signal.Signals) -> HandOver:
        """End the leader with a signal just before a floor is due; wait until another raised it.

        A new operator then stands by in the place of the old one.
        """
        tenant, name = self._tenant, f"app-{next(self._numbers)}"
        tenant.create(deployment(name, OWNED[0]), hpa(name, *OWNED))
        start = (tenant.clock.now() + AHEAD + LEAD).replace(microsecond=0)
        show = airtime(rfc3339(start), "12h")
        tenant.create(campaign(name, show, targets=[target(name, replicas=RAISED[0])]))
        due = start - LEAD
        tenant.wait("it is captured", lambda: is_captured(tenant, name))
        ended = self.leader()
        tenant.wait_until(due - JUST_BEFORE)
        signalled = Clock.real_now()
        ended.send(number)
        tenant.wait("it is raised", lambda: tenant.limits(name) == RAISED, NOBODY_LEFT)
        del self.running[ended.name]
        ended.process.stop()
        self.add()
        return HandOver(name, signalled)

    def raised_after(self, hand_over: HandOver) -> float:
        """Return the real seconds from the signal to the floor, as the audit log has it."""
        first, *_ = self._tenant.writes(HPAS, hand_over.workload)
        return (first.at - hand_over.signalled).total_seconds()


def holder(tenant: Tenant) -> str:
    """Return who holds the Lease, "" if nobody does."""
    path = f"/apis/coordination.k8s.io/v1/namespaces/{tenant.namespace}/leases/onair"
    return str(tenant.api.request("GET", path)["spec"].get("holderIdentity") or "")


def is_captured(tenant: Tenant, workload: str) -> bool:
    """Tell whether a workload has a ledger entry."""
    return any(entry["data"]["workload"]["name"] == workload for entry in tenant.ledger())


def written_twice(tenant: Tenant) -> dict[str, int]:
    """Return what the operators wrote more than once, or wrote without changing anything.

    Every number is written once to every HPA, and every Event tells something else; a status or a
    note that is written anew says something new, and nothing is refused.
    """
    written: Counter[str] = Counter(
        f"Event {event['reason']} of {event['involvedObject']['name']}: {event['message']}"
        for event in events(tenant)
    )
    versions: set[str] = set()
    for request in tenant.audit():
        if request.user != tenant.user or not request.is_write or request.resource in UNSEEN:
            continue
        said = f"{request.verb} {request.resource} {request.name}"
        version = str(request.answer["metadata"].get("resourceVersion"))
        if request.code >= 300 or version in versions:
            written[f"{said}: {request.code}, changes nothing"] += 2
        elif request.resource == HPAS:
            written[f"{said}: {request.answer['spec']['minReplicas']}"] += 1
        versions.add(version)
    return {said: times for said, times in written.items() if times > 1}


def events(tenant: Tenant) -> list[Body]:
    """Return the Events that the operators have sent."""
    sent = tenant.api.list("Event", tenant.namespace)
    return [event for event in sent if event["source"].get("component") == "onair"]
