"""A queue of dirty targets: each is worked on once at a time, and again if it changed meanwhile.

The same guarantees as client-go's workqueue (k8s.io/client-go/util/workqueue).
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

Key = TypeVar("Key")

BACKOFF = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0)
"""Real seconds before the next try of a key that failed; the last one repeats.

They double as client-go's do (k8s.io/client-go/util/workqueue/default_rate_limiters.go): a server
that refuses some requests is asked several times within the two seconds that a floor has.
"""

UNTIL_RESUMED = float("inf")
"""What `work` returns of a key that waits for `resume`, at no cost meanwhile."""


RUSH = 8.0
"""Real seconds for which others wait at most until nothing is queued here: a status may be ten
seconds old, no more (L5)."""


class WorkQueue(Generic[Key]):
    """Keys to work on, handed to `work` by as many workers as `run` is called with.

    Of keys that failed last time no more than half as many are worked on at once, so that however
    many of them hang, there is a worker for any other.
    """

    def __init__(self, work: Callable[[Key], Awaitable[float | None]]) -> None:
        self._work = work
        self._queue: asyncio.Queue[Key] = asyncio.Queue()
        self._waiting: set[Key] = set()
        self._working: set[Key] = set()
        self._failures: dict[Key, int] = {}
        self._timers: dict[Key, asyncio.TimerHandle] = {}
        self._parked: set[Key] = set()
        self._retrying: set[Key] = set()
        self._held_back: deque[Key] = deque()
        self._room = 1
        self._rush_since = 0.0
        self._idle = asyncio.Event()
        self._idle.set()

    def add(self, key: Key) -> None:
        """Ask for a key to be worked on; asking twice is asking once."""
        if key not in self._waiting:
            self._waiting.add(key)
            if key not in self._working:
                self._enqueue(key)

    @property
    def rush(self) -> float:
        """For how many seconds at most what is queued goes before all else; any thread may ask."""
        return 0.0 if self._idle.is_set() else max(0.0, self._rush_since + RUSH - monotonic())

    async def calm(self) -> None:
        """Wait until nothing is queued, but not for ever."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.rush):
                await self._idle.wait()

    def resume(self) -> None:
        """Come back to every key that waits for this."""
        for key in self._parked:
            self.add(key)
        self._parked.clear()

    async def run(self, workers: int) -> None:
        """Work for ever, on at most `workers` keys at once."""
        self._room = max(1, workers // 2)
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(self._worker())

    async def _worker(self) -> None:
        while True:
            key = await self._queue.get()
            if self._queue.empty():
                self._idle.set()
            self._waiting.discard(key)
            self._working.add(key)
            self._cancel_timer(key)
            self._parked.discard(key)
            try:
                self._retry(key, await self._attempt(key))
            finally:
                self._working.discard(key)
                self._make_room(key)
                if key in self._waiting:
                    self._enqueue(key)
            await asyncio.sleep(0)  # work that never waits must not keep the loop from others

    def _enqueue(self, key: Key) -> None:
        if key in self._failures:
            if len(self._retrying) >= self._room:
                self._held_back.append(key)
                return
            self._retrying.add(key)
        if self._idle.is_set():
            self._idle.clear()
            self._rush_since = monotonic()
        self._queue.put_nowait(key)

    def _make_room(self, key: Key) -> None:
        if key in self._retrying:
            self._retrying.discard(key)
            if self._held_back:
                self._enqueue(self._held_back.popleft())

    async def _attempt(self, key: Key) -> float | None:
        """Work on a key; a defect that one key brings to light must not end the others' work."""
        try:
            return await self._work(key)
        except Exception:
            log.exception("work on %s failed and will be tried again", key)
            return 0.0

    def _retry(self, key: Key, again: float | None) -> None:
        """Come back to a key: None is never, 0 is after the backoff, else in so many seconds."""
        if again is None or again == UNTIL_RESUMED:
            self._failures.pop(key, None)
            if again is not None:
                self._parked.add(key)
            return
        if not again:
            failures = self._failures.get(key, 0)
            self._failures[key] = failures + 1
            again = BACKOFF[min(failures, len(BACKOFF) - 1)]
        self._timers[key] = asyncio.get_running_loop().call_later(again, self.add, key)

    def _cancel_timer(self, key: Key) -> None:
        timer = self._timers.pop(key, None)
        if timer is not None:
            timer.cancel()
