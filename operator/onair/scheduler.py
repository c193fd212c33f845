"""A heap of the next calendar instants at which something is due."""

from __future__ import annotations

import asyncio
from heapq import heapify, heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from onair.clock import Clock

Key = TypeVar("Key")

LONGEST_SLEEP = 1.0
"""Seconds of monotonic sleep at a time, so that steps of the wall clock are noticed."""


FORGOTTEN = 3
"""How many times the keys the heap may hold: instants that were moved stay in it until then."""


class Scheduler(Generic[Key]):
    """Calls `due(key)` at each key's next instant; a key has one instant at most."""

    def __init__(self, clock: Clock, due: Callable[[Key], None]) -> None:
        self._clock = clock
        self._due = due
        self._heap: list[tuple[datetime, int, Key]] = []
        self._order = count()
        self._next: dict[Key, datetime] = {}
        self._earlier = asyncio.Event()

    def wake(self, key: Key, instant: datetime | None) -> None:
        """Set a key's next instant (calendar time, UTC); None takes it away."""
        if instant is None:
            self._next.pop(key, None)
        elif self._next.get(key) != instant:
            self._next[key] = instant
            heappush(self._heap, (instant, next(self._order), key))
            self._earlier.set()
            if len(self._heap) > FORGOTTEN * (len(self._next) + 1):
                self._heap = [(at, next(self._order), one) for one, at in self._next.items()]
                heapify(self._heap)

    def fire(self) -> float:
        """Call `due` for all that is due; return the real seconds until the next instant."""
        now = self._clock.now()
        while self._heap and self._heap[0][0] <= now:
            instant, _, key = heappop(self._heap)
            if self._next.get(key) == instant:
                del self._next[key]
                self._due(key)
        return self._clock.seconds_until(self._heap[0][0]) if self._heap else LONGEST_SLEEP

    async def run(self) -> None:
        """Fire for ever."""
        while True:
            pause = min(max(self.fire(), 0.0), LONGEST_SLEEP)
            self._earlier.clear()
            try:
                async with asyncio.timeout(pause):
                    await self._earlier.wait()
            except TimeoutError:
                continue
