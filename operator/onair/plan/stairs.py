"""From exact curves to replicas that change in whole seconds and on rungs of the ladder.

Rising changes are rounded to the second before, falling ones to the second after, so the stairs
are never below what the curves ask for.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, floor

from onair.plan.curves import Curve, Piece
from onair.plan.hills import Hill, Slope
from onair.plan.ladder import rungs
from onair.plan.ridges import Ridge
from onair.plan.seconds import Number, quotient

Stairs = dict[int, int]
"""Replicas from a whole second on: in order of time, each another number, the last is 0."""


def stairs(carrying: Iterable[Ridge], fixed: Iterable[Curve], usual: int) -> Stairs:
    """Return the larger of ladder(usual + ceil(the highest of carrying)) and the largest of fixed.

    0 where both are 0; beside fixed replicas at least the usual ones (design section 3.7).
    """
    found = [_beside_usual(hill, ridge, usual) for ridge in carrying for hill in ridge.hills]
    found += [_at_least(piece, usual) for curve in fixed for piece in curve.pieces]
    return _highest(found)


def _beside_usual(hill: Hill, ridge: Ridge, usual: int) -> Stairs:
    """Return ladder(usual + ceil(hill x factor)): each rung for as long as a bar is exceeded.

    The bars are 0 and what each rung leaves beside the usual replicas, in parts of the factor's
    denominator: so nearly all that is compared are whole numbers.
    """
    times, parts = ridge.factor.as_integer_ratio()
    up = rungs(usual + 1, usual + ceil(quotient(hill.top * times, parts)))
    bars = [0, *((rung - usual) * parts for rung in up[:-1])]
    begins = _exceeding(bars, hill.rise, hill.since + ridge.later, hill.top, times)
    ends = _exceeding(bars, hill.fall, -hill.until - ridge.later, hill.top, times)
    changes = dict(zip(begins, up, strict=True))  # of several in one second the last counts
    changes.update(zip((-end for end in reversed(ends)), (*up[-2::-1], 0), strict=True))
    return changes


def _exceeding(
    bars: Sequence[int], slope: Slope, summit: Number, top: Number, times: int
) -> list[int]:
    """Return the seconds in which a slope, so many times as high, first exceeds each of the bars.

    The bars rise and are below its top.
    """
    found = []
    pieces = iter((*slope, Piece(0, 0, top, top)))
    start, end, low, high = Piece(0, 0, 0, 0)
    for bar in bars:
        while high <= bar:
            start, end, first, last = next(pieces)
            low, high = first * times, last * times
        if bar < low:
            found.append(floor(summit + start))
        else:
            passed = (bar - low) * (end - start) + (summit + start) * (high - low)
            found.append(passed // (high - low))
    return found


def _at_least(piece: Piece, usual: int) -> Stairs:
    """Return max(usual, piece) of a constant piece, rounded up."""
    return {floor(piece.start): max(usual, ceil(piece.first)), ceil(piece.end): 0}


def _highest(found: Sequence[Stairs]) -> Stairs:
    if len(found) <= 1:
        return found[0] if found else {}
    half = len(found) // 2
    return _higher(_highest(found[:half]), _highest(found[half:]))


def _higher(one: Stairs, other: Stairs) -> Stairs:
    if next(reversed(one)) < next(iter(other)):
        return one | other
    standing = [0, 0]
    both: Stairs = {}
    changes = [
        (second, side, r) for side, stair in enumerate((one, other)) for second, r in stair.items()
    ]
    for second, side, replicas in sorted(changes):
        standing[side] = replicas
        both[second] = max(standing)
    found = list(both.items())
    return dict(found[:1] + [later for earlier, later in pairwise(found) if later[1] != earlier[1]])
