"""What is wrong with a trace, and how its words are shown."""

from datetime import UTC, datetime
from typing import Final

_LONGEST: Final = 60


class TraceError(ValueError):
    """A trace cannot be read; the message says the line and what would be right."""


def quoted(text: str) -> str:
    """Return what a file says in quotes: short, in one line and safe for a terminal."""
    return repr(text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "...")


def instant(seconds: int) -> str:
    """Return seconds since 1970 as an instant in UTC, such as `2027-01-09T20:30:00Z`."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
