"""The hills of a curve: every curve is the highest of its hills.

A hill first never falls and then never rises. So it is above a bar during one stretch of time, and
it is widened by moving its two slopes apart and filling the gap with its top.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onair.plan.curves import Curve, Piece, curve
from onair.plan.seconds import Number

Slope = tuple[Piece, ...]
"""Pieces that adjoin and never fall, in seconds from the summit: the last ends at 0."""


class Hill(NamedTuple):
    """A curve with one summit, which is at `top` from `since` until `until`.

    `fall` is the slope behind the summit as one sees it from there: mirrored in time.
    """

    rise: Slope
    since: Number
    top: Number
    until: Number
    fall: Slope

    def widened(self, ahead: Number, behind: Number) -> "Hill":
        """Return, for every time t, the largest value over the window [t - behind, t + ahead]."""
        return self._replace(since=self.since - ahead, until=self.until + behind)

    def curve(self) -> Curve:
        """Return the hill as a curve."""
        rise = (piece.moved(self.since) for piece in self.rise)
        fall = (piece.moved(self.until) for piece in mirrored(self.fall))
        return curve([*rise, Piece(self.since, self.until, self.top, self.top), *fall])


def hills(whole: Curve) -> tuple[Hill, ...]:
    """Return the hills of a curve, split in its valleys, in order of time."""
    return tuple(_hill(rise, fall) for rise, fall in _split(whole.pieces))


def mirrored(pieces: Sequence[Piece], at: Number = 0) -> Slope:
    """Return pieces with the time running backwards from an instant, which becomes 0."""
    return tuple(
        [Piece(at - end, at - start, last, first) for start, end, first, last in reversed(pieces)]
    )


def _hill(rise: list[Piece], fall: list[Piece]) -> Hill:
    summit = fall[0].start if fall else rise[-1].end
    top = max(rise[-1].last if rise else 0, fall[0].first if fall else 0)
    before = tuple([piece.moved(-summit) for piece in rise])
    return Hill(before, summit, top, summit, mirrored(fall, summit))


def _split(pieces: Iterable[Piece]) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """Split a curve in its valleys, and each hill into its rise and its fall."""
    rise: list[Piece] = []
    fall: list[Piece] = []
    for piece in pieces:
        previous = fall[-1] if fall else rise[-1] if rise else None
        adjoins = previous is not None and previous.end == piece.start
        level = previous.last if previous else 0
        falls = bool(fall) or piece.first < level
        rises = piece.first > level or piece.first < piece.last
        if previous and (not adjoins or (falls and rises)):
            yield rise, fall
            rise, fall, falls = [], [], False
        (fall if falls or piece.last < piece.first else rise).append(piece)
    if rise or fall:
        yield rise, fall
