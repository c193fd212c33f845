"""Of airings that come for a year, the few that have demand around an instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from onair.plan.demand import span
from onair.schedule.airings import Airing


@dataclass(frozen=True)
class Near:
    """Airings that are looked at again and again, each time around another instant."""

    airings: Sequence[Airing]

    @cached_property
    def _spans(self) -> list[tuple[Airing, datetime, datetime]]:
        return [(airing, *span(airing)) for airing in self.airings]

    def between(self, start: datetime, end: datetime) -> tuple[Airing, ...]:
        """Return the airings that have demand in [start, end]."""
        return tuple(a for a, begins, ends in self._spans if begins <= end and start <= ends)
