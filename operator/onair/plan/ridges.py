"""Hills with a factor and a date, so that what differs only in these shares its hills."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Final, NamedTuple

from onair.plan.curves import Curve, Term, added
from onair.plan.highest import highest
from onair.plan.hills import Hill, hills
from onair.plan.same import Same
from onair.plan.seconds import Number

_CACHED: Final = 1024
"""As many as there are ridges kept (`onair.plan.raising`). No `cached_property`: until Python 3.12
one that is worked out in a thread keeps all others of its name waiting."""


@dataclass(frozen=True)
class Ridge:
    """The highest of some hills, in order of time."""

    hills: tuple[Hill, ...]

    @property
    def curve(self) -> Curve:
        """The ridge as a curve, which is made once."""
        return _curve_of(Same(self))


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


@lru_cache(_CACHED)
def _curve_of(ridge: Same[Ridge]) -> Curve:
    return highest([hill.curve() for hill in ridge.value.hills])


def _term(share: Sequence[Raised], parts: int) -> Term:
    if len(share) > 1:
        return Term(highest([each.curve(parts) for each in share]))
    ((ridge, factor, later),) = share
    return Term(ridge.curve, factor.numerator * (parts // factor.denominator), later)
