"""Date, time of day and end are read from one cell or from several."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onair.importing.notes import LeftOutError
from onair.importing.plans.dates import ORDERS
from onair.importing.plans.whens import instant, when

ALL = frozenset(ORDERS)
ZONE = "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("date", "clock"),
    [
        pytest.param("2027-01-09", "20:30", id="two cells"),
        pytest.param("2027-01-09 00:00:00", "20:30", id="a spreadsheet's midnight"),
        pytest.param("2027-01-09", "1899-12-30 20:30:00", id="a spreadsheet's first day"),
        pytest.param("2027-01-09 20:30", "", id="one cell of dates"),
        pytest.param("", "2027-01-09 20:30", id="one cell of times"),
        pytest.param("Sat 9 Jan 2027, 8:30 PM", "", id="in words"),
        pytest.param("2027-01-09T20:30:00+01:00", "", id="with an offset"),
        pytest.param("2027-01-09T19:30Z", "", id="in UTC"),
        pytest.param("2027-01-09", "20:30+01:00", id="an offset behind the time"),
        pytest.param("2027-01-09T14:30-05:00", "", id="west of Greenwich"),
    ],
)
def test_when(date: str, clock: str) -> None:
    """However it is written, it is the same instant."""
    found = when(date, clock)
    zone = None if found.offset else ZONE
    assert instant(found.wall_clock(ALL), found.offset, zone) == datetime(
        2027, 1, 9, 19, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("date", "clock", "want"),
    [
        pytest.param("", "", "it has no date$", id="nothing"),
        pytest.param("2027-01-09", "", "it has no time of day, only '2027-01-09'", id="no time"),
        pytest.param("", "20:30", "it has no date, only '20:30'", id="no date"),
        pytest.param("a" + " " * 100_000 + "b", "", "no time of day", id="very many spaces"),
        pytest.param("2027-01-09", "2027-01-09 20:30", "is no time of day", id="two dates"),
        pytest.param("2027-01-09", "20:30-21:35", "a start and an end", id="a range"),
        pytest.param("2027-01-09", "20:30-12:00", "a start and an end", id="range or offset"),
        pytest.param("2027-01-09", "23:45-25:15", "a start and an end", id="a long range"),
        pytest.param("2027-01-09", "20:30-21:75", "a start and an end", id="no range"),
        pytest.param("2027-01-09 20:30-12:00", "", "a start and an end", id="a range in a cell"),
        pytest.param("2027-01-09", "20:30+14:30", "is no time of day", id="no such offset"),
        pytest.param("2027-01-09", "20:30+21:35", "is no time of day", id="no such offset at all"),
        pytest.param("2027-01-09", "20:30+01:75", "is no time of day", id="no offset"),
        pytest.param("T" * 100_000, "20:30", "is no date", id="a very long date"),
    ],
)
def test_no_when(date: str, clock: str, want: str) -> None:
    """What lacks a date or a time of day is refused."""
    with pytest.raises(LeftOutError, match=want):
        when(date, clock)
