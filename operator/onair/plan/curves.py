"""Exact functions of time: straight pieces over half-open intervals, steps allowed, zero elsewhere.

Times are seconds (since the epoch, or since whatever a caller chose), values are zero or more; both
are int or Fraction, never float. Every curve is continuous from the right, so `at` of an instant at
which it steps is the value after the step.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from onair.plan.seconds import Number, quotient


class Piece(NamedTuple):
    """A straight line over [start, end): `first` is its value at the start, `last` at the end."""

    start: Number
    end: Number
    first: Number
    last: Number

    def at(self, time: Number) -> Number:
        """Return the value at a time from start to end; at the end the limit from the left."""
        if self.first == self.last or time == self.start:
            return self.first
        if time == self.end:
            return self.last
        climbed = (self.last - self.first) * (time - self.start)
        return self.first + quotient(climbed, self.end - self.start)

    def moved(self, by: Number) -> "Piece":
        """Return the piece that many seconds later."""
        return Piece(self.start + by, self.end + by, self.first, self.last)

    def part(self, start: Number, end: Number) -> "Piece":
        """Return the piece between two times that lie within it."""
        if (start, end) == self[:2]:
            return self
        return Piece(start, end, self.at(start), self.at(end))


@dataclass(frozen=True, slots=True)
class Curve:
    """A function of time. `pieces` are sorted, do not overlap and are not zero throughout."""

    pieces: tuple[Piece, ...] = ()

    def __hash__(self) -> int:
        """Return a hash that takes no longer for a curve of many pieces; few agree in the ends."""
        return hash((len(self.pieces), self.pieces[:1], self.pieces[-1:]))

    def at(self, time: Number) -> Number:
        """Return the value at a time."""
        begun = bisect_right(self.pieces, time, key=attrgetter("start"))
        inside = begun and time < self.pieces[begun - 1].end
        return self.pieces[begun - 1].at(time) if inside else 0

    def before(self, time: Number) -> Number:
        """Return the limit from the left at a time."""
        begun = bisect_left(self.pieces, time, key=attrgetter("start"))
        inside = begun and time <= self.pieces[begun - 1].end
        return self.pieces[begun - 1].at(time) if inside else 0

    def peak(self) -> Number:
        """Return the largest value."""
        return max((max(piece.first, piece.last) for piece in self.pieces), default=0)

    def scaled(self, factor: Number) -> "Curve":
        """Return the curve times a factor above zero."""
        if factor == 1:
            return self
        times, parts = factor.as_integer_ratio()
        values = ([quotient(value * times, parts) for value in p[2:]] for p in self.pieces)
        return Curve(tuple(Piece(*p[:2], *v) for p, v in zip(self.pieces, values, strict=True)))

    def moved(self, by: Number) -> "Curve":
        """Return the curve that many seconds later."""
        return Curve(tuple(piece.moved(by) for piece in self.pieces)) if by else self

    def above(self, most: Number) -> list[tuple[Number, Number]]:
        """Return the stretches over which the curve is above a constant, sorted."""
        higher = [piece for piece in self.pieces if max(piece.first, piece.last) > most]
        return [_above(piece, most) for piece in higher]

    def limited(self, most: Number) -> "Curve":
        """Return the lower of the curve and a constant, at every time."""
        if self.peak() <= most:
            return self
        return curve(low for piece in self.pieces for low in _limited(piece, most))


def curve(pieces: Iterable[Piece]) -> Curve:
    """Return the curve of sorted pieces: without empty and zero ones, constants joined."""
    joined: list[Piece] = []
    for piece in pieces:
        if piece.start == piece.end or not (piece.first or piece.last):
            continue
        if joined and _is_level(joined[-1], piece):
            joined[-1] = Piece(joined[-1].start, piece.end, joined[-1].first, piece.last)
        else:
            joined.append(piece)
    return Curve(tuple(joined))


class Term(NamedTuple):
    """A curve so many times as high, so many seconds later."""

    curve: Curve
    times: Number = 1
    later: Number = 0


def total(curves: Iterable[Curve]) -> Curve:
    """Return the sum of curves."""
    return added([Term(each) for each in curves])


def added(terms: Sequence[Term]) -> Curve:
    """Return the sum of terms."""
    if len(terms) == 1:
        return terms[0].curve.scaled(terms[0].times).moved(terms[0].later)
    jumps: dict[Number, Number] = defaultdict(int)
    bends: dict[Number, Number] = defaultdict(int)
    for whole, times, later in terms:
        for start, end, first, last in whole.pieces:
            slope = quotient((last - first) * times, end - start)
            jumps[start + later] += first * times
            jumps[end + later] -= last * times
            bends[start + later] += slope
            bends[end + later] -= slope
    return curve(_summed(jumps, bends))


def _summed(jumps: dict[Number, Number], bends: dict[Number, Number]) -> Iterator[Piece]:
    value: Number = 0
    slope: Number = 0
    for start, end in pairwise(sorted(jumps)):
        value += jumps[start]
        slope = quotient(slope + bends[start], 1)
        last = quotient(value + slope * (end - start), 1)
        yield Piece(start, end, value, last)
        value = last


def _limited(piece: Piece, most: Number) -> Iterator[Piece]:
    ceiling = Piece(piece.start, piece.end, most, most)
    low, high = sorted((piece.first, piece.last))
    if high <= most:
        yield piece
    elif low >= most:
        yield ceiling
    else:
        crossing = _crossing(piece, most)
        left, right = (piece, ceiling) if piece.first < most else (ceiling, piece)
        yield left.part(piece.start, crossing)
        yield right.part(crossing, piece.end)


def _above(piece: Piece, most: Number) -> tuple[Number, Number]:
    """Return over which part of a piece that exceeds a constant it is above it."""
    start, end, first, last = piece
    if first >= most and last >= most:
        return start, end
    crossing = _crossing(piece, most)
    return (start, crossing) if first > most else (crossing, end)


def _crossing(piece: Piece, level: Number) -> Number:
    """Return when a piece that is not constant has a level."""
    share = (level - piece.first) * (piece.end - piece.start)
    return piece.start + quotient(share, piece.last - piece.first)


def _is_level(one: Piece, other: Piece) -> bool:
    """Whether two pieces that adjoin are one constant."""
    return one.end == other.start and one.first == one.last == other.first == other.last
