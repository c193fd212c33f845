"""The time zones of a calendar: IANA's, Windows', and those that only its VTIMEZONEs explain."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from onair.importing.calendars.components import Component
from onair.importing.instants import known_zone
from onair.importing.notes import LeftOutError, quoted
from onair.model.errors import InvalidManifest
from onair.schedule.recurrence import Recurrence
from onair.schedule.rules import Rule, parse_rule

_OFFSET: Final = re.compile("([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")
_DAY: Final = timedelta(days=1)
_MOST_PARTS: Final = 5
_MOST_CHANGES: Final = 100
_MOST_LOOKED_UP: Final = 300
"""Zones in as many years that one calendar may explain: each takes some hundredths of a second."""
_FIRST_YEAR, _LAST_YEAR = 1600, 2400
"""Of what a VTIMEZONE says: .NET writes year 1 for "always"; both are leap years."""

Changes = list[tuple[datetime, timedelta]]
"""From which instant (UTC, naive) which offset from UTC holds, sorted."""


class CalendarZones:
    """Finds the IANA name of each TZID of one calendar.

    Attributes:
        preferred: IANA names that are tried first for a zone that only the file explains.
        taken: which IANA names such zones became.
    """

    def __init__(self, calendar: Component, preferred: tuple[str, ...]) -> None:
        self.preferred = preferred
        self._described = {zone.text("TZID"): zone for zone in calendar.named("VTIMEZONE")}
        self._found: dict[tuple[str, int], str | LeftOutError] = {}
        self.taken: dict[str, str] = {}

    def name(self, tzid: str, year: int) -> str:
        """Return the IANA name of a TZID that is used in a year.

        A name that only the file knows becomes a zone whose clocks are the same in that year and
        the next: a preferred one, else the first of those for which Windows has names.

        Raises:
            LeftOutError: there is none.
        """
        found = self._found.get((tzid, year))
        if found is None:
            found = self._found[tzid, year] = self._looked_up(tzid, year)
        if isinstance(found, LeftOutError):
            raise LeftOutError(str(found))
        return found

    def _looked_up(self, tzid: str, year: int) -> str | LeftOutError:
        try:
            return self._named(tzid) or self._same_clocks(tzid, year)
        except LeftOutError as error:
            return error

    def _named(self, tzid: str) -> str | None:
        """Return the IANA name that a TZID or its VTIMEZONE says.

        A short one such as GMT holds only if the file does not explain it: it may mean others.
        """
        described = self._described.get(tzid)
        location = described.text("X-LIC-LOCATION") if described else ""
        parts = tzid.strip("/").rsplit("/", _MOST_PARTS)
        # Such as /freeassociation.sourceforge.net/Europe/Amsterdam.
        suffixes = ["/".join(parts[first:]) for first in range(len(parts))]
        names = filter(known_zone, [*suffixes, WINDOWS_TO_OLSON.get(tzid, ""), location])
        return next((name for name in names if described is None or "/" in name), None)

    def _same_clocks(self, tzid: str, year: int) -> str:
        described = self._described.get(tzid)
        if described is None:
            raise LeftOutError(
                f"its time zone {quoted(tzid)} is neither a clear IANA name nor one of"
                " Windows', and no VTIMEZONE of the file explains it; use a name such as"
                " Europe/Amsterdam"
            )
        if len(self._found) >= _MOST_LOOKED_UP:
            raise LeftOutError(f"more than {_MOST_LOOKED_UP} time zones in the file; divide it")
        if len(described.children) > _MOST_CHANGES:
            raise LeftOutError(f"its time zone {quoted(tzid)} has more than {_MOST_CHANGES} rules")
        changes = sorted(_changes(described, year))
        for name in (tzid, *self.preferred, *WINDOWS_TO_OLSON.values()):
            where = known_zone(name)
            if where and _agree(changes, where, year):
                if name != tzid:
                    self.taken[tzid] = name
                return name
        raise LeftOutError(
            f"no IANA time zone has the clocks that the file gives to {quoted(tzid)}; use a name"
            " such as Europe/Amsterdam"
        )


def _agree(changes: Changes, where: ZoneInfo, year: int) -> bool:
    """Tell whether a zone has these offsets in a year and the next: each noon, and at changes."""
    if not changes:
        return False
    noons = (datetime(year, 1, 1, 12) + _DAY * day for day in range(2 * 365))  # noqa: DTZ001 - UTC
    edges = (at for at, _ in changes if year <= at.year <= year + 1)
    around = (instant for at in edges for instant in (at, at - timedelta(seconds=1)))
    return all(
        instant.replace(tzinfo=UTC).astimezone(where).utcoffset() == _offset_at(changes, instant)
        for instant in (*around, *noons)
    )


def _offset_at(changes: Changes, instant: datetime) -> timedelta:
    index = bisect_right(changes, instant, key=lambda change: change[0])
    return changes[max(index - 1, 0)][1]


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
    return -offset if found[1] == "-" else offset


def _local(text: str) -> datetime:
    try:
        said = datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - on the zone's own clocks
        return said.replace(year=min(max(said.year, _FIRST_YEAR), _LAST_YEAR))
    except ValueError as error:
        raise LeftOutError(
            f"{quoted(text)} is no date and time, such as 20270109T203000"
        ) from error
