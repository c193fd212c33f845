"""Plans by two clocks that disagree."""

from __future__ import annotations

from datetime import timedelta

from tests.unit.test_plans import NOON, Planning
from tests.unit.worlds import API


def test_two_clocks_move_the_rises_alone() -> None:
    """While another clock is ahead the floor rises that much earlier, and falls when it did."""
    planning, ahead = Planning(), timedelta(minutes=5)
    one = planning.plans.of(API, NOON)
    two = planning.plans.of(API, NOON, ahead)
    rise = one.timeline.next_change(NOON)
    assert rise is not None
    assert two.timeline.next_change(NOON) == rise - ahead
    assert two.timeline.steps[-1] == one.timeline.steps[-1]
    assert planning.plans.of(API, NOON, ahead) is two
    assert planning.plans.of(API, NOON).timeline == one.timeline


def test_a_plan_lasts_for_the_clock_that_is_ahead() -> None:
    """What comes for it within the hours that are planned is planned for."""
    planning, ahead = Planning(), timedelta(hours=20)
    planned = planning.plans.of(API, NOON, ahead)
    assert planned.until > NOON + ahead
    assert planning.plans.of(API, planned.until - ahead, ahead) is not planned
