"""What a demand becomes with the lead before it and the cool-down after it (design 3.5 and 3.6)."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from onair.model.targets import CoolDown
from onair.plan.curves import Curve, Piece, curve
from onair.plan.highest import highest
from onair.plan.hills import Hill, Slope, hills
from onair.plan.ridges import Raised, Ridge
from onair.plan.seconds import Number, seconds

_CACHED: Final = 1024
"""Kinds of airings with lead and cool-down: each takes some 10 kB."""


class _Fading(NamedTuple):
    """A cool-down in numbers, which are quick to compare: a step takes `step` of `whole`."""

    hold: Number
    every: Number
    step: int
    whole: int


def ridge(bare: Curve, lead: timedelta, cool_down: CoolDown) -> Raised:
    """Return the largest over s <= t of (the largest of a curve over [s, s + lead]) x k(t - s).

    k is what the cool-down leaves after so many seconds. Levels are counted in parts of `whole`, so
    that nearly all of them are whole numbers.
    """
    step, whole = cool_down.step.as_integer_ratio()
    fading = _Fading(seconds(cool_down.hold), seconds(cool_down.every), step, whole)
    return Raised(_ridge(bare, seconds(lead), fading), Fraction(1, whole), 0)


@lru_cache(_CACHED)
def _ridge(bare: Curve, lead: Number, fading: _Fading) -> Ridge:
    led = [hill.widened(lead, 0) for hill in hills(bare.scaled(fading.whole))]
    found = [
        hill._replace(fall=_cooling(hill.fall, hill.top, fading, _steps(gap, fading)))
        for hill, gap in zip(led, _gaps(led), strict=True)
    ]
    return Ridge(tuple(found))


def _gaps(led: Sequence[Hill]) -> list[Number | None]:
    """Return how many seconds behind the summit of each one follows that is as high or higher.

    From then on nothing of the fall is seen: neither the later summit nor its cool-down, which
    begins later, is ever below. None where no such summit follows.
    """
    gaps: list[Number | None] = [None] * len(led)
    higher: list[Hill] = []
    for number in reversed(range(len(led))):
        while higher and higher[-1].top < led[number].top:
            higher.pop()
        if higher:
            gaps[number] = higher[-1].since - led[number].until
        higher.append(led[number])
    return gaps


def _steps(gap: Number | None, fading: _Fading) -> int:
    """Return how many steps of a cool-down have begun before a gap is over, the hold among them."""
    steps = -(-fading.whole // fading.step)
    if gap is None:
        return steps
    taken = max(0, -((fading.hold - gap) // fading.every))
    return min(steps, 1 + taken) if gap > 0 else 0


@lru_cache(_CACHED)
def _cooling(fall: Slope, top: Number, fading: _Fading, steps: int) -> Slope:
    """Return what follows a summit: the largest over s <= t of the fall at s, times k(t - s).

    k falls in steps (design section 3.6): so this is the highest of finitely many slopes, for each
    step the fall from the time on to which it reaches back, times its k. Mirrored as all falls are.
    """
    hold, every, step, whole = fading
    slopes = []
    for passed in range(steps):
        left, later = whole - passed * step, hold + passed * every
        slope = _slope(fall, top, fading, left, hold if passed == 0 else every)
        slopes.append(slope.moved(-later).scaled(Fraction(left, whole)))
    return highest(slopes).pieces


def _slope(fall: Slope, top: Number, fading: _Fading, left: int, level: Number) -> Curve:
    """Return a fall, at its top for so many seconds before, without what is never the highest.

    That is any piece that is lower than the top after the steps that are taken until its end: most
    of a fall that is quick beside the cool-down.
    """
    seen = (
        piece
        for piece in fall
        if piece.last * left > top * (left + piece.start // fading.every * fading.step)
    )
    return curve((*seen, Piece(0, level, top, top)))
