"""What is wrong with a trace, and how its words are shown."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

_LONGEST: Final = 60


class TraceError(ValueError):
    """A trace cannot be read; the message says the line and what would be right."""


def quoted(text: str, longest: int = _LONGEST) -> str:
    """Return what a file says in quotes: short, in one line and safe for a terminal."""
    return repr(text if len(text) <= longest else text[: longest - 3] + "...")


def instant(seconds: int, where: ZoneInfo | None = None) -> str:
    """Return seconds since 1970 as an instant: `2027-01-09T20:30:00Z`, or a zone's `...+01:00`."""
    if where:
        return datetime.fromtimestamp(seconds, where).isoformat()
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
