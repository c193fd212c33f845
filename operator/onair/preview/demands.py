"""The demand that campaigns send to one target: requests/s over time."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from onair.plan.curves import Curve, Piece, total
from onair.plan.demand import levels, peak_rate
from onair.plan.needs import Need
from onair.plan.outlines import PEAK
from onair.plan.seconds import instant_at, since_epoch
from onair.preview.results import Demand
from onair.preview.windows import Window

_DECIMALS: Final = 2


def demand(needs: Sequence[Need], window: Window) -> tuple[Demand, ...]:
    """Return the points of the demand within a window, rounded to hundredths.

    Of a target with fixed replicas the whole demand of its campaigns counts; a multiple of the
    usual load is none in requests.
    """
    parts = [
        levels(airing).scaled(rate / PEAK).moved(since_epoch(airing.start))
        for need in needs
        for airing in need.airings
        if (rate := peak_rate(airing) * need.target.share)
    ]
    return tuple(_points(_cut(total(parts), window))) if parts else ()


def _cut(curve: Curve, window: Window) -> Iterator[Piece]:
    after, before = since_epoch(window.after), since_epoch(window.before)
    for piece in curve.pieces:
        start, end = max(piece.start, after), min(piece.end, before)
        if start < end:
            yield piece.part(start, end)


def _points(pieces: Iterator[Piece]) -> Iterator[Demand]:
    known: Demand | None = None
    for piece in pieces:
        points = [_point(piece.start, piece.first), _point(piece.end, piece.last)]
        if known and known.at < points[0].at:
            points[:0] = [_point(piece.start, 0)]
            points[:0] = [Demand(at=known.at, requests_per_second=0)]
        for point in points:
            if point != known:
                yield point
            known = point


def _point(time: int | Fraction, rate: int | Fraction) -> Demand:
    return Demand(at=instant_at(time), requests_per_second=float(round(Fraction(rate), _DECIMALS)))
