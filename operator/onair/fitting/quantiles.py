"""Quantiles of few numbers."""

from collections.abc import Iterable
from math import floor


def quantile(values: Iterable[float], share: float) -> float:
    """Return the number that a share (0 to 1) of at least one value does not exceed.

    Between two values it is interpolated: definition 7 of Hyndman and Fan, "Sample Quantiles in
    Statistical Packages", 1996.
    """
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
