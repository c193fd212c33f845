"""Dates and anchors are read as what they say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onair.model.texts import Anchor, parse_anchor, parse_date


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("start", Anchor("start", timedelta()), id="an edge alone"),
        pytest.param("start-15m", Anchor("start", timedelta(minutes=-15)), id="before"),
        pytest.param("end+1m30s", Anchor("end", timedelta(seconds=90)), id="after"),
        pytest.param("end+0s", Anchor("end", timedelta()), id="no distance, said"),
    ],
)
def test_anchor(text: str, want: Anchor) -> None:
    """An anchor is an edge of the airing and a signed distance."""
    assert parse_anchor(text) == want


@pytest.mark.parametrize("text", ["", "middle", "start15m", "start-", "end +1m", "-15m"], ids=repr)
def test_not_an_anchor(text: str) -> None:
    """An instant without its edge or its sign is no anchor."""
    with pytest.raises(ValueError, match="is not an instant such as"):
        parse_anchor(text)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("2027-02-06", date(2027, 2, 6), id="a date"),
        pytest.param("2028-02-29", date(2028, 2, 29), id="a leap day"),
        pytest.param(
            "2027-02-06T20:30:00",
            datetime(2027, 2, 6, 20, 30),  # noqa: DTZ001  # wall clock
            id="wall clock",
        ),
        pytest.param(
            "2027-02-06T20:30:00Z", datetime(2027, 2, 6, 20, 30, tzinfo=UTC), id="an instant"
        ),
    ],
)
def test_date(text: str, want: date) -> None:
    """A date stays a date, and a date-time is aware only if it says its offset."""
    value = parse_date(text)
    assert value == want
    assert type(value) is type(want)


@pytest.mark.parametrize(
    "text", ["2027-02-30", "2027-2-6", "20270206", "2027-W05-6", "2027-02-06T20:30"], ids=repr
)
def test_not_a_date(text: str) -> None:
    """Days that no calendar has, and spellings that the API server refuses, are no dates."""
    with pytest.raises(ValueError, match=r"day|is not a date|month"):
        parse_date(text)
