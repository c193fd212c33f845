"""Starts that a manifest lists, or that a rule yields."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from onair.schedule.airtimes import Listed, Repeated, Starts
from onair.schedule.rules import parse_rule

FIRST = datetime(2027, 1, 9, 19, 30, tzinfo=UTC)
SECOND, THIRD = FIRST + timedelta(days=7), FIRST + timedelta(days=14)
MICROSECOND = timedelta(microseconds=1)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CLOCKS = FIRST.astimezone(AMSTERDAM).replace(tzinfo=None)
RULE = parse_rule("FREQ=WEEKLY;COUNT=3")


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(Listed((FIRST, SECOND, THIRD)), id="listed"),
        pytest.param(Repeated(FIRST, CLOCKS, AMSTERDAM, RULE, ()), id="repeated"),
    ],
)
@pytest.mark.parametrize(
    ("first", "last", "want"),
    [
        pytest.param(FIRST, THIRD, [FIRST, SECOND, THIRD], id="both ends included"),
        pytest.param(SECOND, SECOND, [SECOND], id="one instant"),
        pytest.param(FIRST + MICROSECOND, THIRD - MICROSECOND, [SECOND], id="inside"),
        pytest.param(THIRD + MICROSECOND, THIRD + timedelta(days=9), [], id="after the last"),
    ],
)
def test_between(found: Starts, first: datetime, last: datetime, want: list[datetime]) -> None:
    """Those from one instant to another are found, the two included."""
    assert list(found.between(first, last)) == want
