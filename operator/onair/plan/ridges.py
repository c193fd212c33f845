"""Hills that share a factor and a date, so that what differs only in these can share its hills."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from onair.plan.curves import Curve, total
from onair.plan.highest import highest
from onair.plan.hills import Hill, hills
from onair.plan.seconds import Number


class Ridge(NamedTuple):
    """The highest of some hills times `factor`, `later` seconds later."""

    hills: tuple[Hill, ...]
    factor: Fraction
    later: Number

    def curve(self, times: int = 1) -> Curve:
        """Return the ridge as a curve, so many times as high."""
        whole = highest([hill.curve() for hill in self.hills])
        return whole.scaled(self.factor * times).moved(self.later)


def summed(shares: Sequence[Sequence[Ridge]]) -> Ridge:
    """Return the sum of shares, each the highest of its ridges.

    It is summed in such parts of a replica that nearly all values and slopes are whole numbers.
    """
    parts = lcm(*(ridge.factor.denominator for share in shares for ridge in share))
    curves = [highest([ridge.curve(parts) for ridge in share]) for share in shares]
    lengths = {piece.end - piece.start for each in curves for piece in each.pieces}
    finer = lcm(*(length for length in lengths if isinstance(length, int)))
    together = total([each.scaled(finer) for each in curves])
    return Ridge(hills(together), Fraction(1, parts * finer), 0)
