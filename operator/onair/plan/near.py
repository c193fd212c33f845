"""Of airings that come for a year, the few that have demand around an instant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from onair.plan.demand import span
from onair.plan.needs import Need
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


def around(needs: Sequence[Need], instant: datetime) -> tuple[Need, ...]:
    """Return the needs with those of their airings that hold replicas at an instant, if any."""
    found = []
    for need in needs:
        start, end = instant - need.cool_down.length, instant + need.lead
        own = Near(need.airings).between(start, end)
        found += [replace(need, airings=own)] if own else []
    return tuple(found)
