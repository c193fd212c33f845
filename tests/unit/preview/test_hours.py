"""What a floor costs."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onair.plan.needs import Need
from onair.plan.timeline import Step
from onair.preview.hours import replica_hours
from onair.preview.targets import Outlook
from onair.preview.usuals import Usual
from onair.preview.windows import Window
from tests.unit.plan.strategies import FEW_POINTS, START, needs

LENGTH = 5400


@settings(max_examples=30, deadline=None)
@given(
    drawn=st.lists(needs(FEW_POINTS), min_size=1, max_size=3),
    begins=st.integers(-3600, 3600),
    usual=st.integers(0, 9),
)
def test_replica_hours_are_the_integral_of_the_floor(
    drawn: list[Need], begins: int, usual: int
) -> None:
    """The floor of every second adds up, and the usual load of every second without one."""
    after = START + timedelta(seconds=begins)
    outlook = Outlook(tuple(drawn), usual, (), Window(after, after + timedelta(seconds=LENGTH)))
    hours = replica_hours(outlook.steps, Usual(usual, "manifest"), outlook.window)
    floors = [outlook.timeline.at(after + timedelta(seconds=n)).floor for n in range(LENGTH)]
    always = max(floors) * LENGTH / 3600
    beside = usual * floors.count(0) / 3600
    assert hours.floor == pytest.approx(sum(floors) / 3600, abs=0.006)
    assert hours.usual == pytest.approx(beside, abs=0.006)
    assert hours.always_at_peak == pytest.approx(always, abs=0.006)
    saved = max(always - sum(floors) / 3600 - beside, 0)
    assert hours.saved == pytest.approx(saved, abs=0.006)


def test_nothing_is_saved_where_the_usual_load_is_above_the_peak() -> None:
    """A limit below the usual load saves nothing, and no negative number is said."""
    half = START + timedelta(minutes=30)
    window = Window(START, half + timedelta(minutes=30))
    steps = (Step(START, 9, 2, None), Step(half, 0, 0, None))
    hours = replica_hours(steps, Usual(9, "manifest"), window)
    assert (hours.floor, hours.usual, hours.always_at_peak) == (1, 4.5, 2)
    assert hours.saved == 0


def test_an_unknown_usual_load_costs_nobody_knows_what() -> None:
    """Then it is not said what is saved."""
    window = Window(START, START + timedelta(hours=1))
    hours = replica_hours((), Usual(0, "nobody"), window)
    assert (hours.usual, hours.saved) == (None, None)
