"""What a trace shows of airings."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from onair.fitting.seeing import look
from onair.fitting.windows import Dated
from onair.schedule.airings import airings
from tests.unit.fitting.crowds import (
    BEGIN,
    EVENING,
    LENGTH,
    MOL,
    after_the_end,
    campaign,
    evenings,
    trace,
)

START = BEGIN + EVENING


def dated(*starts: datetime) -> list[Dated]:
    """Return airings of an hour that begin at these instants."""
    specs = [campaign([start]) for start in starts]
    days = BEGIN - timedelta(days=9), BEGIN + timedelta(days=9)
    return [Dated(MOL, airing) for spec in specs for airing in airings(spec, *days)]


def test_crowd_of_an_airing() -> None:
    """Its peak is what comes beyond the usual load in the busiest minute, its own share of it."""
    made = trace(2, after_the_end([START], [600]))
    for sharing in (1, 2):
        for looked in look(dated(*[START] * sharing), made):
            assert looked.seen
            assert looked.seen.usual == 100
            assert looked.seen.peak == 600 / sharing
            assert looked.seen.busiest == START + LENGTH
            assert sum(looked.seen.rises) * 60 == 600 * 600 / sharing


def test_crowd_that_stays_away() -> None:
    """Fewer requests than usual are no negative crowd, and no peak is below one request/s."""
    (looked,) = look(dated(START), trace(1, lambda at: -50.0 if at >= START else 0.0))
    assert looked.seen
    assert set(looked.seen.rises) == {0}
    assert looked.seen.peak == 1


@pytest.mark.parametrize(
    ("starts", "want"),
    [
        pytest.param([START + timedelta(days=1)], ["after the trace"], id="after it"),
        pytest.param([BEGIN + timedelta(hours=22, minutes=30)], ["not all"], id="to its end"),
        pytest.param([BEGIN - timedelta(hours=1)], ["not all"], id="before it"),
        pytest.param([BEGIN + timedelta(minutes=50)], ["the hour before"], id="at its begin"),
        pytest.param(
            [START, START + timedelta(minutes=20)], ["another airing"] * 2, id="two at once"
        ),
    ],
)
def test_airings_of_which_nothing_is_seen(starts: list[datetime], want: list[str]) -> None:
    """What a trace does not show whole, or shows of two at once, is not used, for that reason."""
    found = look(dated(*starts), trace(1, lambda _: 0.0))
    assert [each.seen for each in found] == [None] * len(want)
    assert all(words in each.why_not for words, each in zip(want, found, strict=True))


def test_order() -> None:
    """Airings come in the order of their starts, whatever order the calendar has."""
    starts = evenings(4)
    found = look(reversed(dated(*starts)), trace(4, lambda _: 0.0))
    assert [each.dated.airing.start for each in found] == starts
