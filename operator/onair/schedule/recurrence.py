"""Which local days a rule has (RFC 5545, 3.3.10).

dateutil says which days of one year the BY parts name; which periods count (INTERVAL), which places
in them (BYSETPOS) and how many dates (COUNT) is arithmetic on top. So a window costs as many steps
as it has years, wherever the rule began, and no rule can loop: dateutil alone goes on to the year
9999 for a rule that never occurs, whatever its `until`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, Final

from dateutil.rrule import YEARLY, rrule, weekday

from onair.schedule.rules import MAX_AIRINGS, Rule

LAST_DAY: Final = date(2099, 12, 31)
"""No manifest can name a later one (`onair.model.texts`), and no rule goes on after it."""

CYCLE: Final = timedelta(days=28 * 365 + 7)
"""28 years, after which every date falls on the same weekday again (from 1901 to 2099)."""

_YEAR: Final = timedelta(days=366)
_ALONE: Final = 10_000
"""Years from one period to the next that keep dateutil within the first one."""

By = tuple[tuple[str, tuple[int, ...]], ...]
Weekdays = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The local days of a rule that starts on the day `start` and has none after the day `last`."""

    rule: Rule
    start: date
    last: date = LAST_DAY

    def between(self, first: date, last: date) -> Iterator[date]:
        """Yield the days from one to another, both included, in order."""
        first, last = max(first, self.start), min(last, self.last)
        if self.rule.count is None:
            return _days(self.rule, self.start, first, last)
        counted = counted_days(self.rule, self.start)
        return iter(counted[bisect_left(counted, first) : bisect_right(counted, last)])

    def includes(self, day: date) -> bool:
        """Return whether a day is one of them."""
        return day in self.between(day, day)

    def total(self) -> int | None:
        """Return how many there are, None without an end; 2,001 stands for more than 2,000."""
        if self.rule.count is None and self.rule.until is None:
            return None
        return sum(1 for _ in islice(self.between(self.start, self.last), MAX_AIRINGS + 1))

    def fitting(self) -> date | None:
        """Return the first day from the start on that the rule could start on, None if none can."""
        last = min(self.start + CYCLE, LAST_DAY)
        return next(_days(replace(self.rule, interval=1), self.start, self.start, last), None)


@lru_cache(maxsize=256)
def counted_days(rule: Rule, start: date) -> tuple[date, ...]:
    """Return all days of a rule with COUNT."""
    return tuple(islice(_days(rule, start, start, LAST_DAY), rule.count))


def _days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Yield the days from one to another that a rule has without its COUNT and UNTIL."""
    origin = _period(rule, start)
    for day in _placed(rule, start, first, last):
        if (_period(rule, day) - origin) % rule.interval == 0:
            yield day


def _placed(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Yield the days from one to another at the places of BYSETPOS; without it, all named ones."""
    by, weekdays = _explicit(rule, start)
    if not rule.positions:
        yield from _named(by, weekdays, rule.week_start, first, last)
        return
    # Places are counted in whole periods.
    days = _named(by, weekdays, rule.week_start, first - _YEAR, last + _YEAR)
    for _, period in groupby(days, lambda day: _period(rule, day)):
        found = list(period)
        places = {place - 1 if place > 0 else len(found) + place for place in rule.positions}
        chosen = (day for place, day in enumerate(found) if place in places)
        yield from (day for day in chosen if first <= day <= last)


def _period(rule: Rule, day: date) -> int:
    """Return the number of the day, week, month or year in which a day lies."""
    match rule.frequency:
        case "DAILY":
            return day.toordinal()
        case "WEEKLY":
            return (day.toordinal() - 1 - rule.week_start) // 7  # day 1 was a Monday
        case "MONTHLY":
            return 12 * day.year + day.month
        case "YEARLY":
            return day.year


def _explicit(rule: Rule, start: date) -> tuple[By, Weekdays]:
    """Return the BY parts of a rule, with what RFC 5545 takes from the start where they are silent.

    As parts of a yearly rule: a number in BYDAY counts within the month if there is a BYMONTH.
    """
    by, weekdays = dict(rule.numbers), rule.weekdays
    silent = not weekdays and not by.keys() & {"BYMONTHDAY", "BYYEARDAY"}
    if rule.frequency == "DAILY" and silent:
        weekdays = tuple((day, 0) for day in range(7))
    elif silent and (rule.frequency == "WEEKLY" or "BYWEEKNO" in by):
        weekdays = ((start.weekday(), 0),)
    elif silent:
        by["BYMONTHDAY"] = (start.day,)
        if rule.frequency == "YEARLY":
            by.setdefault("BYMONTH", (start.month,))
    if rule.frequency == "MONTHLY":
        by.setdefault("BYMONTH", tuple(range(1, 13)))
    return tuple(by.items()), weekdays


def _named(by: By, weekdays: Weekdays, week_start: int, first: date, last: date) -> Iterator[date]:
    """Yield the days from one to another that the BY parts name."""
    for year in range(first.year, last.year + 1):
        days = named_in(by, weekdays, week_start, year)
        yield from days[bisect_left(days, first) : bisect_right(days, last)]


@lru_cache(maxsize=1024)
def named_in(by: By, weekdays: Weekdays, week_start: int, year: int) -> tuple[date, ...]:
    """Return the days of a year that the BY parts of a yearly rule name."""
    if any(number for _, number in weekdays):
        # dateutil wants a day to be both, one of the numbered ones and one of the others.
        numbers = range(1, 6 if "BYMONTH" in dict(by) else 54)
        weekdays = tuple((d, each) for d, n in weekdays for each in ((n,) if n else numbers))
    said: dict[str, Any] = {name.lower(): numbers for name, numbers in by}
    found = rrule(
        YEARLY,
        date(year, 1, 1),
        interval=_ALONE,
        wkst=week_start,
        byweekday=[weekday(day, number or None) for day, number in weekdays] or None,
        **said,
    )
    return tuple(moment.date() for moment in found)
