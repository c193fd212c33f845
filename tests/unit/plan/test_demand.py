"""Demand is the shape at its peak rate, over every end that an airing may have."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.model.loads import Load
from onair.plan.demand import (
    level_at,
    levels,
    outline,
    peak_over,
    peak_rate,
    seconds_at_peak,
    span,
)
from onair.plan.outlines import PEAK, Mark
from onair.plan.seconds import Number, since_epoch
from onair.plan.shapes import SHAPES, marks
from onair.schedule.airings import Airing
from tests.unit.plan.example import at, demand, first_airing, load
from tests.unit.plan.strategies import EPSILON, START, loads

SECOND = timedelta(seconds=1)


def hour(crowd: Load) -> Airing:
    """Return an airing of exactly an hour."""
    return first_airing(crowd, duration="1h", endSlack="0s")


@pytest.mark.parametrize(
    ("changes", "want"),
    [
        pytest.param({}, Fraction(14960, 3), id="the example"),
        pytest.param(
            {"audience": None, "requestsPerSecond": "5k"}, Fraction(5000), id="the rate itself"
        ),
        pytest.param(
            {"shape": "Flat", "audience": {"people": 3600, "within": "5m"}},
            Fraction(12),
            id="flat, within five minutes",
        ),
        pytest.param(
            {"shape": "Flat", "audience": {"people": 3600}}, Fraction(1), id="flat, over all of it"
        ),
        pytest.param(
            {"shape": "Flat", "audience": {"people": 3600, "within": "2h"}},
            Fraction(1),
            id="flat, within longer than it lasts",
        ),
        pytest.param(
            {"shape": "Flat", "audience": {"people": 7200, "response": "25%", "within": "1m"}},
            Fraction(30),
            id="a quarter responds",
        ),
        pytest.param(
            {"shape": "Episode", "audience": {"people": 33000, "within": "6m"}},
            # The window ends where it began, between a rise of 85 points and a fall of 6.2 points
            # a minute: it loses a triangle of a minute below 100 %.
            Fraction(33000) / 60 / (6 - Fraction(85 * 62, 850 + 62) / 200),
            id="an episode within more than its hold",
        ),
        pytest.param(
            {
                "shape": "Custom",
                "points": [{"at": "start", "level": "0%"}, {"at": "end", "level": "50%"}],
                "audience": {"people": 900},
            },
            Fraction(1),
            id="custom, never at its peak",
        ),
        pytest.param(
            {
                "shape": "Custom",
                "points": [{"at": "start-30m", "level": "100%"}, {"at": "end", "level": "100%"}],
                "audience": {"people": 5400},
            },
            Fraction(1),
            id="custom, half an hour early",
        ),
    ],
)
def test_peak_rate(changes: dict[str, Any], want: Fraction) -> None:
    """The peak of an audience is its requests over the largest integral of the shape."""
    assert peak_rate(hour(load(**changes))) == want


def test_slack_does_not_change_the_peak() -> None:
    """The crowd of an audience is that of the planned end."""
    for shape in ("Flat", "Livestream"):
        crowd = load(shape=shape, audience={"people": 5000})
        assert peak_rate(first_airing(crowd)) == peak_rate(first_airing(crowd, endSlack="0s"))


def level_of(points: Sequence[Mark], duration: Number, time: Number) -> Number:
    """Return the level at a time of an airing of this duration, straight from the points."""
    placed = [(mark.offset + (duration if mark.edge == "end" else 0), mark) for mark in points]
    for (start, first), (end, last) in pairwise(placed):
        if start <= time < end:
            return first.level + (last.level - first.level) * Fraction(time - start) / (end - start)
    return 0


def largest_level(points: Sequence[Mark], duration: int, slack: int, time: Number) -> Number:
    """Return the largest level at a time for any end: it lies where a point just comes or goes."""
    ends = {time - mark.offset for mark in points if mark.edge == "end"}
    ends = {end + shift for end in ends for shift in (-EPSILON, 0, EPSILON)}
    ends = {end for end in ends if duration <= end <= duration + slack}
    return max(level_of(points, end, time) for end in {*ends, duration, duration + slack})


SHORTEST = {"Custom": 540, "TicketSale": 10}
"""So many seconds leave the points in order; all other shapes bear any duration."""


@given(loads(tuple(SHAPES)), st.integers(1, 2400), st.integers(0, 600), st.data())
def test_envelope(crowd: Load, duration: int, slack: int, data: st.DataObject) -> None:
    """With slack, demand is at every instant the largest that some end brings; a send has none."""
    duration = max(duration, SHORTEST.get(crowd.shape, 1))
    slack = 0 if crowd.shape == "Push" else slack
    end = START + timedelta(seconds=duration)
    points = marks(crowd.shape, crowd.points, duration)
    upper = levels(Airing(START, end, end + timedelta(seconds=slack), "a", crowd))
    edges = sorted({time for piece in upper.pieces for time in piece[:2]})
    any_time = st.fractions(edges[0] - 60, edges[-1] + 60)
    time = data.draw(any_time | st.sampled_from([*edges, *(edge - EPSILON for edge in edges)]))
    now, soon = (
        largest_level(points, duration, slack, instant) for instant in (time, time + EPSILON)
    )
    assert now <= upper.at(time)
    # Half-open: a value that holds from right after this instant may hold from it on.
    assert upper.at(time) <= max(now, soon) + 1


@pytest.mark.parametrize(
    ("points", "want"),
    [
        pytest.param(
            ["start 0%", "end 100%", "end 10%", "end+20m 10%"],
            [50, 100, 100, 10],
            id="a rise that may end at any time, then a drop",
        ),
        pytest.param(
            ["start 0%", "end-10m 100%", "end-10m 10%", "end+10m 10%"],
            [60, 100, 10, 10],
            id="the same ten minutes before the end",
        ),
        pytest.param(
            ["start 100%", "end 0%"], [62, 25, 10, 0], id="a fall that is slower the later it ends"
        ),
        pytest.param(
            ["start 100%", "start+1m 0%", "end-1m 0%", "end 40%", "end+1m 0%"],
            [0, 40, 40, 40],
            id="a burst that may come at any time",
        ),
        pytest.param(["start 30%", "start+1h 30%"], [30, 0, 0, 0], id="nothing at the end"),
    ],
)
def test_envelope_of_shapes(points: list[str], want: list[int]) -> None:
    """An hour with 20 minutes of slack: at its middle, its end, in the slack, at the latest end."""
    said = [dict(zip(("at", "level"), point.split(), strict=True)) for point in points]
    found = levels(first_airing(load(shape="Custom", points=said), duration="1h", endSlack="20m"))
    assert [found.at(60 * minute) * 100 // PEAK for minute in (30, 60, 72, 80)] == want


@pytest.mark.parametrize(
    ("slack", "want"), [pytest.param(0, 10, id="no slack"), pytest.param(20, 25, id="with slack")]
)
def test_sale_of_five_seconds(slack: int, want: int) -> None:
    """A ticket sale that is over before its crowd has come is planned like one of ten seconds.

    Who got nothing looks again for two hours.
    """
    crowd = load(shape="TicketSale")
    short, longer = (
        levels(Airing(START, START + end * SECOND, START + latest * SECOND, "sale", crowd))
        for end, latest in ((5, 5 + slack), (10, want))
    )
    assert short == longer
    assert short.at(10) == PEAK
    assert short.pieces[-1].end == want + 2 * 3600


def test_points_that_overlap() -> None:
    """Points at the start and at the end that leave their order need no longer airing."""
    said = [("start", "50%"), ("start+10m", "100%"), ("end+5m", "0%")]
    crowd = load(shape="Custom", points=[{"at": at, "level": level} for at, level in said])
    assert span(first_airing(crowd, duration="12m", endSlack="0s")) == (at("19:30"), at("19:47"))


def test_outline() -> None:
    """The outline of a shape is that of an airing without slack."""
    airing = hour(load(shape="Livestream"))
    assert outline("Livestream", timedelta(hours=1)) == levels(airing)


def test_seconds_at_peak() -> None:
    """A crowd that is no audience has no window: all of its shape counts."""
    for crowd in (load(shape="Flat", audience=None, requestsPerSecond=9), load(shape="Flat")):
        within = 300 if crowd.audience else 3600
        assert seconds_at_peak(crowd, timedelta(hours=1)) == within


def test_demand() -> None:
    """The example's demand over seconds since the epoch is its level times its peak."""
    airing = first_airing()
    curve = demand(airing)
    peak = Fraction(14960, 3)
    for clock, level in (("19:14:59", 0), ("19:15", 25), ("19:30", 15), ("20:36", 100)):
        assert curve.at(since_epoch(at(clock))) == peak * level / 100
        assert level_at(airing, at(clock)) == Fraction(level, 100)


def test_span() -> None:
    """The first demand comes a quarter of an hour early, the last an hour after the latest end."""
    assert span(first_airing()) == (at("19:15"), at("21:45"))


def test_levels_are_whole_numbers() -> None:
    """The levels of a shape stay integers, which are quick, as long as no lines cross."""
    pieces = levels(first_airing()).pieces
    assert all(isinstance(value, int) for piece in pieces for value in piece)
    assert levels(first_airing()).peak() == PEAK


def test_a_multiplier_has_no_rate() -> None:
    """A load in multiples of the usual one adds no requests/s that are known."""
    crowd = load(audience=None, multiplier="4", headroom=None)
    assert peak_over(crowd, timedelta(hours=1)) == Fraction(0)
