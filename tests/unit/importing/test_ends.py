"""Where a row ends: by the time of its end, its date, and its zone."""

from __future__ import annotations

import pytest

from onair.importing.notes import lines
from onair.importing.plans.media_plans import media_plan
from tests.unit.importing.plans import DEFAULTS


@pytest.mark.parametrize(
    ("start", "end", "want"),
    [
        pytest.param("20:30", "21:35", "1h5m", id="the same day"),
        pytest.param("20:30", "01:15", "4h45m", id="after midnight"),
        pytest.param("20:30", "25:15", "4h45m", id="after midnight of a broadcast day"),
        pytest.param("24:30", "01:15", "45m", id="both after midnight"),
        pytest.param("20:30", "10:05 PM", "1h35m", id="American"),
        pytest.param("20:30", "08:30", "12h", id="half a day"),
        pytest.param("08:00", "21:00", "13h", id="more than that within the day"),
        pytest.param("20:30", "2027-01-11 20:30", "48h", id="with a date"),
        pytest.param("20:30", "08:31", None, id="more than half a day"),
        pytest.param("20:30", "20:15", None, id="just before the start"),
        pytest.param("20:30", "20:30", None, id="the start"),
        pytest.param("20:30", "2027-01-09 20:15", None, id="a date and before the start"),
    ],
)
def test_end(start: str, end: str, want: str | None) -> None:
    """An end before its start is the next day's within half a day; any other is left out."""
    text = f"date,start,end,campaign,rps\n2027-01-09,{start},{end},Mol,5\n"
    found = media_plan(text, DEFAULTS)
    lengths = [body["spec"]["airtimes"][0]["duration"] for body in found.manifests]
    assert lengths == ([want] if want else [])
    assert ("is not after its start" in "".join(lines(found.notes))) is (want is None)


@pytest.mark.parametrize(
    ("row", "want", "said"),
    [
        pytest.param("2027-03-27,23:30,03:30,Europe/Amsterdam", "3h", "", id="an hour skipped"),
        pytest.param("2027-10-30,23:30,03:30,Europe/Amsterdam", "5h", "", id="an hour twice"),
        pytest.param("2027-03-13,22:00,03:30,America/New_York", "4h30m", "", id="New York"),
        pytest.param("2027-10-30,20:30,08:30,Europe/Amsterdam", "13h", "", id="half a day"),
        pytest.param("2027-10-31,01:00,03:30,Europe/Amsterdam", "3h30m", "", id="the same date"),
        pytest.param(
            "2027-03-27,23:30,02:30,Europe/Amsterdam",
            "3h",
            "line 2: its end: clocks skip 02:30 that day: taken as 03:30",
            id="an end that is skipped",
        ),
        pytest.param(
            "2027-10-30,23:30,26:30,Europe/Amsterdam",
            "3h",
            "line 2: its end: clocks show 02:30 twice that day: the first is taken",
            id="an end that is there twice",
        ),
    ],
)
def test_end_when_clocks_change(row: str, want: str, said: str) -> None:
    """An end after midnight is that on the clocks of the next date, however long the night is."""
    found = media_plan(f"date,start,end,zone,campaign,rps\n{row},Mol,5\n", DEFAULTS)
    assert [body["spec"]["airtimes"][0]["duration"] for body in found.manifests] == [want]
    assert "\n".join(lines(found.notes)) == said


def test_end_date_and_length_when_clocks_change() -> None:
    """A length is exact time, so that the date of its end is that on the clocks."""
    text = "date,time,end date,length,title,rps\n2027-10-31,00:30,2027-10-31,24h,Mol,5\n"
    assert len(media_plan(text, DEFAULTS).manifests) == 1


@pytest.mark.parametrize(
    ("cells", "want"),
    [
        pytest.param("233000,130", "'130' could be hhmm or hhmmss", id="130"),
        pytest.param("203000,2130", "'2130' could be hhmm or hhmmss", id="2130"),
        pytest.param("2030,213015", "'2030' could be hhmm or hhmmss", id="the end says seconds"),
        pytest.param("20:30,27:00", "ends at 26:59:59; write the next date", id="27:00"),
    ],
)
def test_doubtful_end(cells: str, want: str) -> None:
    """The digits of an end are read as strictly as those of a start."""
    found = media_plan(f"date,start,end,title,rps\n2027-01-09,{cells},Mol,5\n", DEFAULTS)
    assert found.manifests == ()
    assert want in "".join(lines(found.notes))


def test_digits_of_end() -> None:
    """An end in digits is a time of day as a start is."""
    text = "date,start,end,title,rps\n2027-01-09,203000,213015,Mol,5\n"
    (body,) = media_plan(text, DEFAULTS).manifests
    assert body["spec"]["airtimes"][0]["duration"] == "1h15s"


@pytest.mark.parametrize(
    ("cells", "want"),
    [
        pytest.param("2027-01-11,21:30", ["49h"], id="another day"),
        pytest.param("2027-01-09,21:30", ["1h"], id="the same day"),
        pytest.param("2027-01-09,19:30", [], id="before the start"),
        pytest.param("2027-01-11,", [], id="no time"),
        pytest.param(",21:30", ["1h"], id="no date"),
    ],
)
def test_end_date(cells: str, want: list[str]) -> None:
    """An end may have its date in a column of its own."""
    text = f"Start Date,Start Time,End Date,End Time,title,rps\n2027-01-09,20:30,{cells},Mol,5\n"
    found = media_plan(text, DEFAULTS).manifests
    assert [body["spec"]["airtimes"][0]["duration"] for body in found] == want


@pytest.mark.parametrize(
    ("date", "want"),
    [
        pytest.param("2027-01-09", 1, id="the day on which it ends"),
        pytest.param("2027-01-11", 0, id="another day"),
        pytest.param("", 1, id="none"),
    ],
)
def test_end_date_and_length(date: str, want: int) -> None:
    """An end date without a time may stand beside a length that ends on that day."""
    text = f"date,time,end date,length,title,rps\n2027-01-09,20:30,{date},30,Mol,5\n"
    assert len(media_plan(text, DEFAULTS).manifests) == want


def test_zone_of_end() -> None:
    """The header of the end may say another zone than that of the start."""
    text = "date,Start (Europe/Amsterdam),End (UTC),title,rps\n2027-07-09,20:30,19:30,Mol,5\n"
    (body,) = media_plan(text, DEFAULTS).manifests
    assert body["spec"]["airtimes"][0]["duration"] == "1h"
