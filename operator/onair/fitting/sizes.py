"""How big the next crowd will be, and how wrong such a forecast would have been."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Final

from onair.fitting.quantiles import quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.model.loads import Load

LATEST: Final = 8
"""Airings that count, and forecasts that are judged: what has changed is forgotten."""

_COVERED: Final = 0.9
"""This part of past shortfalls the headroom would have covered; assumed."""

_ENOUGH: Final = 3
"""Forecasts that must have been wrong or right before they say how wrong the next may be."""

_AT_FIRST: Final = 0.5
"""The headroom until then, assumed: half as many again as ever came."""

_AT_MOST: Final = 10.0
"""What a manifest may say."""

_AT_LEAST: Final = 0.25
"""The busiest second exceeds its minute by this in one minute of a hundred (World Cup of 1998)."""


@dataclass(frozen=True, slots=True)
class Size:
    """A forecast: requests/s at the peak beyond the usual ones, and the headroom, in parts."""

    peak: float
    headroom: float


def announced(loads: Sequence[Load]) -> list[float]:
    """Return how big each airing was announced to be; all are 1 where that does not compare.

    People reached or requests/s, if all loads say the same of the two. A multiple of the usual
    load is no size of a crowd.
    """
    people = [float(load.audience.people) for load in loads if load.audience]
    rates = [float(load.requests_per_second) for load in loads if load.requests_per_second]
    alike = [sizes for sizes in (people, rates) if len(sizes) == len(loads)]
    return alike[0] if alike else [1.0 for _ in loads]


def forecast(peaks: Sequence[float], sizes: Sequence[float], size: float) -> Size:
    """Return the peak of an airing announced as `size`, judging by at least one before it.

    `peaks` and `sizes` are what past airings had and how they were announced, in order of time.
    The ratio of the two is the median of the latest, of logarithms, as ratios are spread around
    it by factors; the headroom what would have covered nine in ten of the forecasts made so, as far
    as a manifest may say that.
    """
    ratios = [peak / each for peak, each in zip(peaks, sizes, strict=True)]
    return Size(_middle(ratios) * size, _headroom(ratios))


def _headroom(ratios: Sequence[float]) -> float:
    judged = range(max(1, len(ratios) - LATEST), len(ratios))
    if len(judged) < _ENOUGH:
        return _AT_FIRST
    short = [
        max(0.0, ratios[count] / _middle(ratios[max(0, count - LATEST) : count]) - 1)
        for count in judged
    ]
    return min(_AT_MOST, max(_AT_LEAST, quantile(short, _COVERED)))


def _middle(ratios: Sequence[float]) -> float:
    return exp(quantile([log(ratio) for ratio in ratios[-LATEST:]], 0.5))
