"""The instants of an airing that are worth a verdict (design section 1)."""

from datetime import datetime
from fractions import Fraction

from onair.plan.outlines import PEAK
from onair.plan.seconds import length_of, seconds
from onair.plan.shapes import SHAPES, marks
from onair.schedule.airings import Airing

Moment = tuple[datetime, Fraction]
"""An instant (UTC) and the level reached there, in parts of the peak."""


def moments(airing: Airing) -> tuple[Moment, ...]:
    """Return the points of a shape whose level exceeds every earlier one, at the planned end.

    In order of time, so the last is where the peak begins: of a shape that rises gradually it is
    the only one. Of several points at one instant the highest counts.
    """
    edges = {"start": airing.start, "end": airing.end}
    reached = 0
    found: dict[datetime, Fraction] = {}
    load, duration = airing.load, seconds(airing.end - airing.start)
    for mark in marks(load.shape, load.points, duration):
        if mark.level > reached:
            reached = mark.level
            found[edges[mark.edge] + length_of(mark.offset)] = Fraction(mark.level, PEAK)
    return tuple(found.items())[-1 if SHAPES[load.shape].gradual else 0 :]
