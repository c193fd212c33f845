"""How much memory the operator's processes have, and how fast it grows while they live."""

from __future__ import annotations

import resource
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

WARM = 120.0
"""Seconds after which a process has everything in memory that it has when nothing happens."""

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Sample:
    """`resident` MB of a process at a second of the soak; `age` are the seconds that it has run."""

    second: float
    process: str
    age: float
    resident: float


@dataclass(frozen=True, slots=True)
class Growth:
    """From the first to the last sample of each warm process: MB altogether, and the hours lived.

    `first` and `last` are the MB of the processes at the earliest and at the latest second.
    """

    first: float
    last: float
    highest: float
    grown: float
    hours: float

    @property
    def per_hour(self) -> float:
        """MB that a process grows in an hour, 0 if none lived long enough to tell."""
        return self.grown / self.hours if self.hours else 0.0


def growth(samples: list[Sample]) -> Growth | None:
    """Return how memory grew, by the samples of warm processes; they must be in order of time.

    Each process counts for itself, since one that starts anew begins with less. None if no process
    was ever warm.
    """
    warm = [sample for sample in samples if sample.age >= WARM]
    if not warm:
        return None
    lives: dict[str, list[Sample]] = defaultdict(list)
    for sample in warm:
        lives[sample.process].append(sample)
    return Growth(
        first=warm[0].resident,
        last=warm[-1].resident,
        highest=max(sample.resident for sample in samples),
        grown=sum(life[-1].resident - life[0].resident for life in lives.values()),
        hours=sum(life[-1].second - life[0].second for life in lives.values()) / HOUR,
    )


def resident(pid: int) -> float:
    """Return the resident memory of a process in MB.

    Raises:
        OSError: when it has ended.
    """
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6
