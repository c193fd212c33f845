"""The Ready replicas that a load requires, and how often that changes."""

from __future__ import annotations

from array import array
from itertools import accumulate, pairwise
from math import ceil
from operator import ne
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onair.simulation.offered import Offered

MINUTE: Final = 60

_NOISE: Final = 1e-9
"""What a rate divided by a capacity may be off."""


def required(offered: Offered, capacity: float) -> array[int]:
    """Return the least Ready replicas with nothing above their capacity, for each step.

    At least 1: a service that nobody asks for is there all the same.
    """
    return array("q", [max(1, ceil(rate / capacity - _NOISE)) for rate in offered.rates])


class Required:
    """The same, with sums over stretches of time.

    Attributes:
        replicas: for each step.
        inverses: the sum of 1 / replicas over the steps before each.
        changes: how often the replicas have changed up to each step, its begin included.
        minutes: the replicas at the begin of each minute, and at the end of the last.
        moved: over how many minutes they have changed, of those before each.
    """

    def __init__(self, offered: Offered, capacity: float) -> None:
        """Look at a load on replicas of a capacity in requests/s."""
        self.replicas = required(offered, capacity)
        inverses = accumulate((1 / each for each in self.replicas), initial=0.0)
        self.inverses = array("d", inverses)
        self.changes = _changes(self.replicas)
        last = len(self.replicas) - 1
        looks = range(0, offered.end + MINUTE, MINUTE)
        minutes = (self.replicas[min(look // offered.step, last)] for look in looks)
        self.minutes = array("q", minutes)
        self.moved = _changes(self.minutes)


def _changes(values: Iterable[int]) -> array[int]:
    """Return for each value how often they have changed until there."""
    return array("q", accumulate((ne(*pair) for pair in pairwise(values)), initial=0))
