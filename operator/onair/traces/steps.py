"""From rows in the order of time to one value for each step."""

from __future__ import annotations

from array import array
from collections import Counter
from datetime import timedelta
from itertools import compress, pairwise
from math import isnan
from typing import TYPE_CHECKING, Final

from onair.model.quantities import format_duration
from onair.traces.clocks import go_back
from onair.traces.errors import TraceError
from onair.traces.samples import MAX_STEPS, Samples

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    Rows without a number count: a step is as long where its number is absent.

    Raises:
        TraceError: fewer than two rows have a number, or a step is longer than an hour.
    """
    known = array("q", compress(samples.places, _known(samples)))
    if len(known) < 2:  # noqa: PLR2004 - it takes two
        found = f"only {samples.unit} {known[0]} has" if known else "no row has"
        raise TraceError(f"{found} a time and a number; a trace needs two such rows")
    apart = Counter(after - before for before, after in pairwise(samples.times))
    most = max(apart.values())
    step = min(each for each, count in apart.items() if count == most)
    if step > _LONGEST:
        raise TraceError(
            f"its rows are {_length(step)} apart; a trace has a row for each hour at least"
        )
    return step


def trim(samples: Samples) -> None:
    """Drop the rows before the first number and behind the last one, in place."""
    known = list(_known(samples))
    first, last = known.index(True), len(known) - known[::-1].index(True)
    for column in (samples.times, samples.values, samples.places):
        del column[last:], column[:first]


def fill(samples: Samples, step: int) -> tuple[array[float], tuple[str, ...]]:
    """Return a value for each step, and what is to be said of it.

    The first row and the last one have a number. Steps without one lie on the straight line
    between the numbers beside them.

    Raises:
        TraceError: rows are not whole steps apart, or too many numbers are absent.
    """
    values: array[float] = array("d")
    gaps, begin = _gaps(samples, step), 0
    for last, index in gaps:
        steps = (samples.times[index] - samples.times[last]) // step
        before, after = samples.values[last], samples.values[index]
        values.extend(samples.values[begin : last + 1])
        values.extend(before + (after - before) * each / steps for each in range(1, steps))
        begin = index
    values.extend(samples.values[begin:])
    if not gaps:
        return values, ()
    where = f"the first after {samples.unit} {samples.places[gaps[0][0]]}"
    absent = len(values) - sum(_known(samples))
    return values, (f"steps without a number: {absent:,}, {where}; filled in by a straight line",)


def _known(samples: Samples) -> Iterator[bool]:
    return (not isnan(value) for value in samples.values)


def _gaps(samples: Samples, step: int) -> list[tuple[int, int]]:
    """Return the indices of the rows with numbers between which steps have none."""
    times, gaps, alike = samples.times, [], 0
    before, last = step, 0
    for index, is_known in enumerate(_known(samples)):
        if not index:
            continue
        apart = times[index] - times[index - 1]
        if is_known and times[index] - times[last] != step:
            _check_length(samples, last, index, step)
            gaps.append((last, index))
        if apart != step:
            alike = alike + 1 if apart == before else 1
            _check_apart(samples, index, step, alike)
        before = apart
        last = index if is_known else last
    steps = (times[-1] - times[0]) // step + 1
    absent = steps - sum(_known(samples))
    if absent * _MOST_FILLED > steps:
        raise TraceError(
            f"{absent:,} of {steps:,} steps of {_length(step)} have no number, the first after"
            f" {samples.unit} {samples.places[gaps[0][0]]}, more than one in {_MOST_FILLED}; write"
            " 0 where nothing was requested, or take longer steps"
        )
    if steps > MAX_STEPS:
        raise TraceError(f"it has more than {MAX_STEPS:,} steps; cut the trace")
    return gaps


def _check_length(samples: Samples, last: int, index: int, step: int) -> None:
    """Check how long nothing is known between two rows with numbers."""
    begin, end = samples.times[last], samples.times[index]
    if end - begin - step <= max(_GAP, step):
        return
    here = (
        f"{samples.unit} {samples.places[index]}: nothing is known from"
        f" {samples.shown(last, step)} to {samples.shown(index)}"
    )
    if samples.where and go_back(begin, end, samples.where):
        raise TraceError(
            f"{here}, where clocks in {samples.where} went back and showed times twice; write all"
            " times in UTC, or cut the trace there"
        )
    raise TraceError(f"{here}; cut the trace there, or write 0 where nothing was requested")


def _check_apart(samples: Samples, index: int, step: int, alike: int) -> None:
    """Check how far a row is from that before it; `alike` rows up to it are as far apart."""
    apart = samples.times[index] - samples.times[index - 1]
    here = f"{samples.unit} {samples.places[index]}: "
    if apart % step:
        raise TraceError(
            f"{here}{samples.shown(index)} is {_length(apart)} after the row before, and a step is"
            f" {_length(step)}; rows must be whole steps apart"
        )
    if alike == _OTHER_STEPS:
        raise TraceError(
            f"{here}it and those before it are {_length(apart)} apart, most rows"
            f" {_length(step)}; a trace has one step: cut it there"
        )


def _length(seconds: int) -> str:
    return format_duration(timedelta(seconds=seconds))
