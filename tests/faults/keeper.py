"""Keeps one operator running through a proxy, as a Deployment would, and notes when it did not."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from onair.clock import Clock
from tests.e2e.operators import waited
from tests.faults.evidence import Outage

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.operators import OperatorProcess
    from tests.e2e.tenant import Tenant

AT_WORK = "holds the Lease"
START_WITHIN = 120.0
"""Real seconds until an operator must be at work, on a machine that others use, too."""


class Keeper:
    """The operator of a tenant: started again whenever it has ended."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._lock = Lock()
        self._process: OperatorProcess | None = None
        self._down_since: datetime | None = None
        self._killed = False
        self.outages: list[Outage] = []
        self.exits: list[str] = []

    def start(self) -> None:
        """Start the operator and return when it is at work."""
        with self._lock:
            self._process = self._tenant.start_operator()
        self._tenant.wait("the operator is at work", self._is_at_work, START_WITHIN)

    def kill(self) -> None:
        """End the operator with SIGKILL; `look` starts the next one."""
        with self._lock:
            if self._process is None or not self._process.running:
                return
            self._killed = True
            self._down_since = Clock.real_now()
            self._process.kill()

    def look(self) -> None:
        """Start an operator in the place of one that has ended, and note when it is at work."""
        with self._lock:
            if self._process is not None and not self._process.running:
                self._replace(self._process)
            elif self._down_since is not None and self._is_at_work():
                self.outages.append(Outage(self._down_since, Clock.real_now()))
                self._down_since = None

    @property
    def is_up(self) -> bool:
        """Tell whether an operator is at work, as far as `look` has seen."""
        return self._down_since is None

    def waited(self) -> float:
        """Return the seconds for which the operator's process has waited for a CPU so far."""
        return waited(self._process.pid) if self._process else 0.0

    def _replace(self, ended: OperatorProcess) -> None:
        if not self._killed:
            self.exits.append(" | ".join(ended.said().splitlines()[-3:]))
            self._down_since = self._down_since or Clock.real_now()
        self._killed = False
        self._process = self._tenant.start_operator()

    def _is_at_work(self) -> bool:
        process = self._process
        return process is not None and process.running and AT_WORK in process.said()
