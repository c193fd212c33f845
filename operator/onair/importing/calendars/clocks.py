"""What clocks a VTIMEZONE describes, and whether an IANA zone has the same."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from onair.importing.calendars.components import Component
from onair.importing.notes import LeftOutError, quoted
from onair.model.errors import InvalidManifest
from onair.schedule.recurrence import Recurrence
from onair.schedule.rules import Rule, parse_rule

_OFFSET: Final = re.compile("([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")
_SECOND: Final = timedelta(seconds=1)
_DAY: Final = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 1600, 2400
"""Of what a VTIMEZONE says: .NET writes year 1 for "always"; both are leap years."""


class Clocks:
    """The offsets from UTC that a VTIMEZONE says for a year and the next.

    Raises:
        LeftOutError: it says something that no clock does, or nothing.
    """

    def __init__(self, described: Component, year: int) -> None:
        self._year = year
        self._changes = sorted(_changes(described, year))
        if not self._changes:
            raise LeftOutError("it says no offset from UTC")
        edges = (at for at, _ in self._changes if year <= at.year <= year + 1)
        self._edges = [instant for at in edges for instant in (at, at - _SECOND)]
        self._noons = tuple(map(self._offset, _noons(year)))

    def differ(self, where: ZoneInfo) -> tuple[datetime, timedelta] | None:
        """Return an instant (UTC) at which a zone has another offset than this, None if none.

        Compared each noon, and at the changes.
        """
        theirs = _at_noons(where, self._year)
        if theirs == self._noons:
            instants = self._edges
        else:
            pairs = zip(_noons(self._year), theirs, self._noons, strict=True)
            instants = [next(noon for noon, their, own in pairs if their != own)]
        for instant in instants:
            own = self._offset(instant)
            if _offset_of(where, instant) != own:
                return instant.replace(tzinfo=UTC), own
        return None

    def _offset(self, instant: datetime) -> timedelta:
        index = bisect_right(self._changes, instant, key=lambda change: change[0])
        return self._changes[max(index - 1, 0)][1]


@lru_cache(maxsize=128)
def _noons(year: int) -> tuple[datetime, ...]:
    first = datetime(year, 1, 1, 12)  # noqa: DTZ001 - UTC
    return tuple(first + _DAY * day for day in range(2 * 365))


@lru_cache(maxsize=1024)
def _at_noons(where: ZoneInfo, year: int) -> tuple[timedelta | None, ...]:
    return tuple(_offset_of(where, noon) for noon in _noons(year))


def _offset_of(where: ZoneInfo, instant: datetime) -> timedelta | None:
    return instant.replace(tzinfo=UTC).astimezone(where).utcoffset()


def _changes(described: Component, year: int) -> Iterator[tuple[datetime, timedelta]]:
    """Yield the last changes of a VTIMEZONE before a year, and those in it and the next.

    Raises:
        LeftOutError: it says something that no clock does.
    """
    for observance in described.children:
        before = _offset(observance.text("TZOFFSETFROM"))
        after = _offset(observance.text("TZOFFSETTO"))
        begins = _local(observance.text("DTSTART"))
        yield begins - before, after
        rule = observance.text("RRULE")
        if not rule:
            continue
        yearly = _yearly(rule)
        until = yearly.until or date.max
        days = Recurrence(replace(yearly, until=None), begins.date())
        # Long ago, such as 1601 in Outlook's files, the rule was the same.
        for day in days.between(date(year - 1, 1, 1), date(year + 1, 12, 31)):
            instant = datetime.combine(day, begins.time()) - before
            if (instant if isinstance(until, datetime) else day) <= until:
                yield instant, after


def _yearly(text: str) -> Rule:
    """Return a rule of clocks, which change by the year; UNTIL, if it is a date-time, naive in UTC.

    Raises:
        LeftOutError: it is another rule.
    """
    try:
        rule = parse_rule(text)
    except InvalidManifest as error:
        raise LeftOutError(f"{quoted(text)} is no yearly change of clocks") from error
    if rule.frequency != "YEARLY" or rule.count is not None:
        raise LeftOutError(f"{quoted(text)} is no yearly change of clocks")
    if isinstance(rule.until, datetime):
        return replace(rule, until=rule.until.replace(tzinfo=None))
    return rule


def _offset(text: str) -> timedelta:
    found = _OFFSET.fullmatch(text)
    if not found:
        raise LeftOutError(f"{quoted(text)} is no offset from UTC, such as +0100")
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if offset >= _DAY:
        raise LeftOutError(f"{quoted(text)} is no offset from UTC, such as +0100")
    return -offset if found[1] == "-" else offset


def _local(text: str) -> datetime:
    try:
        said = datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - on the zone's own clocks
        return said.replace(year=min(max(said.year, _FIRST_YEAR), _LAST_YEAR))
    except ValueError as error:
        raise LeftOutError(
            f"{quoted(text)} is no date and time, such as 20270109T203000"
        ) from error
