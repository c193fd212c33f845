"""What to write for a floor, and how long before it the baseline is captured."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from math import ceil

from onair.plan.observed import Limits

CAPTURE_AHEAD = timedelta(minutes=1)
"""Calendar time between capture and raise, so that the raise is one write (design section 6)."""

ROOM = Fraction(5, 4)
"""Ceiling over floor (design section 5)."""


def wanted_limits(baseline: Limits, floor: int, most: int, *before: int) -> Limits:
    """Return the limits that put a floor in force over what the owner set, all in replicas.

    `most` is the target's maxReplicas; `before` are ceilings below which this one may not fall.
    """
    minimum = max(baseline.minimum, floor)
    if baseline.maximum is None:
        return Limits(minimum)
    ceiling = max(minimum, min(ceil(ROOM * floor), most), *before)
    return Limits(minimum, max(baseline.maximum, ceiling))
