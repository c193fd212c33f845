"""Everything that a decision about one target needs, read from the world into one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from onair.plan.demand import span
from onair.plan.ledger import DamagedEntryError, Entry, Held
from onair.plan.situation import Situation
from onair.plans import Planned, Plans, invalid_holders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from onair.aims import Aims
    from onair.plan.needs import Need
    from onair.plan.observed import TargetKey
    from onair.schedule.airings import Airing
    from onair.world import World

BEFORE_CAPTURE = timedelta(minutes=2)
"""A little more than the minute between capture and raise."""


@dataclass(frozen=True, slots=True)
class Reassertion:
    """Whether a reverted floor may be written again now, and how long echoes last (calendar)."""

    allowed: bool
    echo: timedelta


class Gatherer:
    """Reads the situations of targets; `observes` says that nothing may be written to them."""

    def __init__(self, world: World, aims: Aims, plans: Plans, *, observes: bool) -> None:
        self._world = world
        self._aims = aims
        self._plans = plans
        self._observes = observes

    def plan(self, key: TargetKey, now: datetime) -> Planned:
        """Return the plan of a target as of `now`."""
        return self._plans.of(key, now)

    def situation(
        self, key: TargetKey, now: datetime, confirmed: datetime | None, reassertion: Reassertion
    ) -> Situation:
        """Return the situation of a target at `now`.

        `confirmed` is when an uncached list last agreed with what is known of its namespace.
        """
        found = self._world.entry(key)
        entry = found if isinstance(found, Entry) else None
        planned = self._plans.of(key, now)
        holders = invalid_holders(entry, self._aims.of(key.namespace))
        return Situation(
            now=now,
            timeline=planned.timeline,
            plan=planned.fingerprint,
            held=_held(planned.needs, now),
            keeps=max((held.end for held in holders.values()), default=None),
            usual=planned.usual,
            most=min(_most(planned.needs, now), *(limit.replicas for limit in planned.limits)),
            workload=self._world.workload(key),
            autoscalers=self._world.autoscalers(key),
            entry=entry,
            proven=self._world.proven(key.namespace),
            confirmed=confirmed,
            may_reassert=reassertion.allowed,
            echo=reassertion.echo,
            aimed=planned.aimed,
            observes=self._observes,
            damage=str(found) if isinstance(found, DamagedEntryError) else "",
        )


def _held(needs: Sequence[Need], now: datetime) -> tuple[tuple[str, Held], ...]:
    """Return what to record of the needs under way, one item a campaign: when, how it lets go."""
    held: dict[str, Held] = {}
    for need in needs:
        for airing in _under_way(need, now):
            cool, end = need.cool_down, span(airing)[1]
            own = Held(airing.start, end, cool.hold, cool.step, cool.every)
            known = held.get(need.campaign, own)
            held[need.campaign] = max(known, own, key=lambda item: (item.end, item.hold))
    return tuple(sorted(held.items()))


def _most(needs: Sequence[Need], now: datetime) -> int:
    """Return the smallest maxReplicas of the needs under way; of all where none is."""
    active = [need for need in needs if _under_way(need, now)] or needs
    return min((need.target.max_replicas for need in active), default=0)


def _under_way(need: Need, now: datetime) -> list[Airing]:
    """Return the airings between their capture and the end of their cool-down."""
    cooling = need.cool_down.length
    spans = [(airing, *span(airing)) for airing in need.airings]
    ahead = need.lead + BEFORE_CAPTURE
    return [a for a, begins, ends in spans if begins - ahead <= now <= ends + cooling]
