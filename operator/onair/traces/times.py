"""The times of a trace, all written in one way: ISO 8601, or seconds or milliseconds since 1970."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from onair.traces.errors import TraceError, quoted

_ISO: Final = re.compile(
    "([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,]([0-9]{1,9}))?"
    " ?(Z|UTC|GMT|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)?",
    re.IGNORECASE,
)
_UNIX: Final = re.compile("([0-9]{9,13})(?:[.]([0-9]{1,9}))?")
_MILLISECONDS: Final = 11
"""Digits of milliseconds since 1970, at least; the last second of 2099 has ten."""
_FIRST: Final = datetime(1990, 1, 1, tzinfo=UTC).timestamp()
_LAST: Final = datetime(2100, 1, 1, tzinfo=UTC).timestamp()

_OFFSET: Final = "a time with Z or an offset"
_LOCAL: Final = "a time with neither Z nor an offset"
_SECONDS: Final = "seconds since 1970"
_MILLIS: Final = "milliseconds since 1970"


class Times:
    """Reads the times of one trace, which must all be written as the first one is."""

    def __init__(self, *, is_utc: bool, has_zone: bool) -> None:
        """Say whether times without Z and offset are in UTC; if not, whether their zone is known.

        In UTC, an offset other than 0 is refused.
        """
        self._is_utc = is_utc
        self._has_zone = has_zone
        self._kind = ""

    @property
    def are_local(self) -> bool:
        """Tell whether they are what clocks on a wall show in a zone, and not in UTC."""
        return self._kind == _LOCAL and not self._is_utc

    def seconds(self, text: str) -> float:
        """Return the seconds since 1970 of a time; of local times as if clocks showed UTC.

        Raises:
            TraceError: it is no time of 1990 to 2099, or is not written as the first one was.
        """
        seconds, offset, kind = _iso(text) or _unix(text)
        if kind != self._kind:
            self._begin(text, kind)
        if offset and self._is_utc:
            raise TraceError(f"{quoted(text)} is not in UTC, as the header says; correct one")
        if not _FIRST <= seconds - offset < _LAST:
            raise TraceError(f"{quoted(text)} is in no year from 1990 to 2099; correct it")
        return seconds - offset

    def _begin(self, text: str, kind: str) -> None:
        if self._kind:
            raise TraceError(
                f"{quoted(text)} is {kind}, the time before it {self._kind};"
                " write all times in one way"
            )
        if kind == _LOCAL and not (self._is_utc or self._has_zone):
            raise TraceError(
                f"{quoted(text)} has neither Z nor an offset; say its zone with --time-zone,"
                " or call the column time_utc if it is in UTC"
            )
        self._kind = kind


def _iso(text: str) -> tuple[float, int, str] | None:
    """Return the seconds that clocks show, by how many they are ahead of UTC, and the kind."""
    found = _ISO.fullmatch(text)
    if not found:
        return None
    day, clock, fraction, offset = found.groups()
    try:
        seconds = datetime.fromisoformat(f"{day}T{clock}+00:00").timestamp()
    except ValueError:
        raise TraceError(f"{quoted(text)} is a time that no calendar has; correct it") from None
    if fraction:
        seconds += float(f"0.{fraction}")
    return (seconds, _ahead(offset), _OFFSET) if offset else (seconds, 0, _LOCAL)


@lru_cache(maxsize=64)
def _ahead(offset: str) -> int:
    """Return the seconds of `Z`, `UTC`, `+02`, `+0200` or `+02:00`."""
    if offset.isalpha():
        return 0
    minutes = int(offset[1:3]) * 60 + (int(offset[-2:]) if len(offset) > len("+02") else 0)
    return -60 * minutes if offset.startswith("-") else 60 * minutes


def _unix(text: str) -> tuple[float, int, str]:
    found = _UNIX.fullmatch(text)
    if not found:
        raise TraceError(
            f"{quoted(text)} is no time; write it as 2027-01-09T20:30:00Z, or in seconds since 1970"
        )
    if len(found[1]) >= _MILLISECONDS:
        return float(text) / 1000, 0, _MILLIS
    return float(text), 0, _SECONDS
