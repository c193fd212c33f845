"""When the machine did not let the operator run: as much excuse as a fault, and none of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from onair.clock import Clock
from tests.e2e.operators import waited
from tests.faults.evidence import Outage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

EVERY = 0.5
"""Real seconds between two looks, at least."""

TOO_MUCH = 0.25
"""The share of its time that a process may wait for a core before nobody could be on time."""

CATCHING_UP = timedelta(seconds=2)
"""What has piled up meanwhile is still to be done then."""


@dataclass(slots=True)
class _Look:
    at: datetime
    monotonic: float
    waited: float


class Starving:
    """Looks at how long processes wait for a core, as the kernel counts it (proc_pid_schedstat)."""

    def __init__(self) -> None:
        self._last: dict[int, _Look] = {}
        self._looked = 0.0
        self.outages: list[Outage] = []

    def look(self, processes: Iterable[int]) -> None:
        """Note whether one of some processes had to wait for too long since the last look."""
        if time.monotonic() < self._looked + EVERY:
            return
        self._looked = time.monotonic()
        seen = {pid: _Look(Clock.real_now(), time.monotonic(), waited(pid)) for pid in processes}
        for pid, now in seen.items():
            last = self._last.get(pid)
            if last and now.waited - last.waited > TOO_MUCH * (now.monotonic - last.monotonic):
                self.outages.append(Outage(last.at, now.at + CATCHING_UP))
        self._last = seen
