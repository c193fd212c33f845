"""One airtime of a campaign: the dates that it has, and what makes them impossible."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from onair.model.airtimes import Airtime
from onair.model.errors import InvalidManifest
from onair.model.quantities import format_duration
from onair.model.reasons import AIRTIME_OVERLAPS_ITSELF, RULE_NEVER_OCCURS
from onair.schedule.rules import Weekly, weekly
from onair.schedule.zones import to_utc, to_wall_clock

_ONCE: Final = "FREQ=WEEKLY;COUNT=1"


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one airtime.

    Attributes:
        first: the instant (UTC) of its start, as the manifest says it.
        wall_clock: the same on the clocks of `where`, naive; its time of day holds for every date.
        where: the campaign's time zone.
        rule: the repetition.
        excluded: those of its local days on which nothing airs.
    """

    first: datetime
    wall_clock: datetime
    where: ZoneInfo
    rule: Weekly
    excluded: frozenset[date]

    def between(self, first: date, last: date) -> Iterator[datetime]:
        """Yield the instants (UTC) at which it starts, from one local day to another."""
        for day in self.rule.between(first, last):
            if day not in self.excluded:
                yield self.start_on(day)

    def start_on(self, day: date) -> datetime:
        """Return the instant (UTC) at which it starts on one of its local days."""
        # A start with an offset may be the second of two instants with the same wall clock.
        if day == self.wall_clock.date():
            return self.first
        return to_utc(datetime.combine(day, self.wall_clock.time()), self.where)


def dates(airtime: Airtime, where: ZoneInfo) -> Dates:
    """Return the dates of an airtime in the time zone `where`.

    Raises:
        InvalidManifest: UnparsableRule, StartOutsideRule, RuleNeverOccurs, AirtimeOverlapsItself;
            the message begins with the field of the airtime.
    """
    start = airtime.start
    first = start.astimezone(UTC) if start.tzinfo else to_utc(start, where)
    wall_clock = to_wall_clock(start, where) if start.tzinfo else start
    rule = weekly(airtime.repeat or _ONCE, wall_clock, where)
    found = Dates(first, wall_clock, where, rule, frozenset())
    excluded = frozenset(day for entry in airtime.except_ for day in _days(entry, found))
    if rule.total == len(excluded):
        raise InvalidManifest(
            RULE_NEVER_OCCURS,
            "repeat: nothing would ever air; UNTIL must not come before the start,"
            " and except must leave a date",
        )
    _check_overlap(airtime.duration, rule)
    return Dates(first, wall_clock, where, rule, excluded)


def _days(entry: date | datetime, found: Dates) -> Iterator[date]:
    """Yield the local day that an entry of `except` takes out, if it is one of the dates."""
    if not isinstance(entry, datetime):
        day, meant = entry, True
    elif entry.tzinfo:
        day = to_wall_clock(entry, found.where).date()
        meant = found.start_on(day) == entry
    else:
        day, meant = entry.date(), entry.time() == found.wall_clock.time()
    if meant and found.rule.includes(day):
        yield day


def _check_overlap(duration: timedelta, rule: Weekly) -> None:
    gap = rule.shortest_gap()
    if gap is not None and duration > timedelta(days=gap):
        raise InvalidManifest(
            AIRTIME_OVERLAPS_ITSELF,
            f"duration: an airing of {format_duration(duration)} would still run when the next one"
            f" begins {gap} d later; shorten it or let it repeat less often",
        )
