"""The evening as plain lines: for logs, and beneath the chart."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tests.demo.announced import Announced
    from tests.demo.stage import Sample

EVERY = timedelta(minutes=5)


def numbers(announced: Announced, sample: Sample) -> list[str]:
    """Return a line for each workload, with the numbers of an instant."""
    said = []
    for workload in announced.workloads:
        name, floor = workload.name, workload.timeline.at(sample.at).floor
        limits = f"HPA {sample.minimum} to {sample.maximum}"
        how = limits if workload.kind == "Deployment" else f"set to {sample.wanted[name]}"
        said.append(f"{name:<9} floor {floor:>3}, {how:<14} Ready {sample.ready[name]:>3}")
    return said


class Lines:
    """Prints a line every five calendar minutes and whenever the phase changes."""

    def __init__(self, announced: Announced) -> None:
        """Take what is announced."""
        self._announced = announced
        self._phase = ""
        self._next: datetime | None = None

    def show(self, sample: Sample) -> None:
        """Print a sample if it is time for one."""
        due = self._next is None or sample.at >= self._next
        if not due and sample.phase == self._phase:
            return
        self._phase, self._next = sample.phase, sample.at + EVERY
        local = sample.at.astimezone(self._announced.zone)
        demand = self._announced.demand_at(sample.at)
        workloads = " | ".join(numbers(self._announced, sample))
        sys.stdout.write(
            f"{local:%H:%M} {sample.phase:<11} {demand:>5,} requests/s | {workloads} | "
            f"{sample.summary}\n"
        )
        sys.stdout.flush()
