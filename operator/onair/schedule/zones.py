"""Time zones, always from the pinned tzdata package and never from the machine.

So that the same manifest means the same instants everywhere, and that no name is a file of the
machine's own.
"""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from onair.model.errors import InvalidManifest
from onair.model.reasons import UNKNOWN_TIME_ZONE


def zone(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name such as Europe/Amsterdam.

    Raises:
        InvalidManifest: UnknownTimeZone.
    """
    if name not in _names():
        raise InvalidManifest(
            UNKNOWN_TIME_ZONE,
            f"spec.timeZone: there is no time zone {name}; use an IANA name such as"
            " Europe/Amsterdam or UTC",
        )
    return _load(name)


def to_instant(said: datetime, where: ZoneInfo) -> datetime:
    """Return the instant (UTC) of a date-time as manifests write it: with an offset or without."""
    return said.astimezone(UTC) if said.tzinfo else to_utc(said, where)


def to_utc(wall_clock: datetime, where: ZoneInfo) -> datetime:
    """Return the instant at which clocks show a naive date-time.

    As RFC 5545 (3.3.5) says: in a gap the offset before the gap holds, of two such instants the
    first counts. Both is what Python's fold 0 means (PEP 495).
    """
    return wall_clock.replace(tzinfo=where, fold=0).astimezone(UTC)


def to_wall_clock(instant: datetime, where: ZoneInfo) -> datetime:
    """Return the naive date-time that clocks show at an instant."""
    return instant.astimezone(where).replace(tzinfo=None)


@cache
def _names() -> frozenset[str]:
    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split())


@cache
def _load(name: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)
