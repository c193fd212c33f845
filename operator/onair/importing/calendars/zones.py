"""The time zones of a calendar: IANA's, Windows', and those that only its VTIMEZONEs explain."""

from datetime import timezone
from typing import Final

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from onair.importing.calendars.clocks import Clocks
from onair.importing.calendars.components import Component
from onair.importing.instants import known_zone
from onair.importing.notes import LeftOutError, quoted

_MOST_PARTS: Final = 5
_MOST_CHANGES: Final = 100
_MOST_LOOKED_UP: Final = 300
"""Zones in as many years that one calendar may explain: each takes some milliseconds."""


class CalendarZones:
    """Finds the IANA name of each TZID of one calendar.

    Attributes:
        preferred: IANA names that are tried first for a zone that only the file explains.
        told: which IANA names such zones became, and whose clocks the file gives otherwise.
    """

    def __init__(self, calendar: Component, preferred: tuple[str, ...]) -> None:
        self.preferred = preferred
        self._described = {zone.text("TZID"): zone for zone in calendar.named("VTIMEZONE")}
        self._found: dict[tuple[str, int], str | LeftOutError] = {}
        self.told: set[str] = set()

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
            named = self._named(tzid)
            if named:
                self._compare(tzid, named, year)
            return named or self._same_clocks(tzid, year)
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

    def _compare(self, tzid: str, name: str, year: int) -> None:
        """Tell if the file gives other clocks to a zone than it has."""
        described, where = self._described.get(tzid), known_zone(name)
        if described is None or where is None:
            return
        try:
            differs = self._clocks(tzid, described, year).differ(where)
        except LeftOutError as error:
            self.told.add(f"the VTIMEZONE of {quoted(tzid)} is not read: {error}")
            return
        if differs:
            instant, offset = differs
            here, there = instant.astimezone(where), instant.astimezone(timezone(offset))
            self.told.add(
                f"the time zone {quoted(tzid)} is taken as {name}, although its VTIMEZONE has other"
                f" clocks: {there:%Y-%m-%d %H:%M} where {name} has {here:%Y-%m-%d %H:%M}"
            )

    def _clocks(self, tzid: str, described: Component, year: int) -> Clocks:
        """Return the clocks of a VTIMEZONE in a year and the next.

        Raises:
            LeftOutError: it says something that no clock does, or there are too many zones.
        """
        if len(self._found) >= _MOST_LOOKED_UP:
            raise LeftOutError(f"more than {_MOST_LOOKED_UP} time zones in the file; divide it")
        if len(described.children) > _MOST_CHANGES:
            raise LeftOutError(f"its time zone {quoted(tzid)} has more than {_MOST_CHANGES} rules")
        return Clocks(described, year)

    def _same_clocks(self, tzid: str, year: int) -> str:
        described = self._described.get(tzid)
        if described is None:
            raise LeftOutError(
                f"its time zone {quoted(tzid)} is neither a clear IANA name nor one of"
                " Windows', and no VTIMEZONE of the file explains it; use a name such as"
                " Europe/Amsterdam"
            )
        clocks = self._clocks(tzid, described, year)
        for name in (tzid, *self.preferred, *WINDOWS_TO_OLSON.values()):
            where = known_zone(name)
            if where and not clocks.differ(where):
                if name != tzid:
                    self.told.add(
                        f"the time zone {quoted(tzid)} is taken as {name}, which has the same"
                        " clocks"
                    )
                return name
        raise LeftOutError(
            f"no IANA time zone has the clocks that the file gives to {quoted(tzid)}; use a name"
            " such as Europe/Amsterdam"
        )
