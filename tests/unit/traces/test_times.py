"""Times are read in every spelling that means one instant."""

from __future__ import annotations

import pytest

from onair.traces.errors import TraceError
from tests.unit.traces.texts import BEGIN, read_text, table


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("2027-01-09T20:00:00Z", "2027-01-09T20:01:00Z", id="Z"),
        pytest.param("2027-01-09 20:00:00 UTC", "2027-01-09 20:01:00 UTC", id="UTC behind it"),
        pytest.param("2027-01-09T20:00Z", "2027-01-09T20:01Z", id="without seconds"),
        pytest.param("2027-01-09T21:00:00+01:00", "2027-01-09T22:01:00+02", id="two offsets"),
        pytest.param("2027-01-09T16:30:00-0330", "2027-01-09T16:31:00-0330", id="west"),
        pytest.param("2027-01-09T20:00:00.000Z", "2027-01-09T20:01:00,0Z", id="no milliseconds"),
        pytest.param("2027-01-10T09:00:00+13", "2027-01-10T09:01:00+1300", id="far east"),
        pytest.param("1799524800", "1799524860", id="seconds since 1970"),
        pytest.param("1799524800.0", "1799524860.000", id="seconds with a point"),
        pytest.param("1799524800000", "1799524860000", id="milliseconds since 1970"),
    ],
)
def test_spellings(first: str, second: str) -> None:
    """An instant is the same in every spelling."""
    rows = [f'"{first}",60', f'"{second}",60']
    read = read_text(table(*rows, header="time,requests"))
    assert (read.trace.begin, read.trace.step, read.notes) == (BEGIN, 60, ())


@pytest.mark.parametrize(
    "header",
    [pytest.param(each, id=each) for each in ("Time (UTC)", "time_utc", "timestamp GMT")],
)
def test_utc_by_the_header(header: str) -> None:
    """A column that says UTC needs no zone in its cells."""
    rows = ["2027-01-09T20:00:00,60", "2027-01-09T20:01:00,60"]
    assert read_text(table(*rows, header=f"{header},requests")).trace.begin == BEGIN


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        pytest.param("2027-01-09T20:01:00", "a time with neither Z nor an offset", id="local time"),
        pytest.param("1799524860", "seconds since 1970", id="seconds"),
        pytest.param("1799524860000", "milliseconds since 1970", id="milliseconds"),
    ],
)
def test_mixed(other: str, kind: str) -> None:
    """Times in one file are written in one way; two of them are two sources."""
    with pytest.raises(TraceError) as refused:
        read_text(table("2027-01-09T20:00:00Z,60", f"{other},60", header="time,requests"))
    assert str(refused.value) == (
        f"line 3: '{other}' is {kind}, the time before it a time with Z or an offset;"
        " write all times in one way"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("1990-01-01T00:00:00Z", "1990-01-01T00:01:00Z", id="the first"),
        pytest.param("2099-12-31T23:59:58Z", "2099-12-31T23:59:59Z", id="the last"),
        pytest.param("2100-01-01T00:30+01:00", "2100-01-01T00:31+01:00", id="of UTC"),
    ],
)
def test_years(first: str, second: str) -> None:
    """Every year from 1990 to 2099 is read."""
    assert len(read_text(table(f"{first},1", f"{second},1", header="ts,rps")).trace.rates) == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1989-12-31T23:59:59Z", id="before"),
        pytest.param("2100-01-01T00:00:00Z", id="after"),
        pytest.param("2099-12-31T23:30-01:00", id="after in UTC"),
    ],
)
def test_other_years(text: str) -> None:
    """Another year is a mistake, such as seconds since the begin of the trace."""
    with pytest.raises(TraceError, match=r"^line 2: .* is in no year from 1990 to 2099; correct"):
        read_text(table(f"{text},1", header="ts,rps"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2027-01-09", id="a date"),
        pytest.param("20:00:00", id="a time of day"),
        pytest.param("2027-01-09T20:00:00+15:00", id="no offset on Earth"),
        pytest.param("17995248", id="too few digits"),
        pytest.param("1799524800000000", id="microseconds"),
        pytest.param("1.79952e9", id="a spreadsheet's number"),
        pytest.param("-1799524800", id="negative"),
        pytest.param("\u0661\u0667\u0669\u0669\u0665\u0662\u0664\u0668\u0660\u0660", id="Arabic"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_time(text: str) -> None:
    """What is no time, or too coarse for one, is refused with its line."""
    with pytest.raises(TraceError, match=r"^line 2: .* is no time; write it as"):
        read_text(table(f"{text},60"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2027-01-09T24:00:00Z", id="24 o'clock"),
        pytest.param("1998-12-31T23:59:60Z", id="a leap second"),
        pytest.param("0000-01-01T00:00:00Z", id="year 0"),
    ],
)
def test_not_in_the_calendar(text: str) -> None:
    """A time that Python's calendar does not have is refused, not moved."""
    with pytest.raises(TraceError, match=r"^line 2: .* is a time that no calendar has; correct it"):
        read_text(table(f"{text},60"))
