"""A cron job that sets a fixed minimum for every airing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.plan.demand import span
from onair.simulation.arms.floors import on
from onair.simulation.course import Steps

if TYPE_CHECKING:
    from onair.simulation.arms.stage import Stage
    from onair.simulation.course import Course


def cron(stage: Stage) -> Course:
    """Keep its replicas from the lead before the first demand of an airing to its last demand."""
    floor, until = Steps(), 0.0
    spans = ((need.lead, *span(each)) for need in stage.needs for each in need.airings)
    for begin, end in sorted((stage.seconds(first - lead), last) for lead, first, last in spans):
        if begin > until:
            floor.put(until, 0)
        floor.put(max(begin, 0.0), stage.fixed or 0)
        until = max(until, stage.seconds(end))
    floor.put(until, 0)
    return on(floor, stage)
