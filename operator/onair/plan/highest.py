"""The highest of several curves, at every time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
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
    compared = _compared(*meeting)
    return curve(chain(*before, compared, *after))


def _parted(pieces: _Pieces, begin: Number, end: Number) -> tuple[_Pieces, _Pieces, _Pieces]:
    """Return pieces in those until `begin`, those from `end` on, and those between."""
    first = bisect_right(pieces, begin, key=attrgetter("end"))
    last = bisect_left(pieces, end, key=attrgetter("start"))
    return pieces[:first], pieces[first:last], pieces[last:]


def _compared(one: _Pieces, other: _Pieces) -> Iterator[Piece]:
    runs: list[_Part] = []
    for a, b, start, end in _aligned(one, other):
        for part in _higher_parts(a, b, start, end):
            # What is cut from one piece is joined again: the breakpoints of the other are gone.
            if runs and runs[-1].source is part.source:
                runs[-1] = runs[-1]._replace(end=part.end)
            else:
                runs.append(part)
    return (source.part(start, end) for source, start, end in runs if source)


class _Part(NamedTuple):
    """A part of a piece, None where there is none: values are looked at only where they count."""

    source: Piece | None
    start: Number
    end: Number


def _aligned(
    one: _Pieces, other: _Pieces
) -> Iterator[tuple[Piece | None, Piece | None, Number, Number]]:
    """Yield what two curves have over one interval after the other, and when that is."""
    ahead, beside = iter(one), iter(other)
    a, b = next(ahead, None), next(beside, None)
    time = min(piece.start for piece in (a, b) if piece) if a or b else 0
    while a or b:
        here = a if a and a.start <= time else None
        there = b if b and b.start <= time else None
        edges = [
            piece.end if piece is own else piece.start
            for piece, own in ((a, here), (b, there))
            if piece
        ]
        until = min(edges)
        yield here, there, time, until
        if here and here.end == until:
            a = next(ahead, None)
        if there and there.end == until:
            b = next(beside, None)
        time = until


def _higher_parts(a: Piece | None, b: Piece | None, start: Number, end: Number) -> Iterator[_Part]:
    """Yield the higher of two pieces over an interval, in parts where they cross."""
    if a is None or b is None or min(a[2:]) >= max(b[2:]):
        yield _Part(b if a is None else a, start, end)
        return
    if max(a[2:]) <= min(b[2:]):
        yield _Part(b, start, end)
        return
    before, after = a.at(start) - b.at(start), a.at(end) - b.at(end)
    if before >= 0 and after >= 0:
        yield _Part(a, start, end)
    elif before <= 0 and after <= 0:
        yield _Part(b, start, end)
    else:
        crossing = start + quotient(before * (end - start), before - after)
        left, right = (a, b) if before > 0 else (b, a)
        yield _Part(left, start, crossing)
        yield _Part(right, crossing, end)
