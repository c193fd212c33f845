"""When the API server wants a request to come back, and until when it is kept back for that."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from onair.cluster.dates import parsed
from onair.cluster.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Mapping

TOO_MANY_REQUESTS = 429
SERVICE_UNAVAILABLE = 503
FIRST_OF_THE_SERVERS = 500

UNSAID = 1.0
"""Seconds to wait where the server only says that it is busy, as its own 429s ask for
(k8s.io/apiserver, pkg/server/filters/priority-and-fairness.go)."""

LONGEST = 60.0
"""Seconds after which it is asked again whatever it said: floors must rise within a minute of the
end of any trouble (L1)."""


def seconds_to_wait(status: int, headers: Mapping[str, str]) -> float | None:
    """Return after how many seconds an answer asks to come back, None if it does not.

    429 and 503 always do, other errors of a server where they say so, as client-go reads them
    (k8s.io/client-go, rest/with_retry.go). `Retry-After` is in seconds or a date (RFC 9110,
    10.2.3), which is compared with the date of the answer: their clock, not ours.
    """
    said = _said(headers)
    if status in {TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE}:
        return UNSAID if said is None else said
    return said if status >= FIRST_OF_THE_SERVERS else None


def _said(headers: Mapping[str, str]) -> float | None:
    header = headers.get("Retry-After", "").strip()
    if header.isdecimal():
        return min(float(header), LONGEST)
    until, now = parsed(header), parsed(headers.get("Date"))
    if until is None or now is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), LONGEST)


@dataclass(frozen=True, slots=True)
class _Pause:
    until: float
    error: BusyError


class Pauses:
    """Requests that the API server does not want to see yet, by method and path.

    They are kept back for `longest` seconds, whatever the server says.
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._pauses: dict[tuple[str, str], _Pause] = {}

    def begin(self, method: str, path: str, error: BusyError) -> None:
        """Keep a request back for as long as an error says."""
        seconds = min(error.retry_after, self._longest)
        pause = self._pauses[method, path] = _Pause(monotonic() + seconds, error)
        asyncio.get_running_loop().call_later(seconds, self._end, method, path, pause)

    def check(self, method: str, path: str) -> None:
        """Let a request pass.

        Raises:
            BusyError: what the server said last of this request, with the seconds still to wait.
        """
        pause = self._pauses.get((method, path))
        if pause and (left := pause.until - monotonic()) > 0:
            raise BusyError(str(pause.error), pause.error.status, left)

    def _end(self, method: str, path: str, pause: _Pause) -> None:
        if self._pauses.get((method, path)) is pause:
            del self._pauses[method, path]
