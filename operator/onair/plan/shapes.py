"""The shapes of a crowd, as data: points in seconds from an airing's start or end, and levels.

Levels are hundred-thousandths of the peak. Straight lines join the points, two points at one
instant are a step, outside them it is zero (design section 3.2; section B of the load notes has
the evidence).
"""

from decimal import ROUND_CEILING, Decimal, localcontext
from fractions import Fraction
from typing import Final, NamedTuple

from onair.model.loads import Load
from onair.model.quantities import parse_percentage
from onair.model.texts import Anchor, parse_anchor
from onair.plan.seconds import Number, seconds

PEAK: Final = 100_000
"""The unit of levels: the finest percentage that a manifest can say, so that all are integers."""


class Mark(NamedTuple):
    """A point of a shape: seconds from the start or the end of an airing, and the level there."""

    edge: str
    offset: Number
    level: int


def _mark(at: Anchor, level: Fraction) -> Mark:
    return Mark(at.edge, seconds(at.offset), int(level * PEAK))


def _marks(*points: str) -> tuple[Mark, ...]:
    """Read points such as `start-15m 25%`."""
    texts = (point.split() for point in points)
    return tuple(_mark(parse_anchor(at), parse_percentage(level)) for at, level in texts)


def _tail(
    after: int, until: int, half_life: int, slow: str, slow_half_life: int
) -> tuple[Mark, ...]:
    """Return the points of a tail, one a minute, each level rounded up to a thousandth.

    It begins `after` minutes after the end and lasts until `until` minutes after it; most of it
    halves every `half_life` minutes, the part `slow` every `slow_half_life`. Fifty digits decide
    every rounding rightly: that is tested in whole numbers.
    """
    share = Decimal(slow)
    tail = []
    with localcontext(prec=50):
        for minute in range(1, until - after + 1):
            quick_part = (1 - share) * Decimal(2) ** (Decimal(-minute) / half_life)
            slow_part = share * Decimal(2) ** (Decimal(-minute) / slow_half_life)
            level = (quick_part + slow_part).quantize(Decimal("0.001"), ROUND_CEILING)
            tail.append(Mark("end", 60 * (after + minute), int(level * PEAK)))
    return tuple(tail)


SHAPES: Final[dict[str, tuple[Mark, ...]]] = {
    "Flat": _marks("start 100%", "end 100%"),
    "Episode": (
        *_marks("start-15m 25%", "start 25%", "start 15%", "end 15%", "end+1m 100%", "end+6m 100%"),
        *_tail(after=6, until=60, half_life=10, slow="0.1", slow_half_life=30),
    ),
    "Livestream": (
        *_marks("start-15m 0%", "start 35%", "end 100%"),
        *_tail(after=0, until=150, half_life=20, slow="0.2", slow_half_life=60),
    ),
}
"""Every shape but Custom, whose points stand in the manifest."""


def marks(load: Load) -> tuple[Mark, ...]:
    """Return the points of a load's shape, in order."""
    if load.points is None:
        return SHAPES[load.shape]
    return tuple(_mark(point.at, point.level) for point in load.points)
