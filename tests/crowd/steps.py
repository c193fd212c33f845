"""Numbers that change at instants, and what they come to over time."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Steps:
    """A step function of seconds: `values[i]` from `since[i]` on; the first also holds before."""

    since: tuple[float, ...]
    values: tuple[float, ...]

    @classmethod
    def of(cls, changes: Iterable[tuple[float, float]]) -> Steps:
        """Make one of (second, value) pairs in any order; of two at a second the later counts.

        Raises:
            ValueError: there is none.
        """
        ordered = dict(sorted(changes, key=lambda change: change[0]))
        if not ordered:
            raise ValueError("a step function needs at least one value")
        return cls(tuple(ordered), tuple(ordered.values()))

    def at(self, second: float) -> float:
        """Return the value at a second."""
        return self.values[max(0, bisect_right(self.since, second) - 1)]

    def integral(self, begin: float, end: float) -> float:
        """Return value times seconds from `begin` to `end`."""
        return sum(self.at(a) * (b - a) for a, b in pairwise(self._edges(begin, end)))

    def mean(self, begin: float, end: float) -> float:
        """Return the mean over time."""
        return self.integral(begin, end) / (end - begin)

    def peak(self, begin: float, end: float) -> float:
        """Return the largest value."""
        return max(self.at(edge) for edge in self._edges(begin, end)[:-1])

    def _edges(self, begin: float, end: float) -> list[float]:
        return [begin, *(second for second in self.since if begin < second < end), end]
