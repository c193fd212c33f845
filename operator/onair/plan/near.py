"""The needs around an instant: of airings that come for a year, the few that have demand there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from onair.plan.demand import span
from onair.plan.needs import Need
from onair.schedule.airings import Airing


@dataclass(frozen=True)
class Near:
    """Needs that are looked at again and again, each time at another instant."""

    needs: Sequence[Need]

    @cached_property
    def _spans(self) -> list[list[tuple[Airing, datetime, datetime]]]:
        return [[(airing, *span(airing)) for airing in need.airings] for need in self.needs]

    def between(self, start: datetime, end: datetime) -> tuple[Need, ...]:
        """Return the needs with those of their airings that have demand in [start, end]."""
        found = []
        for need, spans in zip(self.needs, self._spans, strict=True):
            own = tuple(a for a, begins, ends in spans if begins <= end and start <= ends)
            found += [replace(need, airings=own)] if own else []
        return tuple(found)
