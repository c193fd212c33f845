"""From exact curves to replicas that change in whole seconds and on rungs of the ladder.

Rising changes are rounded to the second before, falling ones to the second after, so the stairs
are never below what the curves ask for.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from heapq import heappop, heappush
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from onair.plan.curves import Curve, Piece
from onair.plan.ladder import rungs
from onair.plan.seconds import Number


class Stair(NamedTuple):
    """A number of replicas over [start, end), in whole seconds since the epoch."""

    start: int
    end: int
    replicas: int


def stairs(carrying: Curve, fixed: Iterable[Curve], usual: int) -> tuple[Stair, ...]:
    """Return the larger of ladder(usual + ceil(carrying)) and the largest of fixed.

    Nothing where both are 0; beside fixed replicas at least the usual ones. They are sorted, do not
    overlap and are above 0; adjoining ones differ (design section 3.7).
    """
    found = [stair for piece in carrying.pieces for stair in _beside_usual(piece, usual)]
    for curve in fixed:
        found += [_at_least(piece, usual) for piece in curve.pieces]
    return tuple(_highest(found))


def _beside_usual(piece: Piece, usual: int) -> Iterator[Stair]:
    """Yield ladder(usual + ceil(piece)), from one rung to the next."""
    low, high = sorted((piece.first, piece.last))
    passed = rungs(usual + ceil(low), usual + ceil(high))
    crossings = [_time_of(piece, rung - usual) for rung in passed[:-1]]
    if piece.first > piece.last:
        passed, crossings = passed[::-1], crossings[::-1]
    spans = pairwise([piece.start, *crossings, piece.end])
    for (start, end), rung in zip(spans, passed, strict=True):
        yield Stair(floor(start), ceil(end), rung)


def _at_least(piece: Piece, usual: int) -> Stair:
    """Return max(usual, piece) of a constant piece, rounded up."""
    return Stair(floor(piece.start), ceil(piece.end), max(usual, ceil(piece.first)))


def _time_of(piece: Piece, value: int) -> Number:
    """Return the time at which a line that is not constant has a value."""
    share = Fraction(value - piece.first) / (piece.last - piece.first)
    return piece.start + share * (piece.end - piece.start)


def _highest(found: Iterable[Stair]) -> Iterator[Stair]:
    """Yield the highest of overlapping stairs, one after the other."""
    waiting = sorted(found, reverse=True)
    times = sorted({time for stair in waiting for time in stair[:2]})
    standing: list[tuple[int, int]] = []
    top = Stair(0, 0, 0)
    for start, end in pairwise(times):
        while waiting and waiting[-1].start <= start:
            stair = waiting.pop()
            heappush(standing, (-stair.replicas, stair.end))
        while standing and standing[0][1] <= start:
            heappop(standing)
        replicas = -standing[0][0] if standing else 0
        if replicas == top.replicas and start == top.end:
            top = top._replace(end=end)
            continue
        if top.replicas:
            yield top
        top = Stair(start, end, replicas)
    if top.replicas:
        yield top
