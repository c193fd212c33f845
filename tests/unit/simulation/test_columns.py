"""An arm in columns of time: what is drawn of it."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.simulation.columns import Column, columns
from onair.simulation.course import Course, Steps
from onair.traces.trace import Trace
from tests.unit.simulation.scenes import BEGIN

CAPACITY = 10


def trace(*rates: float) -> Trace:
    """Return a trace of minutes."""
    return Trace(BEGIN, 60, array("d", rates))


def steps(*pairs: tuple[float, int]) -> Steps:
    """Return a step function."""
    found = Steps()
    for at, value in pairs:
        found.put(at, value)
    return found


def course(ready: Steps, floor: Steps | None = None) -> Course:
    """Return a course, with a floor of 1 unless it is said."""
    return Course(ready, ready, floor or steps((0, 1)))


@pytest.mark.parametrize(
    ("ready", "want"),
    [
        pytest.param(steps((0, 5)), [(2, 0, 5), (4, 0, 5)], id="room"),
        pytest.param(steps((0, 3)), [(2, 0, 3), (4, 1, 3)], id="one lacks"),
        pytest.param(steps((0, 1), (90, 5)), [(2, 1, 1), (4, 3, 5)], id="it comes late"),
        pytest.param(steps((0, 2), (60, 4)), [(2, 0, 2), (4, 0, 4)], id="just in time"),
        pytest.param(steps((0, 5), (119, 4)), [(2, 0, 5), (4, 0, 5)], id="it goes again"),
    ],
)
def test_what_lacks_is_seen(ready: Steps, want: list[tuple[float, float, int]]) -> None:
    """A column has the most that was needed, that lacked and that was Ready at any instant."""
    found = columns(trace(20, 40), CAPACITY, course(ready), (0, 120), 2)
    assert found == [Column(*each, 1) for each in want]


def test_a_column_is_not_lower_than_its_highest_minute() -> None:
    """Many steps in one column leave what was highest of each, and no loss where none was."""
    ready = steps((0, 1), (60, 5), (120, 1))
    floor = steps((0, 1), (60, 4), (120, 1))
    found = columns(trace(10, 50, 10), CAPACITY, course(ready, floor), (0, 180), 1)
    assert found == [Column(needed=5, lacked=0, ready=5, floor=4)]


@given(
    rates=st.lists(st.floats(0, 100), min_size=1, max_size=20),
    ready=st.lists(st.integers(0, 12), min_size=1, max_size=20),
    count=st.integers(1, 30),
)
def test_a_loss_is_seen_in_any_number_of_columns(
    rates: list[float], ready: list[int], count: int
) -> None:
    """Something lacks in some column exactly where it lacks at some instant."""
    whole = trace(*rates)
    had = course(steps(*((40.0 * number, value) for number, value in enumerate(ready))))
    found = columns(whole, CAPACITY, had, (0, whole.seconds), count)
    instants = range(0, whole.seconds, 20)
    lost = max(max(rates[at // 60] / CAPACITY - had.ready.at(at), 0) for at in instants)
    assert max(each.lacked for each in found) == lost
    assert max(each.needed for each in found) == max(rates) / CAPACITY
