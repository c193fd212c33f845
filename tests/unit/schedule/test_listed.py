"""Starts that a manifest lists."""

from datetime import UTC, datetime, timedelta

import pytest

from onair.schedule.airtimes import Listed

FIRST = datetime(2027, 1, 9, 19, 30, tzinfo=UTC)
SECOND, THIRD = FIRST + timedelta(days=7), FIRST + timedelta(days=14)
MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("first", "last", "want"),
    [
        pytest.param(FIRST, THIRD, [FIRST, SECOND, THIRD], id="both ends included"),
        pytest.param(SECOND, SECOND, [SECOND], id="one instant"),
        pytest.param(FIRST + MICROSECOND, THIRD - MICROSECOND, [SECOND], id="inside"),
        pytest.param(THIRD + MICROSECOND, THIRD + timedelta(days=9), [], id="after the last"),
    ],
)
def test_between(first: datetime, last: datetime, want: list[datetime]) -> None:
    """Those from one instant to another are found, the two included."""
    assert list(Listed((FIRST, SECOND, THIRD)).between(first, last)) == want
