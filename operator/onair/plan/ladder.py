"""The rungs on which every floor stands, so that a curve does not become a hundred writes."""

from bisect import bisect_left
from fractions import Fraction
from functools import cache
from math import ceil
from typing import Final

_SINGLE_STEPS: Final = 20
"""Up to here every number is a rung; from here on each is 21/20 of the one before, rounded up."""


def ladder(replicas: int) -> int:
    """Return the smallest rung that is at least `replicas`; 0 or less stays 0.

    The rungs are 1 to 20, then ceil(20 x (21/20)^k), exactly (design section 3.7).
    """
    return rungs(replicas, replicas)[0] if replicas > 0 else 0


def together(usual: int, carried: Fraction, fixed: int) -> int:
    """Return the replicas for the usual load and what is carried beside it, or `fixed` if more.

    Only what is carried is laddered: a fixed number never changes by small steps. 0 if nothing is
    asked (design section 3.7).
    """
    if not carried:
        return max(usual, fixed) if fixed else 0
    return max(ladder(usual + ceil(carried)), fixed)


def rungs(low: int, high: int) -> tuple[int, ...]:
    """Return the rungs from `ladder(low)` (at least 1) to `ladder(high)`, for low <= high >= 1."""
    known = _rungs_to(high.bit_length())
    return known[bisect_left(known, low) : bisect_left(known, high) + 1]


@cache
def _rungs_to(bits: int) -> tuple[int, ...]:
    """Return the rungs up to the first that no number of so many bits exceeds."""
    found = list(range(1, _SINGLE_STEPS + 1))
    above, below = _SINGLE_STEPS, 1
    while found[-1] < 2**bits:
        above, below = above * 21, below * 20
        found.append(-(-above // below))
    return tuple(found)
