"""Rules have the dates that RFC 5545 gives them, however far the window is from the start."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onair.schedule.recurrence import Recurrence
from onair.schedule.rules import MAX_AIRINGS, parse_rule
from tests.unit.schedule import independent
from tests.unit.schedule.strategies import FIRST_DAYS, recurrences, texts, windows

SATURDAY = date(2027, 1, 9)


def between(text: str, start: date, first: date, last: date) -> list[date]:
    """Return the dates of a rule within a window."""
    return list(Recurrence(parse_rule(text), start).between(first, last))


@settings(deadline=None)
@given(recurrences(), windows())
def test_agrees_with_an_independent_expansion(
    drawn: tuple[str, date], window: tuple[timedelta, timedelta]
) -> None:
    """The dates of a window are those that somebody finds who tries every day by the table."""
    text, start = drawn
    first = start + window[0]
    last = first + window[1]
    want = [day for day in independent.dates(text, start, last) if first <= day]
    assert between(text, start, first, last) == want


@settings(deadline=None)
@given(recurrences(), windows())
def test_agrees_with_dateutil(drawn: tuple[str, date], window: tuple[timedelta, timedelta]) -> None:
    """The dates of a window are those that dateutil finds, walking all the way from the start."""
    text, start = drawn
    # Where dateutil departs from RFC 5545: a plain day beside a numbered one, the days before the
    # start in its first week, the day that BYWEEKNO takes from the start, and the weeks that may
    # lie in two years (`test_years` has them all).
    assume(not re.search(r"BYDAY=(\S*,)?[A-Z]", text) or not re.search(r"BYDAY=\S*[0-9]", text))
    assume("WEEKLY" not in text or "BYSETPOS" not in text)
    assume("BYWEEKNO" not in text or "BYDAY" in text)
    weeks = re.search("BYWEEKNO=([^;]*)", text)
    assume(not weeks or all(2 <= abs(int(n)) <= 51 for n in weeks[1].split(",")))
    assume(Recurrence(parse_rule(text), start).fitting())
    first = start + window[0]
    last = first + window[1]
    rule = rrulestr(text, dtstart=datetime.combine(start, time()))
    found = rule.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    assert between(text, start, first, last) == [moment.date() for moment in found]


@settings(deadline=None, max_examples=40)
@given(texts(), FIRST_DAYS)
def test_fitting(text: str, day: date) -> None:
    """The day that fits is the first from which the rule has its own start as a date."""
    assume(re.search("BYDAY|BYMONTHDAY|BYYEARDAY", text))
    fitting = Recurrence(parse_rule(text), day).fitting()
    tried = [day + timedelta(days=n) for n in range(20)]
    starts = [each for each in tried if independent.dates(text, each, each)]
    assert next(iter(starts), None) == (fitting if fitting in tried else None)


def test_nothing_fits_after_the_calendar() -> None:
    """No day fits that no manifest could name."""
    last = date(2099, 12, 31)
    assert Recurrence(parse_rule("FREQ=WEEKLY;BYDAY=TH"), last).fitting() == last
    assert Recurrence(parse_rule("FREQ=WEEKLY;BYDAY=FR"), last).fitting() is None


def test_the_day_that_fits_may_be_28_years_away() -> None:
    """A leap day that is a Saturday comes again after a whole cycle of the calendar."""
    rule = parse_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SA")
    assert Recurrence(rule, date(2020, 3, 1)).fitting() == date(2048, 2, 29)


@pytest.mark.parametrize(
    ("rule", "start", "want"),
    [
        pytest.param(
            "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;COUNT=3",
            date(2027, 1, 6),
            ["2027-01-06", "2027-01-13", "2027-01-20"],
            id="places in the first week count the days before the start",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=MO,SU;BYSETPOS=1;COUNT=3",
            date(2026, 12, 28),
            ["2026-12-28", "2027-01-04", "2027-01-11"],
            id="places in a week that begins in the year before",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=MO,SU;BYSETPOS=-1;COUNT=3",
            date(2026, 12, 20),
            ["2026-12-20", "2026-12-27", "2027-01-03"],
            id="places in a week that ends in the year after",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=TH,FR;BYSETPOS=-1;COUNT=3",
            date(2026, 12, 25),
            ["2026-12-25", "2027-01-01", "2027-01-08"],
            id="the last place of a week is on New Year's Day",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=TH,FR;BYSETPOS=1;COUNT=3",
            date(2026, 12, 24),
            ["2026-12-24", "2026-12-31", "2027-01-07"],
            id="the first place of a week is on New Year's Eve",
        ),
        pytest.param(
            "FREQ=WEEKLY;WKST=SU;BYDAY=SU,MO;BYSETPOS=2;COUNT=3",
            date(2028, 12, 25),
            ["2028-12-25", "2029-01-01", "2029-01-08"],
            id="places in a week that begins in a leap year",
        ),
        pytest.param(
            "FREQ=DAILY;BYDAY=MO,SU;BYSETPOS=-1;COUNT=3",
            date(2027, 1, 3),
            ["2027-01-03", "2027-01-04", "2027-01-10"],
            id="the last place of a day",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=1MO,SU;COUNT=4",
            date(2027, 2, 1),
            ["2027-02-01", "2027-02-07", "2027-02-14", "2027-02-21"],
            id="numbered and plain days together",
        ),
        pytest.param(
            "FREQ=YEARLY;BYDAY=1MO,SU;COUNT=3",
            date(2026, 12, 27),
            ["2026-12-27", "2027-01-03", "2027-01-04"],
            id="numbered and plain days of a year together",
        ),
        pytest.param(
            "FREQ=YEARLY;BYDAY=1MO,TH;COUNT=3",
            date(2026, 12, 31),
            ["2026-12-31", "2027-01-04", "2027-01-07"],
            id="the 53rd Thursday of a year among all of them",
        ),
        pytest.param(
            "FREQ=YEARLY;BYDAY=1MO;COUNT=2",
            date(2027, 1, 4),
            ["2027-01-04", "2028-01-03"],
            id="the first Monday of a year, not of a month",
        ),
        pytest.param(
            "FREQ=YEARLY;INTERVAL=2;COUNT=2",
            date(2027, 1, 1),
            ["2027-01-01", "2029-01-01"],
            id="the first day of every other year",
        ),
        pytest.param(
            "FREQ=YEARLY;BYWEEKNO=53;COUNT=2",
            date(2026, 12, 30),
            ["2026-12-30", "2032-12-29"],
            id="the weekday of the start in week 53",
        ),
        pytest.param(
            "FREQ=MONTHLY;COUNT=4",
            date(2027, 1, 31),
            ["2027-01-31", "2027-03-31", "2027-05-31", "2027-07-31"],
            id="the day of the start in months that have it",
        ),
        pytest.param(
            "FREQ=YEARLY;COUNT=2", date(2028, 2, 29), ["2028-02-29", "2032-02-29"], id="a leap day"
        ),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU;COUNT=3",
            date(2027, 1, 5),
            ["2027-01-05", "2027-01-17", "2027-01-19"],
            id="weeks that begin on Sunday",
        ),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;COUNT=3",
            date(2027, 1, 5),
            ["2027-01-05", "2027-01-10", "2027-01-19"],
            id="weeks that begin on Monday",
        ),
    ],
)
def test_as_rfc_5545_says(rule: str, start: date, want: list[str]) -> None:
    """Where libraries disagree, the dates are those of RFC 5545."""
    found = between(rule, start, date(2026, 1, 1), date(2039, 12, 31))
    assert [day.isoformat() for day in found] == want


@pytest.mark.parametrize(
    ("rule", "last", "want"),
    [
        pytest.param("FREQ=WEEKLY", None, None, id="without an end"),
        pytest.param("FREQ=WEEKLY;COUNT=10", None, 10, id="COUNT"),
        pytest.param("FREQ=YEARLY;COUNT=2000", None, 73, id="COUNT beyond the calendar"),
        pytest.param("FREQ=WEEKLY;UNTIL=20270116", date(2027, 1, 16), 2, id="UNTIL"),
        pytest.param("FREQ=WEEKLY;UNTIL=20261231", date(2026, 12, 31), 0, id="UNTIL long ago"),
        pytest.param(
            "FREQ=DAILY;UNTIL=20320630",
            date(2032, 6, 30),
            MAX_AIRINGS,
            id="as many as there may be",
        ),
        pytest.param(
            "FREQ=DAILY;UNTIL=20991231", date(2099, 12, 31), MAX_AIRINGS + 1, id="more than that"
        ),
    ],
)
def test_total(rule: str, last: date | None, want: int | None) -> None:
    """The number of dates is known if there is an end, and counted no further than it may go."""
    found = Recurrence(parse_rule(rule), SATURDAY)
    assert (Recurrence(found.rule, found.start, last) if last else found).total() == want


@settings(deadline=None)
@given(recurrences(), st.integers(-10, 1000))
def test_includes(drawn: tuple[str, date], distance: int) -> None:
    """A day is one of the dates if it is among those of any window around it."""
    text, start = drawn
    day = start + timedelta(days=distance)
    around = between(text, start, day - timedelta(days=3), day + timedelta(days=3))
    assert Recurrence(parse_rule(text), start).includes(day) == (day in around)
