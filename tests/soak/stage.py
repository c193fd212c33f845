"""What stands on the control plane: namespaces with workloads, target sets, and who owns them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from onair.clock import Clock
from tests.bench.bare import Asked, send
from tests.chart.rendering import RELEASE, of_kind, render
from tests.e2e.api import Api
from tests.e2e.evenings import flat, rfc3339
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target, target_set
from tests.soak.course import SETS, Act, Airing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.cluster.cluster import Cluster
    from tests.faults.trails import Numbers

Body = dict[str, Any]

NAMESPACES = ("soak-0", "soak-1", "soak-2")
HOME = NAMESPACES[0]
"""Where the operator and its Lease are."""

USER = f"system:serviceaccount:{HOME}:{RELEASE}"
HPA = "HorizontalPodAutoscaler"
CALENDAR = "2027-01-09T19:00:00Z"
SPEED = 60.0
"""A minute of the calendar in each second, as in the stories of the fault suite."""

PER_REPLICA = 50
USUAL = 1
CAP = 30
LEAD = 10
COOL_DOWN = 10
"""Seconds in which a floor is up before an airing, and after it until nothing is left of it."""

OWNED: dict[str, Numbers] = {HPA: (1, 4), "Deployment": (1, None)}
EDITED: dict[str, Numbers] = {HPA: (2, 3), "Deployment": (2, None)}
"""What owners begin with, and what they make of it: numbers that OnAir never writes of itself."""


def place(number: int) -> str:
    """Return the namespace of a target set or campaign."""
    return NAMESPACES[number % SETS % len(NAMESPACES)]


def show(number: int) -> str:
    """Return the name of a campaign."""
    return f"show-{number:04}"


def steered(number: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return kind and name of the two objects that a target set steers."""
    return (HPA, f"scaled-{number:03}"), ("Deployment", f"plain-{number:03}")


class Stage:
    """The namespaces of a soak; `start` is the real instant of its second 0."""

    def __init__(self, cluster: Cluster, ahead: float) -> None:
        self.cluster = cluster
        self.api = Api(cluster.kubeconfig)
        self._prepare()
        self.kubeconfig = cluster.service_account_kubeconfig(HOME, RELEASE)
        now = Clock.real_now()
        self.clock = Clock(datetime.fromisoformat(CALENDAR), now, SPEED)
        self.start = now + timedelta(seconds=ahead)

    @property
    def elapsed(self) -> float:
        """The seconds since the start, negative before it."""
        return (Clock.real_now() - self.start).total_seconds()

    def real(self, second: float) -> datetime:
        """Return the real instant of a second."""
        return self.start + timedelta(seconds=second)

    def announce(self, acts: Iterable[Act]) -> None:
        """Create campaigns, many at once."""
        self._create([(place(act.campaign), self._manifest(act)) for act in acts])

    def act(self, act: Act) -> None:
        """Do something to a campaign."""
        where, name = place(act.campaign), show(act.campaign)
        match act.verb:
            case "create":
                self.api.create(self._manifest(act), where)
            case "edit":
                self.api.patch("Campaign", where, name, {"spec": self._manifest(act)["spec"]})
            case "suspend":
                self.api.patch("Campaign", where, name, {"spec": {"suspend": True}})
            case "delete":
                self.api.delete("Campaign", where, name)

    def _manifest(self, act: Act) -> Body:
        airing = act.airing
        assert airing
        on_air = airtime(self._calendar(airing), f"{airing.length}m")
        sets = [{"name": _set(act.campaign % SETS)}]
        load = flat(airing.replicas * PER_REPLICA)
        return campaign(show(act.campaign), on_air, load=load, targetSets=sets, suspend=False)

    def _calendar(self, airing: Airing) -> str:
        passed = (self.real(airing.begin) - self.clock.real) * self.clock.speed
        return rfc3339(self.clock.calendar + passed)

    def _prepare(self) -> None:
        for name in NAMESPACES:
            meta = {"kind": "Namespace", "metadata": {"name": name}}
            self.api.request("POST", "/api/v1/namespaces", meta)
        values = f"namespaces={{{','.join(NAMESPACES)}}}"
        chart = render("mode=enforce", values, namespace=HOME)
        for body in of_kind(chart, "ServiceAccount", "Role", "RoleBinding"):
            self.api.create(body, body["metadata"]["namespace"])
        self._create([(place(n), body) for n in range(SETS) for body in _owned(n)])

    def _create(self, bodies: list[tuple[str, Body]]) -> None:
        for namespace in NAMESPACES:
            here = [Asked(body["kind"], body) for where, body in bodies if where == namespace]
            send(self.cluster, namespace, here)


def _set(number: int) -> str:
    return f"set-{number:03}"


def _owned(number: int) -> Iterable[Body]:
    """Yield two workloads, an HPA for the first, and the target set of both.

    The workloads are paused: what their pods would cost is not what a soak is about.
    """
    (_, scaled), (_, plain) = steered(number)
    names = (scaled, plain)
    for name in names:
        paused = deployment(name, 1)
        paused["spec"]["paused"] = True
        yield paused
    minimum, maximum = OWNED[HPA]
    yield hpa(scaled, minimum, maximum or 0)
    targets = [
        target(name, maxReplicas=CAP, usualReplicas=USUAL, perReplica=str(PER_REPLICA))
        for name in names
    ]
    step = f"{COOL_DOWN // 2}m"
    cool_down = {"hold": step, "step": "50%", "every": step}
    yield target_set(_set(number), *targets, lead=f"{LEAD}m", coolDown=cool_down)
