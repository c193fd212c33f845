"""A floor for the load that there was at the same time of an earlier day."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from onair.simulation.arms.floors import on
from onair.simulation.arms.stage import DAY
from onair.simulation.course import Steps

if TYPE_CHECKING:
    from onair.simulation.arms.stage import Stage
    from onair.simulation.course import Course

EVERY: Final = 60
"""Seconds from one look at an earlier day to the next."""


def yesterday(stage: Stage) -> Course:
    """Expect what there was a day before."""
    return _as_before(stage, DAY)


def last_week(stage: Stage) -> Course:
    """Expect what there was a week before."""
    return _as_before(stage, 7 * DAY)


def _as_before(stage: Stage, age: int) -> Course:
    """Keep replicas for the highest rate of the lead that follows, `age` seconds earlier.

    There is no floor where the trace does not go back so far.
    """
    past, served = stage.past, stage.settings.per_replica
    lead, every = stage.lead.total_seconds(), EVERY * stage.speed
    floor = Steps()
    for number in range(ceil(stage.offered.end / every)):
        now = stage.ago + number * every
        then = now - age
        highest = past.highest(then, min(then + lead, now))
        floor.put(number * every, min(ceil(highest / served), stage.largest))
    return on(floor, stage)
