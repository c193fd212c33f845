"""The days of a year have the names that RFC 5545 gives them, at either end of the year too."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from onair.schedule.rules import DAYS
from onair.schedule.years import alike, bits, length, named

DAY = timedelta(days=1)
YEARS = range(2020, 2060)


def days(year: int, part: str, number: int, week_start: int = 0) -> set[date]:
    """Return the days of a year that a part with one number names."""
    found = bits(named(((part, (number,)),), (), week_start, year))
    return {date(year, 1, 1) + place * DAY for place in found}


def numbers(day: date, week_start: int) -> tuple[int, int]:
    """Return the number of a day's week from either end of the year in which its 4th day lies."""
    fourth = day + (3 - (day.weekday() - week_start) % 7) * DAY
    place = fourth.timetuple().tm_yday - 1
    return place // 7 + 1, -((length(fourth.year) - 1 - place) // 7) - 1


@pytest.mark.parametrize("week_start", [pytest.param(n, id=day) for n, day in enumerate(DAYS)])
def test_weeks(week_start: int) -> None:
    """Every week number of forty years has its days, whichever day weeks begin on."""
    for year in YEARS:
        want = defaultdict(set)
        for place in range(length(year)):
            day = date(year, 1, 1) + place * DAY
            for number in numbers(day, week_start):
                want[number].add(day)
        for number in (*range(-53, 0), *range(1, 54)):
            assert days(year, "BYWEEKNO", number, week_start) == want[number], (year, number)


def test_iso_weeks() -> None:
    """Weeks that begin on Monday are those of ISO 8601."""
    for year in YEARS:
        for week in (1, 2, 51, 52, 53):
            found = days(year, "BYWEEKNO", week)
            assert all(day.isocalendar().week == week for day in found)
        weeks = [date(year, 12, n).isocalendar().week for n in range(25, 32)]
        assert (53 in weeks) == (date(year, 12, 31) in days(year, "BYWEEKNO", 53))


@pytest.mark.parametrize("year", range(1900, 2100), ids=str)
def test_alike(year: int) -> None:
    """A year looks like the one that stands for it, and so do the years around it."""
    other = alike(year)
    assert other in range(2000, 2028)
    for step in (-1, 0, 1):
        assert length(year + step) == length(other + step)
        assert date(year + step, 1, 1).weekday() == date(other + step, 1, 1).weekday()


@pytest.mark.parametrize(
    ("part", "number", "year", "want"),
    [
        pytest.param("BYYEARDAY", 366, 2028, ["2028-12-31"], id="the last of a leap year"),
        pytest.param("BYYEARDAY", 366, 2027, [], id="one more than the year has"),
        pytest.param("BYYEARDAY", -366, 2028, ["2028-01-01"], id="the first of a leap year"),
        pytest.param("BYYEARDAY", -366, 2027, [], id="one before the year"),
        pytest.param("BYYEARDAY", -365, 2027, ["2027-01-01"], id="the first from the end"),
        pytest.param("BYMONTHDAY", -31, 2027, 7, id="the first of each long month"),
        pytest.param("BYMONTHDAY", 30, 2027, 11, id="a day that February has not"),
        pytest.param("BYMONTH", 2, 2028, 29, id="a February of a leap year"),
    ],
)
def test_numbers(part: str, number: int, year: int, want: list[str] | int) -> None:
    """Days are counted from either end, and what a year does not have is none of its days."""
    found = days(year, part, number)
    assert want == (len(found) if isinstance(want, int) else [str(day) for day in found])


@pytest.mark.parametrize(
    ("weekday", "number", "month", "want"),
    [
        pytest.param(0, 1, 2, "2027-02-01", id="the first Monday of a month"),
        pytest.param(4, -1, 2, "2027-02-26", id="the last Friday of a month"),
        pytest.param(5, 5, 1, "2027-01-30", id="the fifth Saturday of a month"),
        pytest.param(5, 5, 2, "", id="a fifth Saturday that there is not"),
        pytest.param(4, 1, None, "2027-01-01", id="the first Friday of a year"),
        pytest.param(4, 53, None, "2027-12-31", id="the 53rd Friday of a year"),
        pytest.param(4, -53, None, "2027-01-01", id="the 53rd Friday from the end"),
        pytest.param(5, 53, None, "", id="a 53rd Saturday that there is not"),
        pytest.param(5, -53, None, "", id="a 53rd Saturday from the end that there is not"),
        pytest.param(5, -52, None, "2027-01-02", id="the 52nd Saturday from the end"),
    ],
)
def test_weekdays(weekday: int, number: int, month: int | None, want: str) -> None:
    """A numbered day of the week is counted in its month, without one in its year."""
    by = (("BYMONTH", (month,)),) if month else ()
    found = [date(2027, 1, 1) + n * DAY for n in bits(named(by, ((weekday, number),), 0, 2027))]
    assert found == ([date.fromisoformat(want)] if want else [])
