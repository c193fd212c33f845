"""Local times are instants, in the nights in which clocks are changed too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from onair.schedule.zones import zone
from onair.traces.errors import TraceError
from tests.unit.traces.texts import BEGIN, read_text, table

AMSTERDAM = zone("Europe/Amsterdam")
AUTUMN = datetime(2027, 10, 30, 22, tzinfo=UTC)
"""Six hours before midday; at 01:00Z clocks in Amsterdam go back from 03:00 to 02:00."""
SPRING = datetime(2027, 3, 27, 22, tzinfo=UTC)


def local(begin: datetime, count: int, minutes: int, where: str = "Europe/Amsterdam") -> list[str]:
    """Return rows as clocks in a zone show their times, each number another one."""
    times = [begin + timedelta(minutes=minutes * n) for n in range(count)]
    return [f"{time.astimezone(zone(where)):%Y-%m-%d %H:%M:%S},{n}" for n, time in enumerate(times)]


def text(rows: list[str]) -> str:
    """Return a table of local times."""
    return table(*rows, header="time,requests")


def test_a_zone_that_is_told() -> None:
    """Times that say no zone are of the zone that is told."""
    trace = read_text(text(["2027-01-09T21:00,60", "2027-01-09T21:01,60"]), AMSTERDAM).trace
    assert trace.begin == BEGIN


@pytest.mark.parametrize(
    "header", [pytest.param("time_utc,requests", id="UTC"), pytest.param("time,rps", id="Z")]
)
def test_a_zone_that_is_not_needed(header: str) -> None:
    """What a file says of its zone counts more than the zone that is told."""
    end = "" if "utc" in header else "Z"
    rows = [f"2027-01-09T20:0{n}:00{end},60" for n in range(2)]
    assert read_text(table(*rows, header=header), AMSTERDAM).trace.begin == BEGIN


@pytest.mark.parametrize(
    ("begin", "minutes", "where"),
    [
        pytest.param(AUTUMN, 1, "Europe/Amsterdam", id="an hour twice, by minutes"),
        pytest.param(AUTUMN, 60, "Europe/Amsterdam", id="an hour twice, by hours"),
        pytest.param(SPRING, 1, "Europe/Amsterdam", id="an hour skipped"),
        pytest.param(
            datetime(2027, 4, 3, 12, tzinfo=UTC), 5, "Australia/Lord_Howe", id="half an hour twice"
        ),
        pytest.param(
            datetime(2027, 10, 2, 12, tzinfo=UTC),
            5,
            "Australia/Lord_Howe",
            id="half an hour skipped",
        ),
        pytest.param(BEGIN, 60, "UTC", id="no change"),
    ],
)
@pytest.mark.parametrize("back", [pytest.param(False, id="on"), pytest.param(True, id="backwards")])
def test_changed_clocks(begin: datetime, minutes: int, where: str, *, back: bool) -> None:
    """Rows in the order of time, or all in the opposite one, are the instants that they were."""
    rows = local(begin, 24 * 60 // minutes, minutes, where)
    read = read_text(text(rows[::-1] if back else rows), zone(where))
    assert (read.trace.begin, read.trace.step) == (begin, 60 * minutes)
    assert [rate * 60 * minutes for rate in read.trace.rates] == pytest.approx(range(len(rows)))


def test_the_skipped_hour() -> None:
    """A time that clocks skip is refused with its line."""
    with pytest.raises(TraceError) as refused:
        read_text(text(["2027-03-28T01:59,1", "2027-03-28T02:00,1"]), AMSTERDAM)
    assert str(refused.value) == (
        "line 3: clocks in Europe/Amsterdam skip 2027-03-28T02:00:00; write the times in UTC"
    )


def test_the_hour_twice_without_order() -> None:
    """Times that clocks show twice are refused where rows elsewhere are out of order."""
    rows = local(AUTUMN, 600, 1)
    with pytest.raises(TraceError) as refused:
        read_text(text([*rows[:10], rows[11], rows[10], *rows[12:]]), AMSTERDAM)
    assert str(refused.value) == (
        "line 122: clocks in Europe/Amsterdam show its time twice, which only rows in the order of"
        " time tell apart; sort the rows, or write the times in UTC"
    )


def test_the_hour_twice_at_the_begin() -> None:
    """A trace that begins with a time that clocks show twice is refused: nothing says which."""
    with pytest.raises(TraceError) as refused:
        read_text(text(local(AUTUMN, 600, 1)[150:]), AMSTERDAM)
    assert str(refused.value) == (
        "line 2: clocks in Europe/Amsterdam show 2027-10-31T02:30:00 twice, and no row before it"
        " says which it is; begin with another row, or write the times in UTC"
    )


def test_one_of_two_hours() -> None:
    """An hour that clocks show twice and that is there once is a gap, told as clocks show it."""
    rows = local(AUTUMN, 600, 1)
    with pytest.raises(TraceError) as refused:
        read_text(text(rows[:120] + rows[180:]), AMSTERDAM)
    assert str(refused.value) == (
        "line 182: nothing is known from 2027-10-31T02:00:00+01:00 to 2027-10-31T03:00:00+01:00,"
        " where clocks in Europe/Amsterdam went back and showed times twice; write all times in"
        " UTC, or cut the trace there"
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param(
            local(BEGIN, 10, 1) + local(BEGIN, 20, 1)[16:],
            "line 12: nothing is known from 2027-01-09T21:10:00+01:00 to 2027-01-09T21:16:00+01:00;"
            " cut the trace there, or write 0 where nothing was requested",
            id="a gap",
        ),
        pytest.param(
            [*local(SPRING, 120, 1), *local(SPRING, 200, 1)[186:]],
            "line 122: nothing is known from 2027-03-28T01:00:00+01:00 to"
            " 2027-03-28T03:06:00+02:00; cut the trace there, or write 0 where nothing was"
            " requested",
            id="a gap where clocks go on",
        ),
        pytest.param(
            [*local(BEGIN, 10, 1), "2027-01-09 21:10:30,1"],
            "line 12: 2027-01-09T21:10:30+01:00 is 1m30s after the row before, and a step is 1m;"
            " rows must be whole steps apart",
            id="half a step",
        ),
        pytest.param(
            [*local(BEGIN, 10, 1), "2027-01-09 21:09:00,1"],
            "lines 11 and 12 are both of 2027-01-09T21:09:00+01:00; write one row for each time,"
            " with all its requests",
            id="two numbers",
        ),
    ],
)
def test_times_as_the_file_has_them(rows: list[str], message: str) -> None:
    """What is refused of local times is told as clocks show it."""
    with pytest.raises(TraceError) as refused:
        read_text(text(rows), AMSTERDAM)
    assert str(refused.value) == message


def test_a_row_again_in_that_night() -> None:
    """A row that comes again is read once in that night too, where clocks show no time twice."""
    rows = local(AUTUMN, 600, 1)
    assert len(read_text(text([*rows[:10], *rows[9:]]), AMSTERDAM).trace.rates) == 600


def test_order_matters_in_that_hour_alone() -> None:
    """Rows that are out of order are sorted where clocks show no time twice."""
    rows = local(BEGIN, 10, 1)
    assert read_text(text(rows[3:] + rows[:3]), AMSTERDAM).trace.begin == BEGIN
