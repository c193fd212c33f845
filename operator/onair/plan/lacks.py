"""Where limits leave a target fewer replicas than it needs, and where that is worst."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from onair.plan.seconds import since_epoch
from onair.plan.timeline import Limit, Timeline


class Lack(NamedTuple):
    """From an instant (UTC) on so many replicas are required, and a limit leaves fewer."""

    at: datetime
    required: int
    left: int
    limit: Limit

    @property
    def missing(self) -> int:
        """How many replicas are not there."""
        return self.required - self.left


def worst(lacks: Iterable[Lack]) -> Lack | None:
    """Return the one that lacks most, of equal ones the first in time; None where there is none."""
    return max(lacks, key=lambda lack: (lack.missing, -lack.at.timestamp()), default=None)


def lacks_of(timeline: Timeline, now: datetime) -> Iterator[Lack]:
    """Yield the worst of each run of a floor, from the step in force now on."""
    for run in timeline.runs:
        seconds, required, floors, limits = run.pattern
        begun = bisect_right(seconds, since_epoch(now) - run.begin)
        yield from _worst_of(
            Lack(run.step(number).at, required[number], floors[number], limit)
            for number, limit in enumerate(limits)
            if limit and number + 1 >= begun
        )


def _worst_of(lacks: Iterable[Lack]) -> Iterator[Lack]:
    found = worst(lacks)
    if found:
        yield found
