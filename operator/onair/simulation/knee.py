"""Where a curve of loss against cost bends, and which of its points to choose."""

from collections.abc import Sequence
from typing import Final, NamedTuple

_LEAST: Final = 1e-9
"""How far a knee is from the diagonal, in parts of it: what is less, is rounding of floats."""


class Point(NamedTuple):
    """What a setting costs and what it loses, each in a unit of the caller's."""

    cost: float
    loss: float


def knee(points: Sequence[Point]) -> int | None:
    """Return the number of the point at which a curve of loss against cost bends most.

    Before it each further unit of cost saves much, after it little. None where nothing bends: of
    fewer than three points, of a line, of a curve that bends the other way. Of several that bend
    as much it is the cheapest.

    This is Kneedle for falling, convex curves: both axes from 0 to 1, the loss turned round, and
    the largest distance above the diagonal. Computed points need no smoothing, and of several
    knees the largest counts, so that no sensitivity is to be chosen. (Satopaa, Albrecht, Irwin,
    Raghavan: Finding a "Kneedle" in a Haystack, ICDCS Workshops 2011, sections II and III.)
    """
    costs, losses = [each.cost for each in points], [each.loss for each in points]
    if not points or max(costs) == min(costs) or max(losses) == min(losses):
        return None

    def above(number: int) -> float:
        saved = (max(losses) - losses[number]) / (max(losses) - min(losses))
        return saved - (costs[number] - min(costs)) / (max(costs) - min(costs))

    cheapest_first = sorted(range(len(points)), key=points.__getitem__)
    most = max(cheapest_first, key=above)
    return most if above(most) > _LEAST else None


def choose(points: Sequence[Point]) -> int:
    """Return the number of the point that a team should choose.

    It is the knee: a cheaper point that loses no more would be the knee itself. Where there is no
    knee, it is the cheapest of those that lose least.

    Raises:
        ValueError: there is no point.
    """
    bend = knee(points)
    numbers = range(len(points))
    return min(numbers, key=lambda number: points[number][::-1]) if bend is None else bend
