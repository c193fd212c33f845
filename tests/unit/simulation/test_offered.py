"""A load that is constant over each step of a trace."""

from __future__ import annotations

import pytest

from onair.simulation.settings import CPU, Metric
from tests.unit.simulation.scenes import offered

LOAD = offered(1, 10, 4)


@pytest.mark.parametrize(
    ("instant", "want"),
    [
        pytest.param(0, 0, id="the begin"),
        pytest.param(30, 30, id="within the first step"),
        pytest.param(60, 60, id="between two steps"),
        pytest.param(90, 360, id="within the second step"),
        pytest.param(180, 900, id="the end"),
        pytest.param(-10, -10, id="before it begins, as in its first step"),
    ],
)
def test_requests_add_up(instant: float, want: float) -> None:
    """The requests until an instant are those of all steps before, and a part of its own."""
    assert LOAD.until(instant) == want


@pytest.mark.parametrize(
    ("after", "before", "want"),
    [
        pytest.param(0, 180, 60 * (1 + 6 + 4), id="all"),
        pytest.param(50, 70, 10 + 60, id="across a step"),
        pytest.param(70, 80, 60, id="within a step"),
        pytest.param(60, 120, 360, id="a whole step"),
        pytest.param(-20, 70, 20 + 60 + 60, id="from before it begins"),
        pytest.param(-20, -10, 10, id="before it begins"),
    ],
)
def test_what_is_above_a_rate_is_left_out(after: float, before: float, want: float) -> None:
    """Of a rate of 10 only 6 count where 6 is the most."""
    assert LOAD.within(after, before, 6) == want


@pytest.mark.parametrize(
    ("after", "before", "want"),
    [
        pytest.param(0, 59, 1, id="a step"),
        pytest.param(0, 60, 10, id="the first instant of a step"),
        pytest.param(120, 500, 4, id="beyond its end"),
        pytest.param(-500, 10, 1, id="from before it begins"),
        pytest.param(-500, -100, 0, id="before it begins"),
    ],
)
def test_the_highest_rate_is_found(after: float, before: float, want: float) -> None:
    """Both instants are included."""
    assert LOAD.highest(after, before) == want


def test_each_look_sees_the_mean_of_a_window_that_is_over() -> None:
    """The look at 90 s sees what came from 60 to 75 s."""
    assert list(LOAD.means(CPU, 15))[4:8] == [1, 1, 10, 10]
    assert list(LOAD.means(Metric("rate", 60, 0, 15), 30)) == [1, 1, 1, 5.5, 10, 7]
