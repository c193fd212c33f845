"""What the shape of a crowd is drawn with: points, and a tail that ebbs away.

Levels are hundred-thousandths of the peak. Straight lines join the points, two points at one
instant are a step, outside them it is zero (design section 3.2).
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple, Protocol

from onair.model.quantities import parse_duration, parse_percentage
from onair.model.texts import Anchor, parse_anchor
from onair.plan.seconds import Number, seconds

PEAK: Final = 100_000
"""The unit of levels: the finest percentage that a manifest can say, so that all are integers."""


class Mark(NamedTuple):
    """A point of a shape: seconds from the start or the end of an airing, and the level there."""

    edge: str
    offset: Number
    level: int


class Part(Protocol):
    """A part of a shape, and what speaks for it."""

    @property
    def why(self) -> str:
        """What it rests on: `measured`, `published`, `assumed` or `defined`, and where."""

    @property
    def said(self) -> str:
        """How a person says it."""

    def marks(self, duration: Number) -> tuple[Mark, ...]:
        """Return its points, in order, in an airing of so many seconds."""


@dataclass(frozen=True, slots=True)
class Points:
    """Points as manifests spell them: `start-15m 25%, start 25%`."""

    said: str
    why: str

    def marks(self, duration: Number) -> tuple[Mark, ...]:  # noqa: ARG002  # the same in all
        """Return the points; where they are does not depend on the duration."""
        texts = (point.split() for point in self.said.split(", "))
        return tuple(mark(parse_anchor(at), parse_percentage(level)) for at, level in texts)


@dataclass(frozen=True, slots=True)
class Tail:
    """What is left of a crowd after its peak: most of it halves soon, a slower part later.

    Attributes:
        after: where it begins, from the end of the airing.
        until: where it is over.
        half_life: in which half of it is gone,
        slow: but for this part of it,
        slow_half_life: of which half is gone in this time.
        why: what it rests on.
    """

    after: str
    until: str
    half_life: str
    slow: str
    slow_half_life: str
    why: str

    @property
    def said(self) -> str:
        """How a person says it."""
        after = "end" if self.after == "0s" else f"end+{self.after}"
        return (
            f"from {after} to end+{self.until} a tail: half of it is gone every {self.half_life},"
            f" of {self.slow} of it every {self.slow_half_life}"
        )

    def marks(self, duration: Number) -> tuple[Mark, ...]:  # noqa: ARG002  # the same in all
        """Return a point each minute and the last, each level rounded up to a thousandth."""
        return _ebbing(self)


def mark(at: Anchor, level: Fraction) -> Mark:
    """Return a point of a manifest: `level` is in parts of the peak."""
    return Mark(at.edge, seconds(at.offset), int(level * PEAK))


@cache
def _ebbing(tail: Tail) -> tuple[Mark, ...]:
    """Return the points of a tail (section B of the load notes: two exponentials).

    Thirty digits decide every rounding rightly: that is tested in whole numbers.
    """
    after, until = _whole_seconds(tail.after), _whole_seconds(tail.until)
    share = parse_percentage(tail.slow)
    slow = Decimal(share.numerator) / share.denominator
    found = []
    with localcontext(prec=30):
        for at in (*range(after + 60, until, 60), until):
            quick_part = (1 - slow) * _left(at - after, _whole_seconds(tail.half_life))
            slow_part = slow * _left(at - after, _whole_seconds(tail.slow_half_life))
            level = (quick_part + slow_part).quantize(Decimal("0.001"), ROUND_CEILING)
            found.append(Mark("end", at, int(level * PEAK)))
    return tuple(found)


def _left(passed: int, half_life: int) -> Decimal:
    return Decimal(2) ** (Decimal(-passed) / half_life)


def _whole_seconds(text: str) -> int:
    return int(seconds(parse_duration(text)))
