"""What the clamp guards on an HPA is what stands there, whoever wrote it."""

from __future__ import annotations

import pytest

from onair.model import reasons
from onair.plan.observed import Limits
from onair.plan.situation import Annotate, Put
from tests.unit.plan.imagined import OWNER, SHOW, Imagined, minutes, plan

OWNERS = {"min": frozenset({OWNER}), "max": frozenset({OWNER})}


def wide() -> Imagined:
    """Return a clamped HPA whose own limits reach the floors of a climb, captured."""
    target = Imagined(plan((5, 6), (6, 8), (7, 10), (20, 0)), minimum=10, maximum=100, replicas=10)
    target.clamped = True
    target.settle(4)
    return target


def puts(target: Imagined) -> list[Put]:
    """Return the writes to the HPA so far."""
    return [step for step in target.done if isinstance(step, Put)]


def test_limits_that_need_no_change_are_guarded() -> None:
    """An owner who has enough is kept from having less on air, and every number stays theirs."""
    target = wide()
    target.settle(5)
    assert target.marks == target.situation().autoscalers[0].marks == Limits(10, 100)
    assert (target.live(), target.managers) == ((10, 100), OWNERS)
    assert [step.held for step in puts(target)] == ["tv/show until 19:20Z, was min=10 max=100"]


def test_a_climb_below_the_owners_minimum_marks_once() -> None:
    """What protects nothing more is not written."""
    target = wide()
    for minute in (5, 6, 7, 10):
        target.settle(minute)
    assert len(puts(target)) == 1
    assert target.ledger[-1].notes.floor == 10


def test_marks_go_with_the_hold() -> None:
    """In the end nothing of ours is left on limits that were never written."""
    target = wide()
    target.settle(7)
    target.settle(30)
    assert (target.marks, target.ledger, target.live()) == (None, [], (10, 100))
    assert len(puts(target)) == 1


def test_marks_follow_the_owner() -> None:
    """Limits that an owner lifts on air above the floor to come are guarded when it has come."""
    target = Imagined(SHOW, clamped=True)
    target.settle(4)
    target.settle(5)
    target.owner_sets(minimum=150, maximum=300)
    target.settle(7)
    target.settle(10)
    assert target.ledger[-1].notes.floor == 111
    assert target.marks == Limits(150, 300)
    assert target.managers == OWNERS


def test_they_are_noted_before_they_are_marked() -> None:
    """What the ledger says of a floor comes before what protects it."""
    target = wide()
    target.settle(5)
    assert [type(step) for step in target.done[-2:]] == [Annotate, Put]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"clamped": False}, id="no clamp"),
        pytest.param({"may_reassert": False}, id="too soon"),
    ],
)
def test_where_they_protect_nothing(fields: dict[str, bool]) -> None:
    """Without a clamp nobody is kept from stripping them, and nobody is answered for ever."""
    target = wide()
    for name, value in fields.items():
        setattr(target, name, value)
    target.settle(5)
    assert puts(target) == []
    assert target.ledger[-1].notes.floor == 6


def test_a_maximum_that_waits_is_all_that_is_guarded() -> None:
    """While the crowd stays its owner may have any minimum, also one that a floor needed not."""
    target = Imagined(plan((5, 36), (10, 0)), minimum=40, maximum=40, replicas=40, clamped=True)
    target.settle(4)
    target.settle(5)
    assert target.marks == Limits(40, 45)
    target.replicas = 44
    assert target.settle(20).reason == reasons.CROWD_STAYS
    assert target.marks == Limits(0, 45)
    assert target.live() == (40, 45)
    target.now += minutes(1)
    target.replicas = 40
    target.settle()
    assert target.live() == (40, 40)
    assert target.situation().autoscalers[0].marks is None
