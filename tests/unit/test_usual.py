"""What counts as usual."""

from __future__ import annotations

from datetime import timedelta

from onair.plan.observed import TargetKey
from onair.usual import History
from tests.unit.plan.imagined import T0

API = TargetKey("tv", "Deployment", "api")


def test_the_most_of_the_last_hour_counts() -> None:
    """A peak of half an hour ago is usual, one of two hours ago is not."""
    history = History()
    for minutes, replicas in ((0, 9), (10, 4), (100, 6), (120, 5)):
        history.note(API, T0 + timedelta(minutes=minutes), replicas)
    assert history.most(API) == 6


def test_a_count_lasts_until_the_next() -> None:
    """What was set long ago and never changed is still there."""
    history = History()
    history.note(API, T0, 7)
    history.note(API, T0 + timedelta(hours=5), 7)
    history.note(API, T0 + timedelta(hours=5, minutes=1), 3)
    assert history.most(API) == 7


def test_a_hold_is_forgotten() -> None:
    """Nothing from before or during a hold is remembered after it."""
    history = History()
    history.note(API, T0, 7)
    history.hold(API, T0, 4)
    assert history.most(API) == 0


def test_replicas_that_carry_a_floor_never_become_usual() -> None:
    """A hold whose entry vanishes keeps its usual load until replicas are back, or an hour."""
    history = History()
    history.hold(API, T0, 6)
    history.note(API, T0 + timedelta(minutes=1), 111)
    assert (history.kept(API), history.most(API)) == (6, 0)
    history.note(API, T0 + timedelta(minutes=2), 5)
    assert (history.kept(API), history.most(API)) == (None, 5)


def test_nothing_is_kept_of_a_target_that_is_forgotten() -> None:
    """Neither what it ran nor that it was held."""
    history = History()
    history.note(API, T0, 7)
    history.forget(API)
    assert history.most(API) == 0
    history.hold(API, T0, 6)
    history.forget(API)
    assert history.kept(API) is None
