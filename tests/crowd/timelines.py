"""Files for whoever wants to look closer: each run second by second."""

from __future__ import annotations

import csv
from collections import Counter
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.crowd.measure import Run

STEPS = ("ready", "pods", "minimum", "maximum", "cpu", "busy")


def write(run: Run, folder: Path) -> Path:
    """Write a run's timeline, a CSV line for each second; return the file.

    `offered` and `failed` are requests planned for that second, `ready` and `pods` replicas,
    `minimum` and `maximum` the HPA's limits, `cpu` the percent of their requests that the HPA saw
    the pods use, `busy` the percent of the machine.
    """
    offered = Counter(floor(answer.planned) for answer in run.answers)
    failed = Counter(floor(answer.planned) for answer in run.answers if answer.failed)
    path = folder / f"{run.pair}-{run.arm}.csv"
    with path.open("w", encoding="ascii", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("second", "offered", "failed", *STEPS))
        for second in range(floor(run.episode.length)):
            values = (round(run.steps[name].at(second)) for name in STEPS)
            lines.writerow((second, offered[second], failed[second], *values))
    return path
