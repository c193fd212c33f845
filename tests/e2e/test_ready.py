"""How Ready pods are read from the audit log: no cluster needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.e2e.audit import Request
from tests.e2e.ready import ready_pods
from tests.e2e.world_cup import excess, lost

BEGIN = datetime(2027, 1, 9, 19, 0, tzinfo=UTC)


def _status(second: int, ready: int, *, name: str = "api", code: int = 200) -> Request:
    return Request(
        at=BEGIN + timedelta(seconds=second),
        user="system:serviceaccount:kube-system:deployment-controller",
        verb="update",
        resource="deployments",
        subresource="status",
        namespace="tv",
        name=name,
        code=code,
        sent=None,
        answer={"status": {"readyReplicas": ready} if ready else {}},
    )


def test_ready_pods_are_those_of_the_last_status() -> None:
    """A status counts from its instant on; refused updates and other workloads do not count."""
    log = [_status(1, 4), _status(3, 0), _status(2, 9, name="web"), _status(2, 9, code=409)]
    pods = ready_pods(log, "deployments", "api", lambda real: real)
    want = {0: 0, 1: 4, 2: 4, 3: 0, 4: 0}
    assert {s: pods.at(BEGIN + timedelta(seconds=s)) for s in want} == want


def test_ready_pods_are_reached_at_the_first_instant_with_enough() -> None:
    """From an instant on: at once when there are enough already, never when there never are."""
    pods = ready_pods([_status(1, 4), _status(5, 8)], "deployments", "api", lambda real: real)
    second = timedelta(seconds=1)
    assert pods.reached(8, BEGIN) == BEGIN + 5 * second
    assert pods.reached(4, BEGIN + 2 * second) == BEGIN + 2 * second
    assert pods.reached(9, BEGIN) is None


def test_an_evening_loses_what_is_above_capacity_and_exceeds_by_idle_pods() -> None:
    """Each second counts by itself: spare capacity of one does not help another."""
    evening = [(150, 2), (50, 3)]  # (requests/s, Ready pods) of 50 requests/s each
    assert lost(evening, 50) == 50 / 200
    assert excess(evening, 50) == 5 / 4
