"""A test that fails while the machine's CPUs are taken away is run again, and that is said.

A shared machine may be without any CPU for seconds, or have a fifth of them for minutes (`steal` in
/proc/stat), and the calendars of the tests go on meanwhile, a minute in each second. Nothing can
be on time then, and nothing is learnt from such a run. Whatever fails without that has failed.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.runner import runtestprotocol

if TYPE_CHECKING:
    from collections.abc import Callable

BEAT = 0.1
"""Real seconds that a beat sleeps; it takes next to no CPU, so it is late for one reason alone."""

LATE = 0.5
"""Real seconds of a beat from which the whole machine has stood still meanwhile."""

LATELY = 5.0
TOO_MUCH = 1.0
"""Real seconds: who is without a CPU for the second of them within the first cannot be on time."""

PATIENCE = 120.0
"""Real seconds until a test is run again although the CPUs are still being taken away."""

TRIES = 3
"""A test fails in the end, even on a machine that is never quiet."""


def stolen() -> float:
    """Return for how many seconds each CPU of this machine was taken away so far, on average.

    The eighth figure of /proc/stat (proc_stat(5)); 0 where there is none.
    """
    try:
        ticks = int(Path("/proc/stat").read_text(encoding="ascii").split(maxsplit=9)[8])
    except OSError:
        return 0.0
    return ticks / os.sysconf("SC_CLK_TCK") / (os.cpu_count() or 1)


class Stalls:
    """Notes what the machine has lost; `now` and `taken` return seconds, `sleep` takes them."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
        taken: Callable[[], float] = stolen,
    ) -> None:
        self._now, self._sleep, self._taken = now, sleep, taken
        self._last, self._so_far = now(), taken()
        self._lately: deque[tuple[float, float]] = deque()
        self._noted: list[tuple[float, float]] = []

    def start(self) -> None:
        """Beat for as long as the process lives."""
        threading.Thread(target=self._run, name="stalls", daemon=True).start()

    def beat(self) -> None:
        """Sleep for a moment and note if too much was lost lately."""
        self._sleep(BEAT)
        now, so_far = self._now(), self._taken()
        length = now - self._last
        lost = max(so_far - self._so_far, length if length >= LATE else 0.0)
        self._last, self._so_far = now, so_far
        self._lately.append((now, lost))
        while now - self._lately[0][0] > LATELY:
            self._lately.popleft()
        together = sum(seconds for _, seconds in self._lately)
        if together >= TOO_MUCH:
            self._noted.append((now, together))

    def longest_since(self, begin: float) -> float:
        """Return the most seconds that were lost at one time after an instant, 0 if not much."""
        return max((lost for end, lost in self._noted if end >= begin), default=0.0)

    def wait_until_over(self) -> None:
        """Wait until not much was lost lately, but not for ever."""
        until = self._now() + PATIENCE
        while self._now() < until and self.longest_since(self._now() - LATE):
            self._sleep(BEAT)

    def _run(self) -> None:
        while True:
            self.beat()


STALLS = Stalls()


def pytest_configure() -> None:
    """Begin before the first test."""
    STALLS.start()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test, and again if it failed while the machine's CPUs were taken away."""
    hook, place = item.ihook, {"nodeid": item.nodeid, "location": item.location}
    hook.pytest_runtest_logstart(**place)
    for left in reversed(range(TRIES)):
        begin = time.monotonic()
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        lost = STALLS.longest_since(begin)
        failed = [report for report in reports if report.failed]
        if not failed or not lost or not left:
            break
        why = f"the machine had no CPU for {lost:.1f} s, so this is run again: it had failed with"
        item.warn(pytest.PytestWarning(f"{why}\n{failed[0].longreprtext}"))
        STALLS.wait_until_over()
    for report in reports:
        hook.pytest_runtest_logreport(report=report)
    hook.pytest_runtest_logfinish(**place)
    return True
