"""How the crowd of past airings came and went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onair.fitting.profiles import points, profile
from onair.fitting.seeing import Seen, look
from onair.fitting.windows import Dated
from onair.model.loads import Load
from onair.model.quantities import parse_percentage
from onair.plan.demand import levels
from onair.plan.outlines import PEAK
from onair.schedule.airings import Airing, airings
from onair.schedule.checks import check_points
from tests.unit.fitting.crowds import (
    BEGIN,
    LENGTH,
    MOL,
    after_the_end,
    campaign,
    evenings,
    trace,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onair.plan.curves import Curve

MINUTE = timedelta(minutes=1)


def seen(starts: Sequence[datetime], rate: Callable[[datetime], float]) -> list[Seen]:
    """Return what a trace shows of airings of an hour."""
    days = len(starts) + 1
    found = airings(campaign(starts), BEGIN, BEGIN + timedelta(days=days))
    looked = look([Dated(MOL, airing) for airing in found], trace(days, rate))
    return [each.seen for each in looked if each.seen]


def curve(past: Sequence[Seen], length: timedelta = LENGTH) -> Curve:
    """Return the levels of the fitted shape over seconds since a start, as the planner has them."""
    load = Load.model_validate(
        {"shape": "Custom", "points": points(profile(past, length)), "requestsPerSecond": 1}
    )
    return levels(Airing(BEGIN, BEGIN + length, BEGIN + length, "any", load))


def at(found: Curve, after_start: timedelta) -> float:
    """Return a level, in parts of the peak."""
    return float(found.at(round(after_start.total_seconds()))) / PEAK


def test_crowd_after_the_end() -> None:
    """A crowd that comes after the end is expected after the end, a minute wider on both sides."""
    starts = evenings(3)
    found = curve(seen(starts, after_the_end(starts, [500, 900, 700])))
    assert at(found, LENGTH - 2 * MINUTE) == 0
    assert at(found, LENGTH - MINUTE) == 1
    assert at(found, LENGTH + 10 * MINUTE) == 1
    assert at(found, LENGTH + 12 * MINUTE) == 0


@pytest.mark.parametrize(
    ("length", "want"),
    [
        pytest.param(LENGTH / 2, "end", id="shorter"),
        pytest.param(LENGTH * 2, "end", id="longer"),
    ],
)
def test_crowd_moves_with_the_end(length: timedelta, want: str) -> None:
    """What hangs on the end does so in an airing that is shorter or longer than all before."""
    starts = evenings(2)
    past = seen(starts, after_the_end(starts, [500, 900]))
    assert {point["at"][:3] for point in points(profile(past, length))} == {want}
    assert at(curve(past, length), length + 5 * MINUTE) == 1


def test_crowd_at_the_start() -> None:
    """A crowd that comes at the start is told from the start."""
    starts = evenings(2)
    past = seen(starts, lambda at: 500.0 if any(s <= at < s + 9 * MINUTE for s in starts) else 0.0)
    assert at(curve(past, 2 * LENGTH), 5 * MINUTE) == 1
    assert at(curve(past, 2 * LENGTH), LENGTH) == 0


def test_peaks_that_move_make_it_wide() -> None:
    """Where a broadcast runs over now and then, the crowd is expected at each of these times."""
    starts = evenings(5)
    late = [0, 12, 4, 8, 6]

    def rate(at: datetime) -> float:
        over = [s + LENGTH + MINUTE * n for s, n in zip(starts, late, strict=True)]
        return 900.0 if any(end <= at < end + 2 * MINUTE for end in over) else 0.0

    found = curve(seen(starts, rate))
    assert all(at(found, LENGTH + n * MINUTE) == 1 for n in range(1, 13))


def test_one_odd_airing_is_not_followed() -> None:
    """A crowd that came at another time once in eight airings is not planned for."""
    starts = evenings(8)
    usual = after_the_end(starts, [900] * 8)
    odd = starts[3] - 30 * MINUTE
    found = curve(seen(starts, lambda at: 800.0 if odd <= at < odd + 9 * MINUTE else usual(at)))
    assert at(found, -25 * MINUTE) == 0
    assert at(found, LENGTH + 5 * MINUTE) == 1


CROWDS = st.lists(st.integers(0, 1000), min_size=1, max_size=12)


@given(CROWDS, st.integers(1, 4), st.integers(2, 7 * 24 * 60))
def test_any_crowd_makes_a_shape(crowd: list[int], count: int, length: int) -> None:
    """Whatever came, the points are those of a valid load whose highest level is its peak."""
    assume(any(crowd[:11]))
    starts = evenings(count)

    def rate(at: datetime) -> float:
        ago = [(at - start) // (15 * MINUTE) + 3 for start in starts]
        return float(sum(crowd[n] for n in ago if 0 <= n < len(crowd)))

    found = points(profile(seen(starts, rate), length * MINUTE))
    load = Load.model_validate(
        {"shape": "Custom", "points": found, "requestsPerSecond": 1}, by_alias=True
    )
    assert load.points
    check_points(load.points, "points", "any", length * MINUTE)
    assert max(parse_percentage(point["level"]) for point in found) == 1


def test_three_in_four_decide_how_high_it_is() -> None:
    """The level that three of four airings do not exceed is used, not the median or the highest."""
    starts = evenings(5)
    early = [0, 100, 200, 400, 900]
    peaks = after_the_end(starts, [1000] * 5)

    def rate(at: datetime) -> float:
        found = [level for s, level in zip(starts, early, strict=True) if s <= at < s + 20 * MINUTE]
        return peaks(at) + sum(found)

    assert at(curve(seen(starts, rate)), 10 * MINUTE) == pytest.approx(0.4)


def test_few_points_say_it() -> None:
    """What is level is said once: a crowd after the end takes two points, one on either side."""
    starts = evenings(2)
    found = points(profile(seen(starts, after_the_end(starts, [500, 900])), LENGTH))
    assert found == [{"at": "end-1m", "level": "100%"}, {"at": "end+11m", "level": "100%"}]
