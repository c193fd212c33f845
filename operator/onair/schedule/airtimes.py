"""When one airtime starts, and how long it lasts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from onair.model.airtimes import Airtime
from onair.schedule.recurrence import LAST_DAY, Recurrence
from onair.schedule.rules import Rule, parse_rule
from onair.schedule.zones import to_instant, to_utc, to_wall_clock

END_OF_TIME: Final = datetime(2100, 1, 2, tzinfo=UTC)
"""An instant after every airing: `LAST_DAY` is over everywhere."""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """Starts that a manifest lists: instants (UTC) in order, at least one."""

    instants: tuple[datetime, ...]

    def total(self) -> int | None:
        """Return how many there are."""
        return len(self.instants)

    def left_out(self) -> int:
        """Return how many dates `except` takes out: none, since it stands beside a rule only."""
        return 0

    def too_late(self) -> int:
        """Return how many dates of a COUNT come after 2099: none, since only a rule has one."""
        return 0

    def between(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """Yield the starts from one instant to another, both included, in order."""
        return (instant for instant in self.instants if first <= instant <= last)


@dataclass(frozen=True)
class Repeated:
    """Starts that a rule yields.

    Attributes:
        start: the instant (UTC) of the start, as the manifest says it.
        wall_clock: the same on the clocks of `where`, naive; its time of day holds for every day.
        where: the campaign's time zone.
        rule: what repeats.
        exceptions: dates and date-times at which nothing airs, as the manifest says them.
    """

    start: datetime
    wall_clock: datetime
    where: ZoneInfo
    rule: Rule
    exceptions: tuple[date, ...]

    @cached_property
    def days(self) -> Recurrence:
        """The local days of the rule."""
        return Recurrence(self.rule, self.wall_clock.date(), self._last())

    @cached_property
    def excluded(self) -> frozenset[date]:
        """Local days on which nothing airs, whether the rule has them or not."""
        return frozenset(day for entry in self.exceptions for day in self.meant(entry))

    def total(self) -> int | None:
        """Return how many dates the rule has, with the excluded ones, as `Recurrence.total`."""
        return self.days.total()

    def left_out(self) -> int:
        """Return how many dates of the rule `except` takes out."""
        return sum(self.days.includes(day) for day in self.excluded)

    def too_late(self) -> int:
        """Return how many dates of a COUNT come after 2099, when every rule ends."""
        return 0 if self.rule.count is None else self.rule.count - (self.total() or 0)

    def between(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """Yield the starts from one instant to another, both included, in order, each once."""
        previous = None
        # A local date is at most one day from the date in UTC.
        for day in self.days.between((first - _DAY).date(), (last + _DAY).date()):
            if day in self.excluded:
                continue
            start = self.start_on(day)
            # A day that a zone skips has the instants of the next one.
            if first <= start <= last and start != previous:
                previous = start
                yield start

    def start_on(self, day: date) -> datetime:
        """Return the instant (UTC) at which it starts on one of its local days."""
        # A start with an offset may be the second of two instants with the same wall clock.
        if day == self.wall_clock.date():
            return self.start
        return to_utc(datetime.combine(day, self.wall_clock.time()), self.where)

    def meant(self, entry: date) -> list[date]:
        """Return the local days that an entry of `except` means, none if it is at another time."""
        if not isinstance(entry, datetime):
            return [entry]
        instant = to_instant(entry, self.where)
        said = to_wall_clock(instant, self.where)
        # A start in a gap over midnight is on the clocks of the next day.
        return [
            day
            for day in (said.date(), said.date() - _DAY)
            if self.start_on(day) == instant
            or datetime.combine(day, self.wall_clock.time()) == entry
        ]

    def _last(self) -> date:
        """Return the last day on which an airing may start, as UNTIL has it."""
        until = self.rule.until
        if until is None:
            return LAST_DAY
        if not isinstance(until, datetime):
            return until
        limit = to_instant(until, self.where)
        day = to_wall_clock(limit, self.where).date()
        # As instants, because clocks skip and repeat hours, also over midnight.
        days = (day + n * _DAY for n in (1, 0, -1))
        return next((each for each in days if self.start_on(each) <= limit), day - 2 * _DAY)


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
    return Repeated(start, wall_clock, where, parse_rule(airtime.repeat), airtime.except_)


def length(airtime: Airtime, where: ZoneInfo) -> timedelta:
    """Return how long an airing of an airtime lasts, in exact time, without its slack."""
    if airtime.start is None or airtime.end is None:
        return airtime.duration or timedelta()
    return to_instant(airtime.end, where) - to_instant(airtime.start, where)
