"""The load that is offered to a target: rates that are constant over each step of a trace."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onair.simulation.settings import Metric


@dataclass(frozen=True)
class Offered:
    """Requests/s over seconds since a trace begins; before that as in its first step.

    Attributes:
        rates: one for each step.
        step: seconds.
        sums: the requests until each step begins, and until the last ends.
    """

    rates: array[float]
    step: int
    sums: array[float] = field(init=False)
    _means: dict[tuple[Metric, float], array[float]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Sum the requests up."""
        each = (rate * self.step for rate in self.rates)
        object.__setattr__(self, "sums", array("d", accumulate(each, initial=0.0)))

    @property
    def end(self) -> int:
        """The seconds until it ends."""
        return len(self.rates) * self.step

    def until(self, instant: float) -> float:
        """Return the requests until an instant; below 0 before it begins."""
        step = self.step
        number = int(instant // step)
        if number < 0:
            return instant * self.rates[0]
        if number >= len(self.rates):
            return self.sums[-1]
        return self.sums[number] + (instant - number * step) * self.rates[number]

    def within(self, after: float, before: float, most: float) -> float:
        """Return the requests between two instants, of every rate no more than `most`."""
        step, rates = self.step, self.rates
        first, last = max(int(after // step), 0), max(int(before // step), 0)
        some = rates[first : last + 1]
        if max(some) <= most:
            return self.until(before) - self.until(after)
        instants = [after, *range((first + 1) * step, last * step + 1, step), before]
        # Where a step begins right at the end, nothing of it counts.
        spans = zip(some, pairwise(instants), strict=False)
        return fsum(min(rate, most) * (end - begin) for rate, (begin, end) in spans)

    def highest(self, after: float, before: float) -> float:
        """Return the highest rate from one instant to another, both included; 0 before any."""
        first, last = int(after // self.step), int(before // self.step)
        return max(self.rates[max(0, first) : max(0, last + 1)], default=0.0)

    def means(self, metric: Metric, sync: float) -> array[float]:
        """Return the mean of the rate that an HPA sees at each of its looks, `sync` seconds apart.

        The first look is at 0 s. They are the same for all arms, and kept.
        """
        known = self._means.get((metric, sync))
        if known is None:
            looks = (metric.seen(number * sync) for number in range(int(-(-self.end // sync))))
            seen = (self.until(before) - self.until(after) for after, before in looks)
            known = self._means[metric, sync] = array("d", (each / metric.window for each in seen))
        return known
