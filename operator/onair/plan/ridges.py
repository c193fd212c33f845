"""Hills with a factor and a date, so that what differs only in these shares its hills."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from onair.plan.curves import Curve, Term, added
from onair.plan.highest import highest
from onair.plan.hills import Hill, hills
from onair.plan.seconds import Number


@dataclass(frozen=True)
class Ridge:
    """The highest of some hills, in order of time."""

    hills: tuple[Hill, ...]

    @cached_property
    def curve(self) -> Curve:
        """The ridge as a curve."""
        return highest([hill.curve() for hill in self.hills])


class Raised(NamedTuple):
    """A ridge times `factor`, `later` seconds later."""

    ridge: Ridge
    factor: Fraction
    later: Number

    def curve(self, times: int = 1) -> Curve:
        """Return it as a curve, so many times as high."""
        return self.ridge.curve.scaled(self.factor * times).moved(self.later)


def summed(shares: Sequence[Sequence[Raised]]) -> Raised:
    """Return the sum of shares, each of which is the highest of what it has.

    It is summed in such parts of a replica that nearly all values and slopes are whole numbers.
    """
    parts = lcm(*(each.factor.denominator for share in shares for each in share))
    terms = [_term(share, parts) for share in shares if share]
    lengths = {piece.end - piece.start for term in terms for piece in term.curve.pieces}
    finer = lcm(*(length for length in lengths if isinstance(length, int)))
    together = added([term._replace(times=term.times * finer) for term in terms])
    return Raised(Ridge(hills(together)), Fraction(1, parts * finer), 0)


def _term(share: Sequence[Raised], parts: int) -> Term:
    if len(share) > 1:
        return Term(highest([each.curve(parts) for each in share]))
    ((ridge, factor, later),) = share
    return Term(ridge.curve, factor.numerator * (parts // factor.denominator), later)
