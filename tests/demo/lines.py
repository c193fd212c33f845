"""The evening as plain lines, for logs."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tests.demo.announced import Announced
    from tests.demo.stage import Sample

EVERY = timedelta(minutes=5)


class Lines:
    """Prints a line every five calendar minutes and whenever the phase changes."""

    def __init__(self, announced: Announced) -> None:
        """Take what is announced, and print the heading."""
        self._announced = announced
        self._phase = ""
        self._next: datetime | None = None
        names = "".join(f"  {w.name:<22}" for w in announced.workloads)
        _print(f"{'':<29}{names}")
        columns = f"  {'floor':>5} {'set to':>10} {'Ready':>5}" * len(announced.workloads)
        _print(f"{'time':<5} {'phase':<11} {'requests/s':>11}{columns}")

    def show(self, sample: Sample) -> None:
        """Print a sample if it is time for one."""
        due = self._next is None or sample.at >= self._next
        if not due and sample.phase == self._phase:
            return
        self._phase, self._next = sample.phase, sample.at + EVERY
        local = sample.at.astimezone(self._announced.zone)
        demand = self._announced.demand_at(sample.at)
        numbers = ""
        for workload in self._announced.workloads:
            floor = workload.timeline.at(sample.at).floor
            set_to, ready = sample.set_to[workload.name], sample.ready[workload.name]
            numbers += f"  {floor:>5} {set_to:>10} {ready:>5}"
        _print(f"{local:%H:%M} {sample.phase:<11} {demand:>11,}{numbers}  {sample.summary}")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
