"""Tells when nobody could have been on time: the API server did not answer, or no CPU was free."""

from __future__ import annotations

import threading
from collections import deque
from math import inf
from typing import TYPE_CHECKING, Self

from onair.clock import Clock
from tests.e2e.api import Api
from tests.faults.evidence import ON_TIME, Outage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

EVERY = 0.25
"""Real seconds between two beats."""

DOZEN = 12
"""What an operator asks after a restart before its first write, at least."""

TOO_SLOW = EVERY + ON_TIME.total_seconds() / DOZEN
"""Real seconds from one beat to the next: with requests that slow nobody could have been on time,
for L2 leaves 2 s for a dozen of them."""

TOO_LONG = 0.75
"""Real seconds without a CPU, within 2 s, with which nobody could have been either."""


class Beats:
    """Notes when a beat took too long, or a process had to wait too long for a CPU.

    It is told again and again how many seconds the process has waited so far.
    """

    def __init__(self) -> None:
        self._total = inf
        self._lately: deque[tuple[datetime, float]] = deque()

    def note(self, begin: datetime, end: datetime, total: float) -> Outage | None:
        """Take in a beat and the seconds waited so far at its end; returns what is too much."""
        waited, self._total = max(0.0, total - self._total), total
        self._lately.append((begin, waited))
        while len(self._lately) > 1 and end - self._lately[0][0] > ON_TIME:
            self._lately.popleft()
        if (end - begin).total_seconds() > TOO_SLOW:
            return Outage(begin, end)
        if sum(seconds for _, seconds in self._lately) <= TOO_LONG:
            return None
        since = self._lately[0][0]
        self._lately.clear()
        return Outage(since, end)


class Pulse:
    """Asks the API server for its version again and again, as a bare client.

    `waited` returns the seconds for which the operator has waited for a CPU so far.
    """

    def __init__(self, kubeconfig: Path, waited: Callable[[], float] = lambda: 0.0) -> None:
        self._api = Api(kubeconfig)
        self._waited = waited
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)
        self.outages: list[Outage] = []

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """End."""
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        last, beats = Clock.real_now(), Beats()
        while not self._ended.wait(EVERY):
            self._api.request("GET", "/version")
            now = Clock.real_now()
            outage = beats.note(last, now, self._waited())
            if outage is not None:
                self.outages.append(outage)
            last = now
