"""From rows in the order of time to one value for each step."""

from __future__ import annotations

from array import array
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import Final

from onair.model.quantities import format_duration
from onair.traces.errors import TraceError, instant
from onair.traces.samples import MAX_STEPS, Samples

_LONGEST: Final = 3600
"""Seconds of a step: within an hour everything that a simulation looks at is over."""
_GAP: Final = 300
"""Seconds that may be without a row, or one step: a monitoring system restarts."""
_MOST_FILLED: Final = 10
"""One step in so many, at most, may be without a row."""
_OTHER_STEPS: Final = 10
"""So many rows, equally far apart and not by a step, are the begin of another trace."""


def step_of(samples: Samples) -> int:
    """Return the seconds that most rows are apart, the least of those that are as frequent.

    Raises:
        TraceError: there are fewer than two rows, or a step is longer than an hour.
    """
    times = samples.times
    if len(times) < 2:  # noqa: PLR2004 - it takes two
        found = f"only {samples.unit} {samples.places[0]} has" if times else "no row has"
        raise TraceError(f"{found} a time and a number; a trace needs two such rows")
    apart = Counter(after - before for before, after in pairwise(times))
    most = max(apart.values())
    step = min(each for each, count in apart.items() if count == most)
    if step > _LONGEST:
        raise TraceError(
            f"its rows are {_length(step)} apart; a trace has a row for each hour at least"
        )
    return step


def fill(samples: Samples, step: int) -> tuple[array[float], tuple[str, ...]]:
    """Return a value for each step, and what is to be said of it.

    Steps without a row lie on the straight line between the rows beside them.

    Raises:
        TraceError: rows are not whole steps apart, or too many are absent.
    """
    values: array[float] = array("d")
    gaps, begin = _gaps(samples, step), 0
    for index in gaps:
        steps = (samples.times[index] - samples.times[index - 1]) // step
        before, after = samples.values[index - 1], samples.values[index]
        values.extend(samples.values[begin:index])
        values.extend(before + (after - before) * each / steps for each in range(1, steps))
        begin = index
    values.extend(samples.values[begin:])
    if not gaps:
        return values, ()
    absent = len(values) - len(samples.values)
    where = f"the first after {samples.unit} {samples.places[gaps[0] - 1]}"
    return values, (f"steps without a number: {absent:,}, {where}; filled in by a straight line",)


def _gaps(samples: Samples, step: int) -> list[int]:
    """Return the indices of the rows before which steps have none."""
    times, gaps, alike = samples.times, [], 0
    before = step
    for index in range(1, len(times)):
        apart = times[index] - times[index - 1]
        if apart != step:
            alike = alike + 1 if apart == before else 1
            _check_gap(samples, index, step, alike)
            gaps.append(index)
        before = apart
    absent = (times[-1] - times[0]) // step + 1 - len(times)
    if absent * _MOST_FILLED > absent + len(times):
        raise TraceError(
            f"{absent:,} of {absent + len(times):,} steps of {_length(step)} have no number, the"
            f" first after {samples.unit} {samples.places[gaps[0] - 1]}, more than one in"
            f" {_MOST_FILLED}; write 0 where nothing was requested, or take longer steps"
        )
    if absent + len(times) > MAX_STEPS:
        raise TraceError(f"it has more than {MAX_STEPS:,} steps; cut the trace")
    return gaps


def _check_gap(samples: Samples, index: int, step: int, alike: int) -> None:
    """Check what is between a row and that before it; `alike` rows up to it are as far apart."""
    begin, end = samples.times[index - 1], samples.times[index]
    here = f"{samples.unit} {samples.places[index]}: "
    if end - begin - step > max(_GAP, step):
        raise TraceError(
            f"{here}nothing is known from {instant(begin + step)} to {instant(end)}; cut the trace"
            " there, or write 0 where nothing was requested"
        )
    if (end - begin) % step:
        raise TraceError(
            f"{here}{instant(end)} is {_length(end - begin)} after the row before, and a step is"
            f" {_length(step)}; rows must be whole steps apart"
        )
    if alike == _OTHER_STEPS:
        raise TraceError(
            f"{here}it and those before it are {_length(end - begin)} apart, most rows"
            f" {_length(step)}; a trace has one step: cut it there"
        )


def _length(seconds: int) -> str:
    return format_duration(timedelta(seconds=seconds))
