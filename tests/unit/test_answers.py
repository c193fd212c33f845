"""How often is tried again what others undo, or what the cluster does not let stand."""

from __future__ import annotations

import pytest

from onair.cluster.errors import (
    ChangedError,
    MutatedError,
)
from onair.contests import KEPT
from onair.model import reasons
from onair.plan.ledger import Write
from onair.plan.observed import Limits
from tests.unit.plan.imagined import T0, noted
from tests.unit.refusing import KEY, Cluster


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the monotonic seconds, which a test moves on."""
    seconds = [5.0]
    monkeypatch.setattr("onair.reconcile.monotonic", lambda: seconds[0])
    return seconds


def test_a_rival_with_a_number_of_its_own_each_time_is_bounded(seconds: list[float]) -> None:
    """It is answered twice at once and then once a minute, in the ledger as well, and is named."""
    cluster = Cluster()
    cluster.reconcile(times=2)
    raised = []
    for turn in range(200):  # ten minutes, every three seconds
        seconds[0] += 3
        cluster.minute += 0.01
        cluster.target.owner_sets(minimum=5 + turn % 17, by="autopilot")
        cluster.reconcile()
        raised.append(cluster.target.minimum == 32)
    assert raised[:3] == [True, True, False]
    assert sum(raised) <= KEPT
    assert len(cluster.target.ledger) == 1 + sum(raised)
    situation = cluster.reconciler.reports[KEY].situation
    assert situation is not None
    assert situation.rivals == ("autopilot",)
    assert cluster.said[0] == reasons.REVERTED


def test_marks_that_are_stripped_again_and_again_are_bounded(seconds: list[float]) -> None:
    """Nobody is blamed, since nothing has been undone."""
    cluster = Cluster()
    cluster.target.clamped = True
    cluster.reconcile(times=2)
    marked = 0
    for _ in range(200):  # ten minutes, every three seconds
        seconds[0] += 3
        cluster.target.marks = None
        cluster.reconcile()
        marked += cluster.target.marks is not None
    assert 3 < marked <= 1 + KEPT
    assert cluster.said[0] == reasons.HOLDING


def test_a_write_that_the_cluster_changes_is_tried_again_once_a_minute(
    seconds: list[float],
) -> None:
    """It is so twice at once, and said for as long as it lasts; another floor does not wait."""
    cluster = Cluster(MutatedError("32 to 40 became 10 to 40"))
    for _ in range(200):  # ten minutes, every three seconds
        cluster.reconcile()
        assert cluster.said == (reasons.BLOCKED, "32 to 40 became 10 to 40")
        seconds[0] += 3
    assert cluster.refused[:2] == [32, 32]
    assert 2 < len(cluster.refused) <= KEPT
    cluster.minute = 10
    cluster.reconcile(times=3)
    assert cluster.refused[-2:] == [32, 111]
    seconds[0] += 60
    cluster.error = None
    cluster.reconcile(times=2)
    assert cluster.target.live() == (111, 139)
    assert cluster.said[0] == reasons.HOLDING


def test_a_floor_that_is_written_again_and_changed_is_blamed_on_nobody(
    seconds: list[float],
) -> None:
    """What keeps it down stays readable while it is waited for, and is no rival."""
    cluster = Cluster()
    cluster.reconcile(times=2)
    cluster.target.minimum, cluster.error = 10, MutatedError("32 to 40 became 10 to 40")
    noted(
        cluster.target,
        written=(Write(T0, Limits(10, 40)), *cluster.target.ledger[-1].notes.written),
    )
    for _ in range(10):
        cluster.reconcile()
        assert cluster.said == (reasons.BLOCKED, "32 to 40 became 10 to 40")
        seconds[0] += 3
    assert len(cluster.refused) == 2
    situation = cluster.reconciler.reports[KEY].situation
    assert situation is not None
    assert situation.rivals == ()


def test_a_floor_that_is_written_again_and_refused_is_said(seconds: list[float]) -> None:
    """Who undoes it is known, and so is what keeps it from being written again."""
    cluster = Cluster()
    cluster.reconcile(times=2)
    cluster.error = ChangedError("denied by a policy", 422)
    for _ in range(60):  # three minutes
        seconds[0] += 3
        cluster.minute += 0.01
        cluster.target.owner_sets(minimum=4, by="argocd")
        cluster.reconcile()
    assert cluster.said == (reasons.BLOCKED, "denied by a policy")
    assert len(cluster.refused) <= 5
