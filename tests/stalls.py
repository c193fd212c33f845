"""A test that fails while the whole machine stands still is run again, and that is said.

On a shared machine all CPUs may be taken away for seconds at a time (`steal` in /proc/stat), and
the calendars of the tests go on meanwhile, a minute in each second. Nothing can be on time then,
and nothing is learnt from such a run. Whatever fails without that has failed.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from _pytest.runner import runtestprotocol

if TYPE_CHECKING:
    from collections.abc import Callable

BEAT = 0.1
"""Real seconds that a beat sleeps; it takes next to no CPU, so it is late for one reason alone."""

STANDSTILL = 1.0
"""Real seconds of a beat from which nobody can have been on time: a minute of most calendars."""

TRIES = 3
"""A test fails in the end, even on a machine that stands still again and again."""


class Stalls:
    """Notes for how long the machine has stood still; `now` returns seconds, `sleep` takes them."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._now, self._sleep = now, sleep
        self._last = now()
        self._noted: list[tuple[float, float]] = []

    def start(self) -> None:
        """Beat for as long as the process lives."""
        threading.Thread(target=self._run, name="stalls", daemon=True).start()

    def beat(self) -> None:
        """Sleep for a moment and note if that took too long."""
        self._sleep(BEAT)
        now = self._now()
        if now - self._last >= STANDSTILL:
            self._noted.append((now, now - self._last))
        self._last = now

    def longest_since(self, begin: float) -> float:
        """Return the longest standstill in seconds that ended after an instant, 0 without one."""
        return max((length for end, length in self._noted if end >= begin), default=0.0)

    def _run(self) -> None:
        while True:
            self.beat()


STALLS = Stalls()


def pytest_configure() -> None:
    """Begin before the first test."""
    STALLS.start()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test, and again if it failed while the machine stood still."""
    hook, place = item.ihook, {"nodeid": item.nodeid, "location": item.location}
    hook.pytest_runtest_logstart(**place)
    for left in reversed(range(TRIES)):
        begin = time.monotonic()
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        still = STALLS.longest_since(begin)
        failed = [report for report in reports if report.failed]
        if not failed or not still or not left:
            break
        why = f"the machine stood still for {still:.1f} s, so this is run again: it had failed with"
        item.warn(pytest.PytestWarning(f"{why}\n{failed[0].longreprtext}"))
    for report in reports:
        hook.pytest_runtest_logreport(report=report)
    hook.pytest_runtest_logfinish(**place)
    return True
