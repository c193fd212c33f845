"""The floor in force while a change cools down, and when it is to be looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from onair.plan.floors import floor_in_force, is_over, is_wanted, next_change, next_rise
from onair.plan.ledger import Changed, Held, State
from tests.unit.plan.imagined import SHOW, T0, Imagined, held, minutes, on_air, plan

if TYPE_CHECKING:
    from onair.plan.situation import Situation
    from onair.plan.timeline import Timeline

MICROSECOND = timedelta(microseconds=1)
QUIET = plan()
"""A plan that asks for nothing."""


def cooling(floor: int, *campaigns: Held, at: float, timeline: Timeline = QUIET) -> Situation:
    """Return a situation so many minutes after an edit, at T0, that ended a floor."""
    target = on_air()
    entry = target.ledger[-1]
    named = tuple((f"tv/{number}", one) for number, one in enumerate(campaigns))
    notes = replace(entry.notes, changed=Changed(floor, T0), campaigns=named)
    target.ledger[-1] = replace(entry, notes=notes)
    target.now = T0 + minutes(at)
    return replace(target.situation(), timeline=timeline)


def of(minute: float, timeline: Timeline = SHOW) -> Situation:
    """Return a situation in which nothing has been captured."""
    return replace(Imagined(SHOW, now=T0 + minutes(minute)).situation(), timeline=timeline)


QUICK, SLOW = held(hold=1, step="1/2"), held(hold=5, step="1/4")


@pytest.mark.parametrize(
    ("situation", "want"),
    [
        pytest.param(of(12), 111, id="nothing captured: the plan's"),
        pytest.param(replace(on_air().situation(), timeline=plan((0, 7))), 7, id="nothing changed"),
        pytest.param(cooling(100, QUICK, at=1), 100, id="held"),
        pytest.param(cooling(16, QUICK, at=1.5), 8, id="a step down"),
        pytest.param(cooling(17, QUICK, at=1.5), 9, id="rounded up"),
        pytest.param(cooling(100, QUICK, at=1.5), 51, id="on the ladder"),
        pytest.param(cooling(100, QUICK, at=3), 0, id="cooled down"),
        pytest.param(cooling(100, at=0), 0, id="nobody to cool down for"),
        pytest.param(cooling(16, QUICK, SLOW, at=5.5), 12, id="the slowest counts"),
        pytest.param(cooling(16, QUICK, at=1.5, timeline=plan((0, 10))), 10, id="the plan's more"),
        pytest.param(cooling(16, QUICK, at=1.5, timeline=plan((0, 5))), 8, id="the plan's less"),
        pytest.param(cooling(100, QUICK, at=0.5), 100, id="off the ladder and held"),
    ],
)
def test_floor_in_force(situation: Situation, want: int) -> None:
    """A changed floor holds, then falls by its campaigns' slowest cool-down to the plan's."""
    assert floor_in_force(situation) == want


@pytest.mark.parametrize(
    ("situation", "want"),
    [
        pytest.param(of(0), minutes(5), id="nothing captured: the plan's next"),
        pytest.param(of(30), None, id="after the plan"),
        pytest.param(
            replace(on_air().situation(), timeline=plan((15, 0))), minutes(15), id="no change"
        ),
        pytest.param(cooling(9, QUICK, at=0), minutes(1) + MICROSECOND, id="while it is held"),
        pytest.param(cooling(9, QUICK, at=1), minutes(1) + MICROSECOND, id="as the hold ends"),
        pytest.param(cooling(9, QUICK, at=1.5), minutes(2) + MICROSECOND, id="within a step"),
        pytest.param(cooling(9, QUICK, at=2), minutes(2) + MICROSECOND, id="as a step ends"),
        pytest.param(
            cooling(9, QUICK, SLOW, at=1.5), minutes(2) + MICROSECOND, id="the next of several"
        ),
        pytest.param(
            cooling(9, SLOW, at=1, timeline=plan((3, 7))), minutes(3), id="the plan's comes first"
        ),
        pytest.param(
            cooling(9, QUICK, at=0, timeline=plan((3, 7))),
            minutes(1) + MICROSECOND,
            id="the plan's comes later",
        ),
        pytest.param(cooling(9, at=0), None, id="nobody to cool down for"),
    ],
)
def test_next_change(situation: Situation, want: timedelta | None) -> None:
    """A cooling floor is looked at right after its hold and each of its steps."""
    assert next_change(situation) == (None if want is None else T0 + want)


@pytest.mark.parametrize(
    ("minute", "want"),
    [
        pytest.param(0, 5, id="to come"),
        pytest.param(5, 5, id="begins now"),
        pytest.param(12, 12, id="in force"),
        pytest.param(21, None, id="over"),
    ],
)
def test_next_rise(minute: float, want: float | None) -> None:
    """A target is needed from the first instant at which its floor is above zero."""
    assert next_rise(of(minute)) == (None if want is None else T0 + minutes(want))


@pytest.mark.parametrize(
    ("situation", "want"),
    [
        pytest.param(of(30), True, id="a campaign has an airing to come"),
        pytest.param(replace(of(30), aimed=False), False, id="nobody"),
        pytest.param(replace(of(0), aimed=False), True, id="a floor to come"),
        pytest.param(replace(cooling(9, QUICK, at=0), aimed=False), True, id="a floor cools down"),
        pytest.param(replace(cooling(1, QUICK, at=0), aimed=False), True, id="of one replica"),
        pytest.param(replace(cooling(9, QUICK, at=9), aimed=False), False, id="cooled down"),
    ],
)
def test_is_wanted(situation: Situation, *, want: bool) -> None:
    """A target is wanted while a campaign, its plan or a cooling floor asks for replicas."""
    assert is_wanted(situation) is want


@pytest.mark.parametrize(
    ("state", "at", "want"),
    [
        pytest.param(State.RAISED, 9, True, id="raised, and nothing asks for it any more"),
        pytest.param(State.RESTORED, 9, True, id="restored already"),
        pytest.param(State.CAPTURED, 9, False, id="never raised"),
        pytest.param(State.RAISED, 0, False, id="still cooling down"),
    ],
)
def test_is_over(state: State, at: float, *, want: bool) -> None:
    """A hold is over when it was written and its floor is zero."""
    situation = cooling(9, QUICK, at=at)
    assert situation.entry is not None
    entry = replace(situation.entry, notes=replace(situation.entry.notes, state=state))
    assert is_over(replace(situation, entry=entry)) is want


def test_nothing_is_over_before_a_capture() -> None:
    """Without an entry there is nothing to give back."""
    assert is_over(of(30)) is False
