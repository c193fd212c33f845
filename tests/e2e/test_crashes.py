"""The operator is killed at the worst instants; the next process lowers nothing and restores all.

Each test has an HPA of 4 to 10 and a StatefulSet of 4 without one. Both must have 24 from the
warm-up until two minutes after the end; then 5 less every two minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e import tracks
from tests.e2e.evenings import (
    CEILING,
    FLOOR,
    LATE,
    LEAD,
    NO_FIGURES,
    USUAL,
    announce,
    assert_never_below,
    minutes,
    open_evening,
    start_operator,
)
from tests.e2e.manifests import deployment, hpa, stateful_set, target
from tests.e2e.tenant import SPEED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.e2e.audit import Request
    from tests.e2e.tenant import Tenant

DURATION = "6m"
COOL_DOWN = {"hold": "2m", "step": "25%", "every": "2m"}

SLOW = 15.0
"""A speed of the calendar at which the minute between capture and raise is four seconds."""


@dataclass(frozen=True)
class Evening:
    """A show from `start` to `end`."""

    tenant: Tenant
    start: datetime

    @property
    def end(self) -> datetime:
        """The end of the demand."""
        return self.start + minutes(6)

    @property
    def floors(self) -> tuple[tuple[datetime, int], ...]:
        """The floors that are due, each from its instant on."""
        raised = (self.start - LEAD + LATE, FLOOR)
        steps = ((2, 19), (4, 14), (6, 9), (8, 0))
        return (raised, *((self.end + minutes(after), floor) for after, floor in steps))

    def both_at(self, replicas: int) -> bool:
        """Tell whether both targets have this floor in place."""
        minimum, _ = self.tenant.limits("app")
        return minimum == self.tenant.replicas("worker", "StatefulSet")[0] == replicas


def in_warm_up(evening: Evening) -> None:
    """Wait until both targets are raised, before anybody watches."""
    evening.tenant.wait("both are raised", lambda: evening.both_at(FLOOR))


def on_air(evening: Evening) -> None:
    """Wait until the show has begun."""
    evening.tenant.wait_until(evening.start + minutes(1))


def in_cool_down(evening: Evening) -> None:
    """Wait for the first step down."""
    evening.tenant.wait("the first step down", lambda: evening.both_at(19))


def giving_back(evening: Evening) -> None:
    """Wait until the minimum is given back and the maximum is not."""
    in_cool_down(evening)
    evening.tenant.wait("only the maximum is up", lambda: evening.tenant.limits("app")[0] == USUAL)
    assert evening.tenant.limits("app")[1] > 10


@pytest.mark.fault_row(1)
@pytest.mark.parametrize(
    "until",
    [
        pytest.param(in_warm_up, id="in warm-up"),
        pytest.param(on_air, id="on air"),
        pytest.param(in_cool_down, id="in cool-down"),
        pytest.param(giving_back, id="giving back"),
    ],
)
def test_killed_while_it_holds(tenant: Tenant, until: Callable[[Evening], None]) -> None:
    """After a SIGKILL the next process lowers nothing too early and restores everything."""
    evening = begin(tenant)
    until(evening)
    tenant.kill_operator()
    start_operator(tenant)
    assert_restored(evening)
    assert_held(evening)


@pytest.mark.fault_row(1)
def test_killed_again_and_again(tenant: Tenant) -> None:
    """Processes that live for two seconds each lower nothing too early and restore everything."""
    evening = begin(tenant)
    while tenant.clock.now() < evening.end + minutes(8):
        tenant.wait_until(tenant.clock.now() + minutes(2))
        tenant.kill_operator()
        start_operator(tenant)
    assert_restored(evening)
    assert_held(evening)


@pytest.mark.fault_row(1)
def test_killed_between_entry_and_raise(tenant: Tenant) -> None:
    """After a SIGKILL between ledger entry and raise the next process raises, and restores."""
    evening = begin(tenant, SLOW)
    tenant.wait("both are captured", lambda: len(tenant.ledger()) == 2)
    tenant.kill_operator()
    assert evening.both_at(USUAL)
    start_operator(tenant)
    tenant.wait("both are raised", lambda: evening.both_at(FLOOR))
    assert_restored(evening, 180)
    assert_held(evening)


def test_capture_without_need(tenant: Tenant) -> None:
    """An entry that was never raised and whose campaign has gone is erased, nothing is written."""
    evening = begin(tenant, SLOW)
    tenant.wait("both are captured", lambda: len(tenant.ledger()) == 2)
    tenant.kill_operator()
    assert evening.both_at(USUAL)
    tenant.delete("Campaign", "show")
    tenant.patch("HorizontalPodAutoscaler", "app", {"spec": {"minReplicas": 6}})
    start_operator(tenant)
    tenant.wait("the entries are erased", lambda: not tenant.ledger())

    assert tenant.limits("app") == (6, 10)
    assert tenant.writes("horizontalpodautoscalers") == []
    assert tenant.writes("statefulsets") == []


def test_need_that_ended_unseen(tenant: Tenant) -> None:
    """A campaign deleted while no operator ran has its cool-down as soon as the next one does."""
    evening = begin(tenant)
    on_air(evening)
    tenant.kill_operator()
    tenant.delete("Campaign", "show")
    start_operator(tenant)
    seen = tenant.clock.now()
    assert_restored(evening)

    replicas = tracks.replicas(tenant, "worker", "StatefulSet")
    assert set(replicas.during(evening.start, seen + minutes(1))) == {FLOOR}
    assert replicas.values[2:] == [18, 12, 6, USUAL]


def begin(tenant: Tenant, speed: float = SPEED) -> Evening:
    """Start an operator and announce a show for both targets."""
    app = deployment("app", USUAL), hpa("app", USUAL, 10, metrics=NO_FIGURES)
    tenant.create(*app, stateful_set("worker", USUAL))
    start = open_evening(tenant, speed)
    worker = target("worker", kind="StatefulSet")
    announce(tenant, start, DURATION, target("app"), worker, cool_down=COOL_DOWN)
    return Evening(tenant, start)


def assert_restored(evening: Evening, seconds: float = 45) -> None:
    """Wait until both targets are as their owner had them."""
    tenant = evening.tenant
    tenant.wait("the HPA is restored", lambda: tenant.limits("app") == (USUAL, 10), seconds)
    tenant.wait("the StatefulSet is restored", lambda: evening.both_at(USUAL))
    tenant.wait("nothing is held", lambda: all(state(e) == "restored" for e in tenant.ledger()))


def assert_held(evening: Evening) -> None:
    """Check that both targets were raised, and never written below the floor of an instant."""
    tenant = evening.tenant
    assert (FLOOR, CEILING) in tracks.limits(tenant, "app").values
    assert_never_below(tracks.minima(tenant, "app"), *evening.floors)
    assert_never_below(tracks.replicas(tenant, "worker", "StatefulSet"), *evening.floors)
    assert_captured_once(tenant)


def assert_captured_once(tenant: Tenant) -> None:
    """Check that each baseline was captured once, right, and before the first change."""
    created = [w for w in tenant.writes("controllerrevisions") if w.verb == "create"]
    entries = {w.sent["data"]["workload"]["name"]: w for w in created}
    assert len(created) == len(entries) == 2
    assert entries["app"].sent["data"]["baseline"] == {"minimum": USUAL, "maximum": 10}
    assert entries["worker"].sent["data"]["baseline"] == {"minimum": USUAL, "maximum": None}
    for resource, name in (("horizontalpodautoscalers", "app"), ("statefulsets", "worker")):
        assert version(entries[name]) < version(tenant.writes(resource, name)[0])


def version(request: Request) -> int:
    """Return the version that a write has led to."""
    return int(request.answer["metadata"]["resourceVersion"])


def state(entry: dict[str, Any]) -> str:
    """Return how far the hold of a ledger entry is."""
    return str(entry["metadata"]["annotations"]["onair.dev/state"])
