"""The time zones of a calendar: IANA's, Windows', and those that only its VTIMEZONEs explain."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from onair.importing.components import Component
from onair.importing.moments import known_zone
from onair.importing.notes import LeftOutError, quoted

_YEARLY: Final = re.compile(
    "FREQ=YEARLY(;(INTERVAL=1|BYMONTH=(0?[1-9]|1[0-2])|BYDAY=-?[0-9]?[A-Z]{2}|BYMONTHDAY=[0-9,]+"
    "|WKST=[A-Z]{2}|UNTIL=(?P<until>[0-9]{8}T[0-9]{6})Z?))+"
)
"""How clocks change; nothing else, so that no rule can take long."""
_OFFSET: Final = re.compile("([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")
_DAY: Final = timedelta(days=1)
_MOST_CHANGES: Final = 100

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
        self._found: dict[tuple[str, int], str] = {}
        self.taken: dict[str, str] = {}

    def name(self, tzid: str, year: int) -> str:
        """Return the IANA name of a TZID that is used in a year.

        A name that only the file knows becomes a zone whose clocks are the same in that year and
        the next: a preferred one, else the first of those for which Windows has names.

        Raises:
            LeftOutError: there is none.
        """
        if (tzid, year) not in self._found:
            self._found[tzid, year] = self._named(tzid) or self._same_clocks(tzid, year)
        return self._found[tzid, year]

    def _named(self, tzid: str) -> str | None:
        """Return the IANA name that a TZID or its VTIMEZONE says."""
        described = self._described.get(tzid)
        location = described.text("X-LIC-LOCATION") if described else ""
        parts = tzid.strip("/").split("/")
        # Such as /freeassociation.sourceforge.net/Europe/Amsterdam.
        suffixes = ["/".join(parts[first:]) for first in range(len(parts))]
        candidates = [*suffixes, WINDOWS_TO_OLSON.get(tzid, ""), location]
        return next((name for name in candidates if known_zone(name)), None)

    def _same_clocks(self, tzid: str, year: int) -> str:
        described = self._described.get(tzid)
        if described is None:
            raise LeftOutError(
                f"its time zone {quoted(tzid)} is neither an IANA nor a Windows name, and no"
                " VTIMEZONE of the file explains it; use a name such as Europe/Amsterdam"
            )
        if len(described.children) > _MOST_CHANGES:
            raise LeftOutError(f"its time zone {quoted(tzid)} has more than {_MOST_CHANGES} rules")
        changes = sorted(_changes(described, year))
        for name in (*self.preferred, *WINDOWS_TO_OLSON.values()):
            where = known_zone(name)
            if where and _agree(changes, where, year):
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
        found = _YEARLY.fullmatch(rule)
        if not found:
            raise LeftOutError(f"{quoted(rule)} is no yearly change of clocks")
        until = _local(found["until"]) if found["until"] else datetime.max  # noqa: DTZ901 - UTC
        # Long ago, such as 1601 in Outlook's files, the rule was the same.
        start = max(begins, begins.replace(year=year - 1, month=1, day=1))
        yearly = re.sub(";UNTIL=[^;]*", "", rule)
        try:
            dates = rrulestr(yearly, dtstart=start).xafter(start, _MOST_CHANGES, inc=True)
            local = [each for each in dates if each.year <= year + 1]
        except ValueError as error:
            raise LeftOutError(f"{quoted(rule)} is no yearly change of clocks") from error
        yield from ((each - before, after) for each in local if each - before <= until)


def _offset(text: str) -> timedelta:
    found = _OFFSET.fullmatch(text)
    if not found:
        raise LeftOutError(f"{quoted(text)} is no offset from UTC, such as +0100")
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -offset if found[1] == "-" else offset


def _local(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - on the zone's own clocks
    except ValueError as error:
        raise LeftOutError(
            f"{quoted(text)} is no date and time, such as 20270109T203000"
        ) from error
