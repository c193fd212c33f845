"""A floor for two clocks that disagree: raised by the one ahead, lowered by the one behind.

The largest over a sliding window of steps, kept in a queue that only falls: Lemire, "Streaming
maximum-minimum filter using no more than three comparisons per element" (2006).
"""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from math import ceil, inf

from onair.plan.changes import changes
from onair.plan.seconds import seconds, since_epoch
from onair.plan.timeline import Limit, Pattern, Run, Step, Timeline

ONE_CLOCK = timedelta(0)
"""How far another clock is ahead where there is none."""

Row = tuple[int, int, int, Limit | None]
"""A second since the epoch, and what the highest step of its window says."""


def widened(timeline: Timeline, ahead: timedelta) -> Timeline:
    """Return the timeline whose floor at t is the largest of `timeline` over [t, t + ahead].

    So every rise comes earlier by `ahead`, in whole seconds and never less, and every fall at its
    own time. The requirement and the limit are those of the step that has the largest floor.
    """
    whole, steps = ceil(seconds(ahead)), timeline.steps
    if not whole or not steps:
        return timeline
    rows = changes(_rows(steps, whole))
    begin = rows[0][0]
    second, required, floors, limited_by = zip(*rows, strict=True)
    passed = tuple(at - begin for at in second)
    run = Run(begin, Pattern(passed, required, floors, limited_by))
    return Timeline((run,), timeline.coarse)


def _rows(steps: Sequence[Step], whole: int) -> Iterator[Row]:
    """Yield the highest step of every window in which one begins to be seen, or is over."""
    begins = [int(since_epoch(step.at)) for step in steps]
    over = [*(after for _, after in pairwise(begins)), inf]
    coming = deque(enumerate(steps))
    highest: deque[int] = deque()
    for second in sorted({edge for at in begins for edge in (at - whole, at)}):
        while coming and begins[coming[0][0]] - whole <= second:
            number, step = coming.popleft()
            while highest and _height(steps[highest[-1]]) <= _height(step):
                highest.pop()
            highest.append(number)
        while over[highest[0]] <= second:
            highest.popleft()
        found = steps[highest[0]]
        yield second, found.required, found.floor, found.limited_by


def _height(step: Step) -> tuple[int, int]:
    return step.floor, step.required
