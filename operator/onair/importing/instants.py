"""Instants, and how manifests write them."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from onair.importing.notes import quoted
from onair.model.errors import InvalidManifest
from onair.schedule.zones import to_utc, to_wall_clock, zone

_FORMAT: Final = "%Y-%m-%dT%H:%M:%S"
_AMBIGUOUS: Final = frozenset(("EST", "MST", "HST", "CET", "MET", "EET", "WET"))
"""IANA names that people write for clocks with summer time as well as without."""


def known_zone(name: str) -> ZoneInfo | None:
    """Return the time zone of an IANA name, None if there is none or it could mean two things."""
    if name in _AMBIGUOUS:
        return None
    try:
        return zone(name)
    except InvalidManifest:
        return None


def no_zone(name: str) -> str:
    """Return what is wrong with the name of a time zone that is not known."""
    if name in _AMBIGUOUS:
        problem = "could be clocks with or without summer time"
    else:
        problem = "is no time zone"
    return f"{quoted(name)} {problem}; write it as Europe/Amsterdam"


def written(instant: datetime, where: ZoneInfo) -> str:
    """Return an instant on the clocks of `where`; with Z when they show that time twice."""
    wall_clock = to_wall_clock(instant, where)
    if to_utc(wall_clock, where) == instant:
        return wall_clock.strftime(_FORMAT)
    return instant.astimezone(UTC).strftime(_FORMAT + "Z")


def oddity(wall_clock: datetime, where: ZoneInfo) -> str | None:
    """Return what is odd about a wall-clock time: clocks skip it or show it twice."""
    first = to_utc(wall_clock, where)
    shown = to_wall_clock(first, where)
    if shown != wall_clock:
        return f"clocks skip {wall_clock:%H:%M} that day: taken as {shown:%H:%M}"
    second = wall_clock.replace(tzinfo=where, fold=1).astimezone(UTC)
    if second != first:
        return f"clocks show {wall_clock:%H:%M} twice that day: the first is taken"
    return None
