"""How far this process's clock and the API server's are apart, and what time it is for both.

Nobody knows which of them is right, so floors rise by the one that is ahead and fall by the one
that is behind. The server's is followed by the monotonic clock, so a step of either is seen.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from onair.clock import Clock

TOLERATED = 5.0
"""Seconds apart up to which both clocks are taken for one (reliability, fault 14)."""

AGAIN_ONE = 4.0
"""Seconds apart at which they are one again: a date names a second only, so it wavers by one."""

FARTHEST = timedelta(days=1)
"""Calendar time beyond which the server's clock counts as this far away: all that lies between is
planned for, and at much larger distances neither would accept the other's certificate."""

LOOK_EVERY = 1.0
"""Real seconds between two comparisons of the clocks."""


class Now(NamedTuple):
    """An instant of the calendar (UTC) as two clocks have it.

    `at` is that of the one behind, `ahead` at least how far the other is ahead of it, `own` how far
    this process's is.
    """

    at: datetime
    ahead: timedelta = timedelta(0)
    own: timedelta = timedelta(0)

    def by_own(self, instant: datetime) -> datetime:
        """Return what this process's clock shows when the one behind shows an instant."""
        return instant + self.own


class Skew:
    """The API server's clock beside this process's; `server` says its time in seconds since 1970.

    `changed` is called when they are farther apart, or less far, than was planned with.
    """

    def __init__(
        self, clock: Clock, server: Callable[[], float | None], changed: Callable[[], None]
    ) -> None:
        self._clock = clock
        self._server = server
        self._changed = changed
        self.apart = 0.0

    def measured(self) -> float:
        """Return by how many real seconds the server's clock is ahead of ours, 0 if unknown."""
        server = self._server()
        return server - self._clock.real_now().timestamp() if server is not None else 0.0

    def now(self) -> Now:
        """Return the present instant, or the stretch of them that the clocks allow."""
        self.apart = settled(self.apart, self.measured())
        own = self._clock.now()
        if not self.apart:
            return Now(own)
        length = self._clock.calendar_length(abs(self.apart) + slack(self.apart))
        ahead = timedelta(seconds=ceil(min(length, FARTHEST).total_seconds()))
        behind = ahead if self.apart < 0 else timedelta(0)
        return Now(own - behind, ahead, behind)

    async def run(self) -> None:
        """Compare the clocks for ever."""
        told = self.apart
        while True:
            self.now()
            if self.apart != told:
                told = self.apart
                self._changed()
            await asyncio.sleep(LOOK_EVERY)


def settled(before: float, measured: float) -> float:
    """Return the distance in seconds to plan with, 0 while the clocks count as one.

    It follows what is measured only when that has moved by more than its slack: each time
    everything is planned anew.
    """
    if abs(measured) <= (AGAIN_ONE if before else TOLERATED):
        return 0.0
    return before if before and abs(measured - before) <= slack(before) else measured


def slack(apart: float) -> float:
    """Return by how many seconds a distance may move until everything is planned anew.

    A second for what a date leaves open, and a twentieth, so that a clock that stands still does
    not keep the process busy with it.
    """
    return 1.0 + abs(apart) / 20


def told(apart: float) -> str:
    """Say what a distance means, "" while the clocks count as one."""
    if not apart:
        return ""
    ahead, behind = ("API server's", "operator's") if apart > 0 else ("operator's", "API server's")
    return (
        f"the {ahead} clock is {_rounded(abs(apart))} ahead of the {behind}: floors rise by the"
        " first and fall by the second until they agree; set the clock that is wrong (NTP)"
    )


def _rounded(seconds: float) -> str:
    """Say a length of time roughly: of two measurements the text shall not change."""
    for unit, size in (("h", 3600), ("m", 60)):
        if seconds >= 2 * size:
            return f"about {round(seconds / size)}{unit}"
    return f"about {5 * max(1, round(seconds / 5))}s"
