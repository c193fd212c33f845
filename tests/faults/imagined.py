"""An evening as the audit log would have it, without a cluster: one HPA of 2 to 10, one show.

The floor is 12 from minute -3, 7 from minute 5, and over in minute 6; a minute is a real second.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from onair.clock import Clock
from tests.e2e.audit import Request
from tests.faults.evidence import Evidence, Outage
from tests.faults.ledgers import lives
from tests.faults.stories import Act, Duty, Story

if TYPE_CHECKING:
    from collections.abc import Iterable

Body = dict[str, Any]

US = "system:serviceaccount:tv:onair"
OWNER = "admin"
START = datetime(2027, 1, 9, 19, tzinfo=UTC)
HPA = "horizontalpodautoscalers"
LEDGER = "controllerrevisions"
DUTY = Duty("HorizontalPodAutoscaler", "app", ((-3, 12), (5, 7), (6, 0)), (2, 10))
STORY = Story("imagined", (), lambda _: (), (DUTY,))
CLOCK = Clock(START, START, 60)


@dataclass
class Log:
    """Requests in order; each method adds one at a minute."""

    requests: list[Request] = field(default_factory=list)
    uid: str = "uid-1"
    limits: tuple[int, int] = (2, 10)

    def add(
        self, minute: float, user: str, verb: str, resource: str, name: str, **more: object
    ) -> None:
        """Add a request of any kind."""
        answer = more.get("answer")
        version = 100 + len(self.requests)
        if isinstance(answer, dict) and "metadata" in answer:
            answer["metadata"]["resourceVersion"] = str(version)
        at = START + timedelta(seconds=minute)
        subresource = str(more.get("subresource", ""))
        request = Request(
            at, user, verb, resource, subresource, "tv", name, 200, more.get("sent"), answer
        )
        self.requests.append(request)

    def write(self, minute: float, limits: tuple[int, int], user: str = US, **more: object) -> None:
        """Somebody writes the limits of the HPA."""
        self.limits = limits
        verb = "patch" if any(r.resource == HPA for r in self.requests) else "create"
        self.add(minute, user, verb, HPA, "app", answer=self.hpa(**more))

    def hpa(self, **more: object) -> Body:
        """Return the HPA as it is."""
        minimum, maximum = self.limits
        spec = {"minReplicas": minimum, "maxReplicas": maximum, "metrics": []} | more
        metadata = {"name": "app", "uid": self.uid}
        return {"kind": "HorizontalPodAutoscaler", "metadata": metadata, "spec": spec}

    def capture(self, minute: float, baseline: tuple[int, int] = (2, 10), number: int = 0) -> None:
        """We create a ledger entry."""
        self.add(
            minute, US, "create", LEDGER, f"onair-{number}", answer=self._entry(baseline, number)
        )

    def rewrite(self, minute: float, baseline: tuple[int, int]) -> None:
        """We change the data of an entry, which the API server would refuse."""
        self.add(minute, US, "patch", LEDGER, "onair-0", answer=self._entry(baseline, 0))

    def erase(self, minute: float, number: int = 0) -> None:
        """We delete a ledger entry."""
        details = {"uid": f"entry-{self.uid}-{number}"}
        answer = {"kind": "Status", "details": details}
        self.add(minute, US, "delete", LEDGER, f"onair-{number}", answer=answer)

    def look(self, minute: float) -> None:
        """We read the HPA, uncached."""
        self.add(minute, US, "get", HPA, "app")

    def list(self, minute: float) -> None:
        """We list the campaigns, uncached."""
        self.add(minute, US, "list", "campaigns", "")

    def ready(self, minute: float, count: int) -> None:
        """The workload's controller counts its ready pods."""
        answer = {
            "kind": "Deployment",
            "metadata": {"name": "app", "uid": "workload"},
            "spec": {"replicas": count},
            "status": {"readyReplicas": count},
        }
        user = "system:serviceaccount:kube-system:deployment-controller"
        self.add(minute, user, "update", "deployments", "app", subresource="status", answer=answer)

    def say(self, minute: float, *, ready: str = "True", observed: int = 1, **meta: object) -> None:
        """We write the status of the campaign, whose generation is 1."""
        condition = {"type": "Ready", "status": ready, "observedGeneration": observed}
        answer = {
            "kind": "Campaign",
            "metadata": {"name": "show", "generation": 1} | meta,
            "status": {"observedGeneration": observed, "conditions": [condition]},
        }
        self.add(minute, US, "patch", "campaigns", "show", subresource="status", answer=answer)

    def _entry(self, baseline: tuple[int, int], number: int) -> Body:
        limits = {"minimum": baseline[0], "maximum": baseline[1]}
        steered = {"kind": "HorizontalPodAutoscaler", "name": "app", "uid": self.uid}
        return {
            "metadata": {
                "name": f"onair-{number}",
                "uid": f"entry-{self.uid}-{number}",
                "labels": {"app.kubernetes.io/managed-by": "onair"},
            },
            "data": {"steered": steered, "baseline": limits},
            "revision": number,
        }


def opened() -> Log:
    """Return a log in which the HPA is raised and its pods are ready."""
    log = Log()
    log.write(-8, (2, 10), OWNER)
    log.capture(-4)
    log.write(-3, (12, 15))
    log.ready(-1, 12)
    log.say(0)
    return log


def closed(log: Log) -> Log:
    """Let it cool down, and give everything back as it must be."""
    log.write(5, (7, log.limits[1]))
    return given_back(log)


def given_back(log: Log) -> Log:
    """Give everything back as it must be."""
    log.list(6)
    log.write(6.1, (2, log.limits[1]))
    log.write(7, (2, 10))
    log.look(8)
    log.erase(8.1)
    return log


def evidence(
    log: Log,
    *,
    acted: Iterable[tuple[Act, float]] = (),
    outages: Iterable[tuple[float, float]] = (),
    settled: float | None = 10,
    exits: tuple[str, ...] = (),
) -> Evidence:
    """Return the evidence of a log; instants are minutes."""
    requests = tuple(log.requests)
    return Evidence(
        story=STORY,
        namespace="tv",
        user=US,
        clock=CLOCK,
        start=START,
        requests=requests,
        lives=tuple(lives(requests)),
        acted=tuple((act, instant(minute)) for act, minute in acted),
        outages=tuple(Outage(instant(begin), instant(end)) for begin, end in outages),
        blind=False,
        settled=None if settled is None else instant(settled),
        ended=instant(20),
        exits=exits,
        left=(),
        told=(),
    )


def instant(minute: float) -> datetime:
    """Return the real instant of a minute."""
    return START + timedelta(seconds=minute)
