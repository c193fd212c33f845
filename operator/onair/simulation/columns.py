"""A simulated arm in columns of time for a picture, so that no loss is too short to be seen."""

from bisect import bisect_left, bisect_right
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from onair.simulation.course import Course, Steps
from onair.traces.trace import Trace


class Column(NamedTuple):
    """What happened within a part of the time, in replicas.

    Attributes:
        needed: the most that the rate needed at any instant.
        lacked: the most that were lacking at any instant.
        ready: the most that were Ready.
        floor: the highest floor.
    """

    needed: float
    lacked: float
    ready: int
    floor: int


def columns(
    trace: Trace, capacity: float, course: Course, window: tuple[float, float], count: int
) -> list[Column]:
    """Return so many equal parts of a window in seconds since the trace begins, within the trace.

    `capacity` is the requests/s at which a replica is full.
    """
    start, end = window
    width = (end - start) / count
    edges = [*(start + number * width for number in range(count)), end]
    return [_column(trace, capacity, course, *pair) for pair in pairwise(edges)]


def _column(trace: Trace, capacity: float, course: Course, start: float, end: float) -> Column:
    step = trace.step
    changes = {float(n * step) for n in range(int(start // step) + 1, ceil(end / step))}
    changes |= {start, *_within(course.ready, start, end), *_within(course.floor, start, end)}
    seen = [
        (trace.rates[int(at // step)] / capacity, course.ready.at(at), course.floor.at(at))
        for at in changes
    ]
    needs, ready, floors = zip(*seen, strict=True)
    lacked = max(0.0, *(need - there for need, there, _ in seen))
    return Column(max(needs), lacked, max(ready), max(floors))


def _within(steps: Steps, start: float, end: float) -> list[float]:
    """Return when a step function changes within (start, end)."""
    times = steps.times
    return list(times[bisect_right(times, start) : bisect_left(times, end)])
