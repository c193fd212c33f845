"""The days of a year by the names that rules have for them (RFC 5545, 3.3.10).

Days are the bits of a number, 1 January the lowest, so that rules combine them by `&` and `|`. A
year has one of 28 forms, by its first day of the week and the leap years around it: what is
known of one year holds for all of its form.
"""

from calendar import isleap, monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final

By = tuple[tuple[str, tuple[int, ...]], ...]
Weekdays = tuple[tuple[int, int], ...]


def named(by: By, weekdays: Weekdays, week_start: int, year: int) -> int:
    """Return the days of a year that the BY parts of a yearly rule name.

    A number in BYDAY counts within the month if there is a BYMONTH. Weeks are those of ISO 8601,
    but begin on `week_start`: the first of a year is the one with 4 January.
    """
    found = (1 << length(year)) - 1
    for part, numbers in by:
        found &= _any(_numbered(part, number, week_start, year) for number in numbers)
    if weekdays:
        in_month = "BYMONTH" in dict(by)
        found &= _any(_weekday(*each, year, in_month=in_month) for each in weekdays)
    return found


def bits(days: int) -> Iterator[int]:
    """Yield the places of the days: 0 is 1 January."""
    while days:
        lowest = days & -days
        yield lowest.bit_length() - 1
        days ^= lowest


def length(year: int) -> int:
    """Return how many days a year has."""
    return 366 if isleap(year) else 365


@cache
def alike(year: int) -> int:
    """Return the year from 2000 to 2027 that has the same form."""
    return _FORMS[_form(year)]


def months(year: int) -> list[int]:
    """Return the days of each month of a year."""
    return [names(year)["BYMONTH", month] for month in range(1, 13)]


def _form(year: int) -> tuple[int, ...]:
    return date(year, 1, 1).weekday(), *(isleap(each) for each in (year - 1, year, year + 1))


_FORMS: Final = {_form(year): year for year in range(2000, 2028)}


def _numbered(part: str, number: int, week_start: int, year: int) -> int:
    if part == "BYYEARDAY":
        return _from_either_end(number, 1, length(year))
    said = weeks(year, week_start) if part == "BYWEEKNO" else names(year)
    return said.get((part, number), 0)


def _weekday(weekday: int, number: int, year: int, *, in_month: bool) -> int:
    """Return all days of the week of a name, or the one with this number in its month or year."""
    said = names(year)
    days = said["BYDAY", weekday]
    if number == 0:
        return days
    if not in_month:
        return days & _from_either_end(number, 7, length(year))
    first = 7 * number - 6 if number > 0 else 7 * number
    return days & _any(said.get(("BYMONTHDAY", day), 0) for day in range(first, first + 7))


def _from_either_end(number: int, size: int, days: int) -> int:
    """Return the n-th group of so many days from the start, or from the end, of a year."""
    group = (1 << size) - 1
    if number > 0:
        return group << size * (number - 1)
    place = days + size * number
    return group << place if place >= 0 else group >> -place


@cache
def names(year: int) -> Mapping[tuple[str, int], int]:
    """Return the days of each month, day of the month (also from its end) and day of the week."""
    found: dict[tuple[str, int], int] = defaultdict(int)
    first = 0
    for month in range(1, 13):
        _, last = monthrange(year, month)
        found["BYMONTH", month] = ((1 << last) - 1) << first
        for day in range(1, last + 1):
            bit = 1 << first + day - 1
            found["BYMONTHDAY", day] |= bit
            found["BYMONTHDAY", day - last - 1] |= bit
        first += last
    for place in range(first):
        found["BYDAY", (date(year, 1, 1).weekday() + place) % 7] |= 1 << place
    return dict(found)


@cache
def weeks(year: int, week_start: int) -> Mapping[tuple[str, int], int]:
    """Return the days of a year by the numbers of their weeks, from either end of the week's year.

    At either end of a year lie days of a week that belongs to the year beside it.
    """
    found: dict[tuple[str, int], int] = defaultdict(int)
    starts = {each: _first_week(each, week_start) for each in range(year - 1, year + 3)}
    january, size = date(year, 1, 1).toordinal(), length(year)
    first = january - (january - 1 - week_start) % 7  # day 1 was a Monday
    for week in range(first, january + size, 7):
        owner = max(each for each, start in starts.items() if start <= week)
        place = week - january
        days = (127 << place if place >= 0 else 127 >> -place) & (1 << size) - 1
        found["BYWEEKNO", (week - starts[owner]) // 7 + 1] |= days
        found["BYWEEKNO", (week - starts[owner + 1]) // 7] |= days
    return dict(found)


def _first_week(year: int, week_start: int) -> int:
    """Return when the week begins that has 4 January, and so most of its days in the year."""
    fourth = date(year, 1, 4)
    return fourth.toordinal() - (fourth.weekday() - week_start) % 7


def _any(several: Iterable[int]) -> int:
    found = 0
    for days in several:
        found |= days
    return found
