"""What takes long is worked out beside the loop, in one thread: nobody else waits for it.

A thread of Python code and the loop take turns, so what matters to the others is how soon the loop
gets its next one (https://docs.python.org/3.11/library/sys.html#sys.setswitchinterval).
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Key = TypeVar("Key")
Made = TypeVar("Made")

TURN = 0.0005
"""Real seconds until the loop gets its turn, a tenth of Python's own: measured with eight sockets
busy, the loop then does half as much as alone instead of a quarter."""


class Beside(Generic[Key, Made]):
    """One piece of work at a time, in the order in which it was asked for; `done(key)` is called.

    Work gets frozen values only, since the loop goes on meanwhile. It is left behind when the
    process ends.
    """

    def __init__(self, done: Callable[[Key], None]) -> None:
        self._done = done
        self._asked: SimpleQueue[tuple[Callable[[], Made], Future[Made]]] = SimpleQueue()
        self._under_way: dict[Key, Future[Made]] = {}
        self._thread = Thread(target=self._run, name="beside", daemon=True)

    def ask(self, key: Key, work: Callable[[], Made]) -> Made | None:
        """Return what was last asked for under a key, None while it takes; else ask for `work`.

        Raises:
            Exception: what that work has raised.
        """
        if key not in self._under_way:
            self._under_way[key] = self._begin(key, work)
        if not self._under_way[key].done():
            return None
        return self._under_way.pop(key).result()

    def forget(self, key: Key) -> None:
        """Forget what was asked for under a key."""
        self._under_way.pop(key, None)

    def _begin(self, key: Key, work: Callable[[], Made]) -> Future[Made]:
        if not self._thread.is_alive():
            sys.setswitchinterval(TURN)
            self._thread.start()
        loop, future = asyncio.get_running_loop(), Future[Made]()

        def tell(_: Future[Made]) -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._done, key)

        future.add_done_callback(tell)
        self._asked.put((work, future))
        return future

    def _run(self) -> None:
        while True:
            work, future = self._asked.get()
            try:
                future.set_result(work())
            except Exception as error:  # noqa: BLE001 - raised where it is asked for
                future.set_exception(error)
