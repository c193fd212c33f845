"""Of airings that come for a year, the few that have demand around an instant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from onair.plan.demand import span
from onair.plan.needs import Need
from onair.plan.same import Same
from onair.schedule.airings import Airing

_CACHED: Final = 1024

Span = tuple[Airing, datetime, datetime]
"""An airing, the instant of its first demand and the one at which the last is over."""


@dataclass(frozen=True)
class Near:
    """Airings that are looked at again and again, each time around another instant."""

    airings: tuple[Airing, ...]

    def between(self, start: datetime, end: datetime) -> tuple[Airing, ...]:
        """Return the airings that have demand in [start, end]."""
        spans = spans_of(self.airings)
        return tuple(a for a, begins, ends in spans if begins <= end and start <= ends)


def spans_of(airings: tuple[Airing, ...]) -> tuple[Span, ...]:
    """Return when airings have demand; of the very same airings that is looked up once."""
    return _spans_of(Same(airings))


@lru_cache(_CACHED)
def _spans_of(airings: Same[tuple[Airing, ...]]) -> tuple[Span, ...]:
    return tuple((airing, *span(airing)) for airing in airings.value)


def around(needs: Sequence[Need], instant: datetime) -> tuple[Need, ...]:
    """Return the needs with those of their airings that hold replicas at an instant, if any."""
    found = []
    for need in needs:
        start, end = instant - need.cool_down.length, instant + need.lead
        own = Near(need.airings).between(start, end)
        found += [replace(need, airings=own)] if own else []
    return tuple(found)
