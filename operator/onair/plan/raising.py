"""What a demand becomes with the lead before it and the cool-down after it (design 3.5 and 3.6)."""

from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from onair.model.targets import CoolDown
from onair.plan.curves import Curve, Piece, curve
from onair.plan.highest import highest
from onair.plan.hills import Slope, hills
from onair.plan.ridges import Ridge
from onair.plan.seconds import Number, seconds

_CACHED: Final = 1024
"""Kinds of airings with lead and cool-down: each takes some 10 kB."""


class _Fading(NamedTuple):
    """A cool-down in numbers, which are quick to compare: a step takes `step` of `whole`."""

    hold: Number
    every: Number
    step: int
    whole: int


def ridge(bare: Curve, lead: timedelta, cool_down: CoolDown) -> Ridge:
    """Return the largest over s <= t of (the largest of a curve over [s, s + lead]) x k(t - s).

    k is what the cool-down leaves after so many seconds.
    """
    step, whole = cool_down.step.as_integer_ratio()
    fading = _Fading(seconds(cool_down.hold), seconds(cool_down.every), step, whole)
    return _ridge(bare, seconds(lead), fading)


@lru_cache(_CACHED)
def _ridge(bare: Curve, lead: Number, fading: _Fading) -> Ridge:
    led = (hill.widened(lead, 0) for hill in hills(bare))
    return Ridge(tuple(hill._replace(fall=_cooling(hill.fall, hill.top, fading)) for hill in led))


@lru_cache(_CACHED)
def _cooling(fall: Slope, top: Number, fading: _Fading) -> Slope:
    """Return what follows a summit: the largest over s <= t of the fall at s, times k(t - s).

    k falls in steps (design section 3.6): so this is the highest of finitely many slopes, for each
    step the fall from the time on to which it reaches back, times its k. Mirrored as all falls are.
    """
    hold, every, step, whole = fading
    slopes = []
    for passed in range(-(-whole // step)):
        later = hold + passed * every
        slope = curve((*fall, Piece(0, later, top, top))).moved(-later)
        slopes.append(slope.scaled(Fraction(whole - passed * step, whole)))
    return highest(slopes).pieces
