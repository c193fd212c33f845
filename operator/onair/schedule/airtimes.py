"""When one airtime starts, and how long it lasts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from onair.model.airtimes import Airtime
from onair.schedule.recurrence import LAST_DAY, Recurrence
from onair.schedule.rules import parse_rule
from onair.schedule.zones import to_instant, to_utc, to_wall_clock

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """Starts that a manifest lists: instants (UTC) in order, at least one."""

    instants: tuple[datetime, ...]

    def first(self) -> datetime | None:
        """Return the first start."""
        return self.instants[0]

    def total(self) -> int | None:
        """Return how many there are."""
        return len(self.instants)

    def left_out(self) -> int:
        """Return how many dates `except` takes out: none, since it stands beside a rule only."""
        return 0

    def between(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """Yield the starts from one instant to another, both included, in order."""
        return (instant for instant in self.instants if first <= instant <= last)


@dataclass(frozen=True, slots=True)
class Repeated:
    """Starts that a rule yields.

    Attributes:
        start: the instant (UTC) of the start, as the manifest says it.
        wall_clock: the same on the clocks of `where`, naive; its time of day holds for every day.
        where: the campaign's time zone.
        days: the local days of the rule.
        excluded: local days on which nothing airs.
    """

    start: datetime
    wall_clock: datetime
    where: ZoneInfo
    days: Recurrence
    excluded: frozenset[date]

    def first(self) -> datetime | None:
        """Return the first start; None if there is none."""
        days = self.days.between(self.days.start, self.days.last)
        return next((self.start_on(day) for day in days if day not in self.excluded), None)

    def total(self) -> int | None:
        """Return how many dates the rule has, with the excluded ones, as `Recurrence.total`."""
        return self.days.total()

    def left_out(self) -> int:
        """Return how many dates of the rule `except` takes out."""
        return sum(self.days.includes(day) for day in self.excluded)

    def between(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """Yield the starts from one instant to another, both included, in order."""
        # A local date is at most one day from the date in UTC.
        for day in self.days.between((first - _DAY).date(), (last + _DAY).date()):
            if day not in self.excluded and first <= (start := self.start_on(day)) <= last:
                yield start

    def start_on(self, day: date) -> datetime:
        """Return the instant (UTC) at which it starts on one of its local days."""
        # A start with an offset may be the second of two instants with the same wall clock.
        if day == self.wall_clock.date():
            return self.start
        return to_utc(datetime.combine(day, self.wall_clock.time()), self.where)


Starts = Listed | Repeated


def starts(airtime: Airtime, where: ZoneInfo) -> Starts:
    """Return when an airtime starts, in a campaign of the time zone `where`.

    Raises:
        InvalidManifest: UnparsableRule; the message begins with the field of the airtime.
    """
    if airtime.start is None:
        return Listed(tuple(sorted(to_instant(each, where) for each in airtime.starts or ())))
    start = to_instant(airtime.start, where)
    if airtime.repeat is None:
        return Listed((start,))
    wall_clock = to_wall_clock(start, where) if airtime.start.tzinfo else airtime.start
    rule = parse_rule(airtime.repeat)
    days = Recurrence(rule, wall_clock.date(), _last(rule.until, wall_clock.time(), where))
    found = Repeated(start, wall_clock, where, days, frozenset())
    excluded = (_excluded(entry, found) for entry in airtime.except_)
    return replace(found, excluded=frozenset(day for day in excluded if day))


def length(airtime: Airtime, where: ZoneInfo) -> timedelta:
    """Return how long an airing of an airtime lasts, in exact time, without its slack."""
    if airtime.start is None or airtime.end is None:
        return airtime.duration or timedelta()
    return to_instant(airtime.end, where) - to_instant(airtime.start, where)


def _last(until: date | None, clock: time, where: ZoneInfo) -> date:
    """Return the last day on which an airing may start at a time of day, as UNTIL has it."""
    if until is None:
        return LAST_DAY
    if not isinstance(until, datetime):
        return until
    limit = to_instant(until, where)
    day = to_wall_clock(limit, where).date()
    # As an instant, because clocks skip and repeat hours.
    return day if to_utc(datetime.combine(day, clock), where) <= limit else day - _DAY


def _excluded(entry: date, found: Repeated) -> date | None:
    """Return the local day that an entry of `except` means, None if it is at another time."""
    if not isinstance(entry, datetime):
        return entry
    if entry.tzinfo:
        day = to_wall_clock(entry, found.where).date()
        return day if found.start_on(day) == entry else None
    return entry.date() if entry.time() == found.wall_clock.time() else None
