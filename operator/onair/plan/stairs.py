"""From exact curves to replicas that change in whole seconds and on rungs of the ladder.

Rising changes are rounded to the second before, falling ones to the second after, so the stairs
are never below what the curves ask for.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import ceil, floor

from onair.plan.changes import changes
from onair.plan.curves import Curve, Piece
from onair.plan.hills import Hill, Slope
from onair.plan.ladder import rungs
from onair.plan.ridges import Raised
from onair.plan.seconds import Number

Stairs = dict[int, int]
"""Replicas from a whole second on: in order of time, each another number, the last is 0."""


def stairs(carrying: Iterable[Raised], fixed: Iterable[Curve], usual: int) -> Stairs:
    """Return the larger of ladder(usual + ceil(the highest of carrying)) and the largest of fixed.

    0 where both are 0; beside fixed replicas at least the usual ones (design section 3.7).
    """
    found = [_beside_usual(hill, each, usual) for each in carrying for hill in each.ridge.hills]
    found += [_at_least(piece, usual) for curve in fixed for piece in curve.pieces]
    return _highest(found)


def _beside_usual(hill: Hill, raised: Raised, usual: int) -> Stairs:
    """Return ladder(usual + ceil(hill x factor)): each rung for as long as a bar is exceeded.

    The bars are 0 and what each rung leaves beside the usual replicas, in parts of the factor's
    denominator: so nearly all that is compared are whole numbers.
    """
    times, parts = raised.factor.as_integer_ratio()
    up = rungs(usual + 1, usual - (-hill.top * times // parts))
    bars = [0, *[(rung - usual) * parts for rung in up]]
    begins = _exceeding(bars, hill.rise, hill.since + raised.later, hill.top, times)
    ends = _exceeding(bars, hill.fall, -hill.until - raised.later, hill.top, times)
    found = dict(zip(begins, up, strict=True))  # of several in one second the last counts
    found.update(zip([-end for end in reversed(ends)], (*up[-2::-1], 0), strict=True))
    return found


def _exceeding(
    bars: Sequence[int], slope: Slope, summit: Number, top: Number, times: int
) -> list[int]:
    """Return the seconds in which a slope, so many times as high, first exceeds each of the bars.

    The bars rise; all but the last, which it does not exceed, are below its top.
    """
    found: list[int] = []
    for start, end, first, last in (*slope, Piece(0, 0, top, top)):
        low, high = first * times, last * times
        if high <= bars[len(found)]:
            continue
        if low > bars[len(found)]:
            found += [floor(summit + start)] * (bisect_left(bars, low, len(found)) - len(found))
        if low < high:
            length, climb = end - start, high - low
            offset = (summit + start) * climb - low * length
            met = bars[len(found) : bisect_left(bars, high, len(found))]
            found += [(bar * length + offset) // climb for bar in met]
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
    sides = enumerate((one, other))
    found = [(second, side, number) for side, each in sides for second, number in each.items()]
    for second, side, number in sorted(found):
        standing[side] = number
        both[second] = max(standing)
    return dict(changes(both.items()))
