"""What a curve has most of within a window: its largest value, its largest integral.

A largest value is meant as a supremum: the value before a step counts, although there may be no
instant that has it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import accumulate, pairwise
from operator import attrgetter

from onair.plan.curves import Curve, Piece
from onair.plan.highest import highest
from onair.plan.hills import hills
from onair.plan.seconds import Number, quotient


def widened(whole: Curve, ahead: Number, behind: Number) -> Curve:
    """Return, for every time t, the largest value over the closed window [t - behind, t + ahead].

    Both are seconds of zero or more.
    """
    return highest([hill.widened(ahead, behind).curve() for hill in hills(whole)])


def most_within(whole: Curve, length: Number) -> Fraction:
    """Return the largest integral over any window of so many seconds, exactly.

    While a window slides, its integral changes at the difference between the curve's values at its
    two edges, which is linear between the curve's breakpoints: so the largest is where an edge
    meets a breakpoint, or where that difference passes zero.
    """
    edges = {time for piece in whole.pieces for time in piece[:2]}
    starts = sorted(edges | {time - length for time in edges})
    starts += [zero for span in pairwise(starts) for zero in _balanced(whole, length, *span)]
    until = _integral(whole)
    return Fraction(max((until(start + length) - until(start) for start in starts), default=0))


def _balanced(whole: Curve, length: Number, start: Number, end: Number) -> Iterator[Number]:
    """Yield the start between these two at which a window gains as much as it loses, if any."""
    gain = whole.at(start + length) - whole.at(start)
    loss = whole.before(end) - whole.before(end + length)
    if gain > 0 and loss > 0:
        yield start + quotient(gain * (end - start), gain + loss)


def _integral(whole: Curve) -> Callable[[Number], Number]:
    """Return the function that integrates a curve up to a time."""
    areas = [_area(piece) for piece in whole.pieces]
    sums = list(accumulate(areas, initial=0))

    def until(time: Number) -> Number:
        begun = bisect_left(whole.pieces, time, key=attrgetter("start"))
        if not begun or time >= whole.pieces[begun - 1].end:
            return sums[begun]
        piece = whole.pieces[begun - 1]
        return sums[begun - 1] + _area(piece.part(piece.start, time))

    return until


def _area(piece: Piece) -> Number:
    return quotient((piece.first + piece.last) * (piece.end - piece.start), 2)
