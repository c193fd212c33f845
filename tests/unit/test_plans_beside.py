"""Plans that take long: made beside the loop, and what holds until they are there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from onair.beside import Beside
from onair.plan.observed import TargetKey
from onair.plans import NotPlannedYetError, Planned
from tests.unit.plan.example import TARGET_SET
from tests.unit.test_plans import DAILY, FLAT, NOON, Planning
from tests.unit.worlds import API, announce

if TYPE_CHECKING:
    from collections.abc import Callable

HEAVY = {
    "coolDown": {"step": "1%"},
    "targetSets": None,
    "targets": TARGET_SET["targets"],
    "airtimes": [DAILY],
}
"""A campaign of which a plan takes long: many airings with a hundred steps each."""


class Waiting(Beside[TargetKey, Planned]):
    """A thread that begins when it is told to."""

    def __init__(self) -> None:
        super().__init__(lambda _: None)
        self.asked: dict[TargetKey, Callable[[], Planned]] = {}
        self.made: dict[TargetKey, Planned] = {}

    def ask(self, key: TargetKey, work: Callable[[], Planned]) -> Planned | None:
        """Return what was made, once."""
        if key in self.made:
            return self.made.pop(key)
        self.asked.setdefault(key, work)
        return None

    def finish(self, key: TargetKey) -> None:
        """Make what was asked for."""
        self.made[key] = self.asked.pop(key)()

    def forget(self, key: TargetKey) -> None:
        """Forget it."""
        self.asked.pop(key, None)


def test_what_takes_long_is_planned_beside_the_loop() -> None:
    """Until there is a first plan nothing is decided; then it is the one that is made at once."""
    beside = Waiting()
    planning = Planning(beside=beside, **HEAVY)
    for _ in range(2):
        with pytest.raises(NotPlannedYetError, match="takes some seconds"):
            planning.plans.of(API, NOON)
    beside.finish(API)
    planned = planning.plans.of(API, NOON)
    assert planned == Planning(**HEAVY).plans.of(API, NOON)
    assert planning.plans.of(API, NOON) is planned
    assert not beside.asked


def test_while_a_new_plan_is_under_way_the_one_before_holds() -> None:
    """An edit that takes long to plan counts when it is planned, and everything else goes on."""
    beside = Waiting()
    planning = Planning(beside=beside)
    before = planning.plans.of(API, NOON)
    announce(planning.world, "wie-is-de-mol", generation=2, **HEAVY)
    meanwhile = planning.plans.of(API, NOON)
    assert (meanwhile.timeline, meanwhile.prints) == (before.timeline, before.prints)
    assert NOON < meanwhile.until <= NOON + timedelta(minutes=1)
    beside.finish(API)
    after = planning.plans.of(API, NOON)
    assert after.timeline == Planning(**HEAVY).plans.of(API, NOON).timeline
    assert after.timeline != before.timeline
    assert after.revision > before.revision


def test_a_plan_whose_time_is_over_holds_until_the_next_is_made() -> None:
    """It reaches further than it is used for, so nothing falls meanwhile."""
    beside = Waiting()
    planning = Planning(beside=beside, **HEAVY)
    with pytest.raises(NotPlannedYetError):
        planning.plans.of(API, NOON)
    beside.finish(API)
    planned = planning.plans.of(API, NOON)
    late = planned.until
    assert planning.plans.of(API, late).timeline == planned.timeline
    assert planning.plans.of(API, late).until > late
    beside.finish(API)
    assert planning.plans.of(API, late).until > late + timedelta(hours=6)


def test_an_edit_of_what_is_under_way_is_planned_next() -> None:
    """What was asked for last wins, and what was made before it is used until then."""
    beside = Waiting()
    planning = Planning(beside=beside, **HEAVY)
    with pytest.raises(NotPlannedYetError):
        planning.plans.of(API, NOON)
    announce(planning.world, "wie-is-de-mol", generation=2, **HEAVY | {"load": FLAT})
    beside.finish(API)
    first = planning.plans.of(API, NOON)
    assert first.timeline == Planning(**HEAVY).plans.of(API, NOON).timeline
    beside.finish(API)
    second = planning.plans.of(API, NOON)
    assert second.timeline == Planning(**HEAVY | {"load": FLAT}).plans.of(API, NOON).timeline


def test_what_is_forgotten_is_not_planned_beside() -> None:
    """Of a target that is gone nothing is under way any more."""
    beside = Waiting()
    planning = Planning(beside=beside, **HEAVY)
    with pytest.raises(NotPlannedYetError):
        planning.plans.of(API, NOON)
    planning.plans.forget(API)
    assert not beside.asked
