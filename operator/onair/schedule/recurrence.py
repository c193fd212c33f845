"""Which local days a rule has (RFC 5545, 3.3.10).

Year by year, each year by arithmetic on its days (`onair.schedule.years`): those that the BY parts
name, at their places (BYSETPOS), in the periods that count (INTERVAL). A window costs as many steps
as it has years, wherever the rule began; only COUNT is walked from the start, to 2099 at most.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from onair.schedule.rules import MAX_AIRINGS, Frequency, Rule
from onair.schedule.years import By, Weekdays, alike, bits, length, months, named

LAST_DAY: Final = date(2099, 12, 31)
"""No manifest can name a later one (`onair.model.texts`), and no rule goes on after it."""

CYCLE: Final = timedelta(days=28 * 365 + 7)
"""28 years, after which every date falls on the same weekday again (from 1901 to 2099)."""

_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The local days of a rule that starts on the day `start` and has none after the day `last`."""

    rule: Rule
    start: date
    last: date = LAST_DAY

    def between(self, first: date, last: date) -> Iterator[date]:
        """Yield the days from one to another, both included, in order."""
        for year, days in self._years(first, last):
            before = date(year, 1, 1).toordinal()
            for place in bits(days):
                yield date.fromordinal(before + place)

    def includes(self, day: date) -> bool:
        """Return whether a day is one of them."""
        return any(days for _, days in self._years(day, day))

    def total(self) -> int | None:
        """Return how many there are, None without an end; 2,001 stands for more than 2,000."""
        if self.rule.count is None and self.rule.until is None:
            return None
        found = 0
        for _, days in self._years(self.start, self.last):
            found += days.bit_count()
            if found > MAX_AIRINGS:
                return MAX_AIRINGS + 1
        return found

    def fitting(self) -> date | None:
        """Return the first day from the start on that the rule could start on, None if none can."""
        last = min(self.start + CYCLE, LAST_DAY)
        every = replace(self.rule, interval=1, count=None)
        return next(Recurrence(every, self.start).between(self.start, last), None)

    def _years(self, first: date, last: date) -> Iterator[tuple[int, int]]:
        """Yield the years from one day to another, each with its days between these as bits."""
        first, last = max(first, self.start), min(last, self.last)
        for year in range(first.year, last.year + 1):
            days = _counted(self.rule, self.start, year)
            if year == last.year:
                days &= (2 << _place(last)) - 1
            if year == first.year:
                days &= -1 << _place(first)
            if days:
                yield year, days


def _place(day: date) -> int:
    return day.timetuple().tm_yday - 1


def _counted(rule: Rule, start: date, year: int) -> int:
    """Return the days of a year that a rule has up to its COUNT, without its UNTIL."""
    if rule.count is None:
        return _days(rule, start, year)
    before = counts_before(rule, start)
    if year - start.year >= len(before):
        return 0
    days, left = _days(rule, start, year), rule.count - before[year - start.year]
    if days.bit_count() <= left:
        return days
    return sum(1 << place for place in islice(bits(days), left))


@lru_cache(maxsize=4096)
def counts_before(rule: Rule, start: date) -> "array[int]":
    """Return how many dates a rule with COUNT has before each year, from that of its start on.

    It ends with the last year in which COUNT is not reached before.
    """
    found, total = array("H"), 0
    for year in range(start.year, LAST_DAY.year + 1):
        if total >= (rule.count or 0):
            break
        found.append(total)
        total += _days(rule, start, year).bit_count()
    return found


def _days(rule: Rule, start: date, year: int) -> int:
    """Return the days of a year, from the start on, that a rule has without COUNT and UNTIL."""
    counting = _counting(rule, start, year)
    if not counting:
        return 0
    by, weekdays = _explicit(rule, start)
    days = counting & placed(
        rule.frequency, by, weekdays, rule.week_start, rule.positions, alike(year)
    )
    return days & -1 << _place(start) if year == start.year else days


def _counting(rule: Rule, start: date, year: int) -> int:
    """Return the days of a year in the periods that count: each INTERVAL-th from the start's on."""
    every = rule.interval
    if every == 1:
        return -1
    if rule.frequency == "YEARLY":
        return 0 if (year - start.year) % every else -1
    if rule.frequency == "MONTHLY":
        origin = 12 * (year - start.year) - start.month + 1
        return sum(days for n, days in enumerate(months(alike(year)), origin) if n % every == 0)
    width = _WEEK if rule.frequency == "WEEKLY" else 1
    begin = start.toordinal() - (start.weekday() - rule.week_start) % width
    # The period that begins before the year may reach into it.
    first = (begin - date(year, 1, 1).toordinal()) % (width * every)
    return _each(width, width * every) << first >> width * every


@cache
def _each(width: int, step: int) -> int:
    """Return so many days in each step, over more than a step and a year."""
    return sum(((1 << width) - 1) << begin for begin in range(0, 2 * step + 366, step))


@lru_cache(maxsize=16384)
def placed(
    frequency: Frequency,
    by: By,
    weekdays: Weekdays,
    week_start: int,
    positions: tuple[int, ...],
    year: int,
) -> int:
    """Return the days of a year that BY parts name, of each period those at the places.

    Without BYSETPOS all of them.
    """
    days = named(by, weekdays, week_start, year)
    if not positions:
        return days
    match frequency:
        case "DAILY":
            return days if {1, -1} & {*positions} else 0
        case "WEEKLY":
            return _placed_in_weeks(by, weekdays, week_start, positions, year)
        case "MONTHLY":
            return sum(_chosen(days & month, positions) for month in months(year))
        case "YEARLY":
            return _chosen(days, positions)


def _placed_in_weeks(
    by: By, weekdays: Weekdays, week_start: int, positions: tuple[int, ...], year: int
) -> int:
    """Return the days of a year at the places of their weeks, which begin before it and end after.

    A week is counted whole, also the part of it that lies in the year beside.
    """
    before, days, after = (
        named(by, weekdays, week_start, alike(each)) for each in (year - 1, year, year + 1)
    )
    around = before >> length(year - 1) - _WEEK | days << _WEEK | after << _WEEK + length(year)
    first = (week_start - date(year, 1, 1).weekday()) % _WEEK
    weeks = (127 << begin for begin in range(first, length(year) + _WEEK, _WEEK))
    found = sum(_chosen(around & week, positions) for week in weeks)
    return found >> _WEEK & (1 << length(year)) - 1


def _chosen(days: int, positions: tuple[int, ...]) -> int:
    """Return the days at the places among them: 1 is the first, -1 the last."""
    found = days.bit_count()
    places = {place - 1 if place > 0 else found + place for place in positions}
    return sum(1 << day for place, day in enumerate(bits(days)) if place in places)


def _explicit(rule: Rule, start: date) -> tuple[By, Weekdays]:
    """Return the BY parts of a rule, with what RFC 5545 takes from the start where they are silent.

    As parts of a yearly rule: a number in BYDAY counts within the month if there is a BYMONTH.
    """
    by, weekdays = dict(rule.numbers), rule.weekdays
    silent = not weekdays and not by.keys() & {"BYMONTHDAY", "BYYEARDAY"}
    if silent and (rule.frequency == "WEEKLY" or "BYWEEKNO" in by):
        weekdays = ((start.weekday(), 0),)
    elif silent and rule.frequency != "DAILY":
        by["BYMONTHDAY"] = (start.day,)
        if rule.frequency == "YEARLY":
            by.setdefault("BYMONTH", (start.month,))
    if rule.frequency == "MONTHLY":
        by.setdefault("BYMONTH", tuple(range(1, 13)))
    return tuple(by.items()), weekdays
