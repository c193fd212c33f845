"""What time it is for the API server, as the `Date` of its answers tells."""

from __future__ import annotations

from collections import deque
from datetime import UTC
from email.utils import parsedate_to_datetime
from statistics import median
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

KEPT = 5
"""Answers of which the middle one counts: two that are wrong or slow change nothing."""

NEEDED = 3
"""Answers until anything is claimed."""

QUICK = 1.0
"""Seconds within which an answer comes whose date says enough."""

HALF = 0.5
"""A date names its second, of which the middle is the best guess (RFC 9110, 6.6.1)."""


class ServerClock:
    """The API server's clock, followed between answers by this machine's monotonic one.

    So a step of this machine's own clock, which is what it is compared with, does not move it.
    """

    def __init__(self) -> None:
        self._ahead: deque[float] = deque(maxlen=KEPT)

    def note(self, header: str | None, asked: float, answered: float) -> None:
        """Take in the `Date` of an answer, given when it was asked for and came, in monotonic s."""
        date = parsed(header)
        if date is not None and answered - asked <= QUICK:
            self._ahead.append(date.timestamp() + HALF - (asked + answered) / 2)

    def now(self) -> float | None:
        """Return the server's time in seconds since 1970 (UTC), to a second; None if unknown."""
        return median(self._ahead) + monotonic() if len(self._ahead) >= NEEDED else None


def parsed(header: str | None) -> datetime | None:
    """Return the instant of an HTTP date (RFC 9110, 5.6.7), None where there is none.

    That is UTC, also where a proxy in between says `-0000`, which is read as no zone at all.
    """
    try:
        date = parsedate_to_datetime(header) if header else None
        return date.replace(tzinfo=UTC) if date and date.tzinfo is None else date
    except (ValueError, OverflowError):
        return None
