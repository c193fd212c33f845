"""Traffic over time: requests/s, constant over each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """A site's traffic, from an instant on, step by step without gaps.

    Attributes:
        begin: of the first step, in UTC, at a whole second.
        step: seconds from one rate to the next, 1 to 3600.
        rates: requests/s ("d"), one for each step, at least one; not changed by anyone.
    """

    begin: datetime
    step: int
    rates: array[float]

    @property
    def seconds(self) -> int:
        """How long it is."""
        return self.step * len(self.rates)

    @property
    def end(self) -> datetime:
        """The instant (UTC) at which its last step is over."""
        return self.begin + timedelta(seconds=self.seconds)

    @property
    def requests(self) -> float:
        """All requests in it."""
        return self.step * fsum(self.rates)

    def at(self, instant: datetime) -> float:
        """Return the requests/s at an instant; 0 before the trace and after it."""
        index = (instant - self.begin) // timedelta(seconds=self.step)
        return self.rates[index] if 0 <= index < len(self.rates) else 0.0

    def between(self, after: datetime, before: datetime) -> Trace:
        """Return the whole steps that lie within two instants.

        Raises:
            ValueError: there is none.
        """
        step = timedelta(seconds=self.step)
        first = max(0, -((self.begin - after) // step))
        last = max(0, (before - self.begin) // step)
        rates = self.rates[first:last]
        if not rates:
            raise ValueError(f"the trace has no whole step from {after} to {before}")
        return Trace(self.begin + first * step, self.step, rates)
