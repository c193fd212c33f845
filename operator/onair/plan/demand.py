"""The demand of an airing: requests/s over time (design sections 2 and 3.2).

The manifest is taken as checked: its points are in order and span a crowd.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Final

from onair.model.loads import Load, Point
from onair.plan.curves import Curve, Piece, curve
from onair.plan.highest import highest
from onair.plan.outlines import PEAK, Mark
from onair.plan.same import Same
from onair.plan.seconds import Number, length_of, seconds
from onair.plan.shapes import marks
from onair.plan.windows import most_within, widened
from onair.schedule.airings import Airing

_CACHED: Final = 1024
"""Shapes with the length of an airing: more than a cluster has, and each is small."""

_Points = Same[tuple[Point, ...] | None]
"""64 points take longer to compare than what follows from them."""


def level_at(airing: Airing, instant: datetime, *, before: bool = False) -> Fraction:
    """Return the demand from an instant on, or right `before` it, in parts of its peak."""
    whole, time = levels(airing), seconds(instant - airing.start)
    return Fraction(whole.before(time) if before else whole.at(time)) / PEAK


def span(airing: Airing) -> tuple[datetime, datetime]:
    """Return the instant of an airing's first demand and the one at which the last is over."""
    pieces = levels(airing).pieces
    first, last = length_of(pieces[0].start), length_of(pieces[-1].end)
    return airing.start + first, airing.start + last


def levels(airing: Airing) -> Curve:
    """Return the demand in hundred-thousandths of its peak, over seconds since the start.

    Where the end has slack, the largest for any of the ends that it may have.
    """
    load, duration = airing.load, seconds(airing.end - airing.start)
    slack = seconds(airing.latest_end - airing.end)
    return _known_levels(load.shape, Same(load.points), duration, slack)


def outline(shape: str, duration: timedelta) -> Curve:
    """Return a shape's levels in an airing that lasts so long, over seconds since its start."""
    return _levels(shape, None, seconds(duration), 0)


def peak_rate(airing: Airing) -> Fraction:
    """Return the requests/s at a level of 100 %, 0 for a load that is a multiplier."""
    return peak_over(airing.load, airing.end - airing.start)


def peak_over(load: Load, duration: timedelta) -> Fraction:
    """Return the requests/s at a level of 100 % if the airing lasted so long.

    Of an audience: its requests divided by the largest integral of the shape, at its planned end,
    over any window of length `within`, or over the whole shape (design section 2).
    """
    audience = load.audience
    if audience is None:
        rate: Fraction | None = load.requests_per_second
        return rate or Fraction()
    requests: Fraction = audience.people * audience.response * audience.requests_per_person
    return requests / seconds_at_peak(load, duration)


def seconds_at_peak(load: Load, duration: timedelta) -> Fraction:
    """Return how many seconds at its peak bring all requests of an audience.

    That is the largest integral of the shape over `within`.
    """
    within = None if load.audience is None else load.audience.within
    window = None if within is None else seconds(within)
    return _busiest(load.shape, Same(load.points), seconds(duration), window)


@lru_cache(_CACHED)
def _busiest(shape: str, points: _Points, duration: Number, within: Number | None) -> Fraction:
    """Return the largest integral of a shape over a window, in seconds at its peak."""
    whole = _known_levels(shape, points, duration, 0)
    length = whole.pieces[-1].end - whole.pieces[0].start
    return most_within(whole, length if within is None else within) / PEAK


@lru_cache(_CACHED)
def _known_levels(shape: str, points: _Points, duration: Number, slack: Number) -> Curve:
    return _levels(shape, points.value, duration, slack)


@lru_cache(_CACHED)
def _levels(shape: str, points: tuple[Point, ...] | None, duration: Number, slack: Number) -> Curve:
    found = marks(shape, points, duration)
    shortest = max(duration, _shortest(found))
    return _envelope(found, shortest, max(duration + slack - shortest, 0))


def _shortest(points: Sequence[Mark]) -> Number:
    """Return the shortest duration that leaves the points in order: 10 s for a ticket sale."""
    at_start = [mark.offset for mark in points if mark.edge == "start"]
    at_end = [mark.offset for mark in points if mark.edge == "end"]
    return at_start[-1] - at_end[0] if at_start and at_end else 0


def _envelope(points: Sequence[Mark], duration: Number, slack: Number) -> Curve:
    """Return the largest level over time among all ends from `duration` to `duration + slack`.

    From the first point at the end onwards a shape slides along with the end: the largest level is
    that of the last `slack` seconds. The line that leads to this point is, at any one instant, the
    higher the earlier the end, or the higher the later: so the largest is on the line of the
    earliest end, on that of the latest, or at the point where the line of an end between them ends.
    """
    planned = _joined(points, duration)
    sliding = [mark for mark in points if mark.edge == "end"]
    if not slack or not sliding:
        return planned
    latest = _joined(points, duration + slack)
    slid = widened(_joined(sliding, duration), 0, slack)
    return highest([planned, latest, slid, _line_ends(points, sliding[0], duration, slack)])


def _line_ends(points: Sequence[Mark], first: Mark, duration: Number, slack: Number) -> Curve:
    """Return the level at the end of the line that leads to the first point at the end."""
    if points[0] is first:
        return Curve()
    start = duration + first.offset
    return curve([Piece(start, start + slack, first.level, first.level)])


def _joined(points: Sequence[Mark], duration: Number) -> Curve:
    """Return the level over seconds since the start, for an airing of this duration."""
    edges: dict[str, Number] = {"start": 0, "end": duration}
    placed = [(edges[mark.edge] + mark.offset, mark.level) for mark in points]
    return curve(Piece(t, u, p, q) for (t, p), (u, q) in pairwise(placed) if t < u)
