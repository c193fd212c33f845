"""The highest of several curves, at every time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import attrgetter
from typing import NamedTuple

from onair.plan.curves import Curve, Piece, curve
from onair.plan.seconds import Number, quotient

_Pieces = tuple[Piece, ...]


def highest(curves: Sequence[Curve]) -> Curve:
    """Return the highest of curves, at every time."""
    if len(curves) <= 1:
        return curves[0] if curves else Curve()
    # Halves of equal size: each piece is compared log(n) times instead of n times.
    half = len(curves) // 2
    return _higher(highest(curves[:half]), highest(curves[half:]))


def _higher(one: Curve, other: Curve) -> Curve:
    if not one.pieces or not other.pieces:
        return one if one.pieces else other
    begin = max(one.pieces[0].start, other.pieces[0].start)
    end = min(one.pieces[-1].end, other.pieces[-1].end)
    # Curves that meet in a short time only are compared there only.
    parts = [_parted(each.pieces, begin, end) for each in (one, other)]
    before, meeting, after = zip(*parts, strict=True)
    compared = _compared(*map(Curve, meeting))
    return curve(chain(*before, compared, *after))


def _parted(pieces: _Pieces, begin: Number, end: Number) -> tuple[_Pieces, _Pieces, _Pieces]:
    """Return pieces in those until `begin`, those from `end` on, and those between."""
    first = bisect_right(pieces, begin, key=attrgetter("end"))
    last = bisect_left(pieces, end, key=attrgetter("start"))
    return pieces[:first], pieces[first:last], pieces[last:]


def _compared(one: Curve, other: Curve) -> Iterator[Piece]:
    runs: list[_Cut] = []
    for a, b in _aligned(one, other):
        for cut in _higher_cuts(a, b):
            # What is cut from one piece is joined again: the breakpoints of the other are gone.
            if runs and runs[-1].source is cut.source:
                runs[-1] = runs[-1].extended(cut.piece)
            else:
                runs.append(cut)
    return (run.piece for run in runs)


class _Cut(NamedTuple):
    """A part of a curve and the piece that it is cut from; None where the curve is zero."""

    piece: Piece
    source: Piece | None

    def extended(self, other: Piece) -> "_Cut":
        """Return the cut lengthened by the part of the same piece that follows it."""
        return _Cut(Piece(self.piece.start, other.end, self.piece.first, other.last), self.source)


def _aligned(one: Curve, other: Curve) -> Iterator[tuple[_Cut, _Cut]]:
    """Yield both curves cut at the breakpoints of either, over one interval after the other."""
    times = {time for piece in (*one.pieces, *other.pieces) for time in piece[:2]}
    intervals = list(pairwise(sorted(times)))
    return zip(_cuts(one, intervals), _cuts(other, intervals), strict=True)


def _cuts(whole: Curve, intervals: Iterable[tuple[Number, Number]]) -> Iterator[_Cut]:
    pieces = iter(whole.pieces)
    source = next(pieces, None)
    for start, end in intervals:
        while source and source.end <= start:
            source = next(pieces, None)
        if source and source.start <= start:
            yield _Cut(source.part(start, end), source)
        else:
            yield _Cut(Piece(start, end, 0, 0), None)


def _higher_cuts(a: _Cut, b: _Cut) -> Iterator[_Cut]:
    before, after = a.piece.first - b.piece.first, a.piece.last - b.piece.last
    if before >= 0 and after >= 0:
        yield a
    elif before <= 0 and after <= 0:
        yield b
    else:
        start, end = a.piece[:2]
        crossing = start + quotient(before * (end - start), before - after)
        left, right = (a, b) if before > 0 else (b, a)
        yield _Cut(left.piece.part(start, crossing), left.source)
        yield _Cut(right.piece.part(crossing, end), right.source)
