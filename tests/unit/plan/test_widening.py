"""A floor for two clocks: early up by the one, late down by the other, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.model.reasons import LIMITED_BY_OPERATOR
from onair.plan.timeline import Limit, Pattern, Run, Timeline
from onair.plan.widening import widened
from tests.unit.plan.imagined import SHOW, T0, minutes, plan

LENGTHS = st.timedeltas(timedelta(0), timedelta(minutes=30))
INSTANTS = st.timedeltas(timedelta(minutes=-90), timedelta(minutes=90)).map(T0.__add__)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Draw a floor that rises and falls a few times within an hour and is over at last."""
    seconds = sorted(draw(st.sets(st.integers(0, 3600), max_size=8)))
    floors = [draw(st.integers(0, 5)) for _ in seconds[1:]] + [0] * bool(seconds)
    return plan(*((second / 60, floor) for second, floor in zip(seconds, floors, strict=True)))


@given(timelines(), LENGTHS, INSTANTS)
def test_exactly_the_largest_between_two_clocks(
    timeline: Timeline, ahead: timedelta, now: datetime
) -> None:
    """Whichever clock is right, the floor is no lower than it asks for, and no higher than both."""
    latest = now + timedelta(seconds=ceil(ahead.total_seconds()))
    between = [step.floor for step in timeline.steps if now < step.at <= latest]
    assert widened(timeline, ahead).at(now).floor == max([*between, timeline.at(now).floor])


@given(timelines(), LENGTHS)
def test_steps_are_still_steps(timeline: Timeline, ahead: timedelta) -> None:
    """They increase in time, each changes something, and the last ends everything."""
    steps = widened(timeline, ahead).steps
    assert [step.at for step in steps] == sorted({step.at for step in steps})
    said = [(step.required, step.floor, step.limited_by) for step in steps]
    if timeline.steps != steps:
        assert all(one != other for one, other in pairwise(said))
    assert not steps or steps[-1].floor == 0


def test_five_minutes_apart() -> None:
    """A show rises five minutes early, stays as high as ever, and falls when it is over."""
    found = [(step.at, step.floor) for step in widened(SHOW, minutes(5)).steps]
    want = [(0, 32), (5, 111), (20, 60), (21, 0)]
    assert found == [(T0 + minutes(minute), floor) for minute, floor in want]


@pytest.mark.parametrize(
    ("timeline", "ahead"),
    [
        pytest.param(SHOW, minutes(0), id="clocks that agree"),
        pytest.param(Timeline(()), minutes(5), id="nothing planned"),
    ],
)
def test_nothing_to_widen(timeline: Timeline, ahead: timedelta) -> None:
    """Without a second clock or without a floor the plan is what it was."""
    assert widened(timeline, ahead) is timeline


def test_what_is_needed_and_what_limits_it_stay_together() -> None:
    """A status that names a limit names it from the moment that the limited floor is up."""
    limit = Limit("the operator's limit", LIMITED_BY_OPERATOR, 50)
    pattern = Pattern((0, 600, 1200), (40, 80, 0), (40, 50, 0), (None, limit, None))
    timeline = Timeline((Run(int(T0.timestamp()), pattern),))
    step = widened(timeline, minutes(5)).at(T0 + minutes(6))
    assert (step.required, step.floor, step.limited_by) == (80, 50, limit)
