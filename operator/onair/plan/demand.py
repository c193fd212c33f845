"""The demand of an airing: requests/s over time (design sections 2 and 3.2).

The manifest is taken as checked: its points are in order and span a crowd.
"""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Final, cast

from onair.model.loads import Load
from onair.plan.curves import Curve, Piece, curve
from onair.plan.highest import highest
from onair.plan.seconds import Number, length_of, seconds
from onair.plan.shapes import PEAK, Mark, marks
from onair.plan.windows import most_within, widened
from onair.schedule.airings import Airing

_CACHED: Final = 1024
"""Shapes with the length of an airing: more than a cluster has, and each is small."""


def rate_at(load: Load, airing: Airing, instant: datetime, *, before: bool = False) -> Fraction:
    """Return the requests/s that an airing adds from an instant on, or right `before` it."""
    whole, time = levels(load, airing), seconds(instant - airing.start)
    return (whole.before(time) if before else whole.at(time)) * peak_rate(load, airing) / PEAK


def span(load: Load, airing: Airing) -> tuple[datetime, datetime]:
    """Return the instant of an airing's first demand and the one at which the last is over."""
    pieces = levels(load, airing).pieces
    first, last = length_of(pieces[0].start), length_of(pieces[-1].end)
    return airing.start + first, airing.start + last


def levels(load: Load, airing: Airing) -> Curve:
    """Return the demand in hundred-thousandths of its peak, over seconds since the start.

    Where the end has slack, the largest for any of the ends that it may have.
    """
    duration = seconds(airing.end - airing.start)
    return _envelope(marks(load), duration, seconds(airing.latest_end - airing.end))


def peak_rate(load: Load, airing: Airing) -> Fraction:
    """Return the requests/s at a level of 100 %.

    Of an audience: its requests divided by the largest integral of the shape, at its planned end,
    over any window of length `within`, or over the whole shape (design section 2).
    """
    audience = load.audience
    if audience is None:
        # A load says exactly one of the two.
        return cast("Fraction", load.requests_per_second)
    requests = audience.people * audience.response * audience.requests_per_person
    within = None if audience.within is None else seconds(audience.within)
    return PEAK * requests / _crowd(marks(load), seconds(airing.end - airing.start), within)


@lru_cache(_CACHED)
def _crowd(points: Sequence[Mark], duration: Number, within: Number | None) -> Fraction:
    """Return the largest integral of a shape over a window, level times seconds."""
    shape = _joined(points, duration)
    whole = shape.pieces[-1].end - shape.pieces[0].start
    return most_within(shape, whole if within is None else within)


@lru_cache(_CACHED)
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
