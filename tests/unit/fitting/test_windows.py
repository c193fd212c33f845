"""Which stretch of a trace belongs to which airing, and what was usual before it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from onair.fitting.windows import Dated, usual_rates, windows
from onair.schedule.airings import airings
from tests.unit.fitting.crowds import BEGIN, EVENING, MOL, campaign, trace

START = BEGIN + EVENING


def dated(*starts: datetime) -> list[Dated]:
    """Return airings of an hour that begin at these instants."""
    found = [
        airing
        for start in starts
        for airing in airings(campaign([start]), BEGIN, BEGIN + timedelta(days=9))
    ]
    return [Dated(MOL, airing) for airing in found]


def minutes(*numbers: float) -> list[timedelta]:
    """Return stretches of time."""
    return [timedelta(minutes=number) for number in numbers]


def test_alone() -> None:
    """An airing alone has 45 minutes before its start and two hours and a half after its end."""
    (window,) = windows(dated(START))
    assert [window.opens - START, window.closes - START] == minutes(-45, 210)
    assert not window.overlaps


@pytest.mark.parametrize(
    ("later", "want"),
    [
        pytest.param(61, [60.5, 60.5], id="a minute between them"),
        pytest.param(120, [90, 90], id="an hour between them"),
        pytest.param(160, [110, 115], id="nearly two hours between them"),
        pytest.param(300, [180, 255], id="four hours between them"),
        pytest.param(400, [210, 355], id="far from each other"),
    ],
)
def test_neighbours_divide_the_time_between_them(later: float, want: list[float]) -> None:
    """Each has half of the time between two airings, and no more than it has alone."""
    (gap,) = minutes(later)
    one, other = windows(dated(START + gap, START))
    assert [one.closes - START, other.opens - START] == minutes(*want)
    assert one.opens - START == timedelta(minutes=-45)


def test_airings_that_begin_together_have_one_window() -> None:
    """Those who come to several airings at once cannot be told apart."""
    (window,) = windows(dated(START, START))
    assert len(window.dated) == 2
    assert not window.overlaps


def test_airings_that_overlap() -> None:
    """Of two airings of which one begins during the other both are marked, and no third one."""
    found = windows(dated(START, *[START + each for each in minutes(30, 300)]))
    assert [window.overlaps for window in found] == [True, True, False]


def test_usual_is_the_median_of_the_hour_before() -> None:
    """One short burst before an airing is not usual."""
    burst = START - timedelta(minutes=60)
    made = trace(1, lambda at: 900.0 if burst <= at < burst + timedelta(minutes=10) else 0.0)
    assert usual_rates(windows(dated(START)), made) == [100]


@pytest.mark.parametrize(
    ("gap", "want"),
    [
        pytest.param(269, [100, 100], id="windows within an hour keep the first"),
        pytest.param(270, [100, 300], id="windows an hour apart do not"),
    ],
)
def test_windows_that_follow_each_other(gap: int, want: list[float]) -> None:
    """What is left of one crowd is not taken for the usual load before the next."""
    later = START - timedelta(minutes=gap)
    made = trace(1, lambda at: 200.0 if at >= later + timedelta(hours=2) else 0.0)
    assert usual_rates(windows(dated(later, START)), made) == want


def test_usual_that_no_trace_shows() -> None:
    """Where the hour before a window is not in the trace, nothing is known."""
    early = BEGIN + timedelta(minutes=104)
    assert usual_rates(windows(dated(early)), trace(1, lambda _: 0.0)) == [None]
    on_time = early + timedelta(minutes=1)
    assert usual_rates(windows(dated(on_time)), trace(1, lambda _: 0.0)) == [100]


def test_usual_of_a_row_of_airings() -> None:
    """Where it is not known before the first of several in a row, it is that before the second."""
    found = windows(dated(*[BEGIN + timedelta(minutes=minute) for minute in (70, 200, 330)]))
    made = trace(1, lambda at: 50.0 if at >= BEGIN + timedelta(minutes=160) else 0.0)
    assert usual_rates(found, made) == [None, 100, 100]
