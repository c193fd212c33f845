"""Everything that a decision about one target needs, read from the world into one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onair.plan.demand import span
from onair.plan.ledger import Held
from onair.plan.situation import Situation
from onair.plans import Planned, Plans, invalid_holders

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from onair.aims import Aims
    from onair.plan.needs import Need
    from onair.plan.observed import TargetKey
    from onair.world import World


@dataclass(frozen=True, slots=True)
class Reassertion:
    """Whether a reverted floor may be written again now, and how long echoes last (calendar)."""

    allowed: bool
    echo: timedelta


class Gatherer:
    """Reads the situations of targets."""

    def __init__(self, world: World, aims: Aims, plans: Plans) -> None:
        self._world = world
        self._aims = aims
        self._plans = plans

    def plan(self, key: TargetKey, now: datetime) -> Planned:
        """Return the plan of a target as of `now`."""
        return self._plans.of(key, now)

    def situation(
        self, key: TargetKey, now: datetime, confirmed: datetime | None, reassertion: Reassertion
    ) -> Situation:
        """Return the situation of a target at `now`.

        `confirmed` is when an uncached list last agreed with what is known of its namespace.

        Raises:
            DamagedEntryError: when its ledger entry cannot be read.
        """
        entry = self._world.entry(key)
        planned = self._plans.of(key, now)
        holders = invalid_holders(entry, self._aims.of(key.namespace))
        return Situation(
            now=now,
            timeline=planned.timeline,
            plan=planned.fingerprint,
            held=tuple(sorted((need.campaign, _held(need, now)) for need in planned.needs)),
            keeps=max((held.end for held in holders.values()), default=None),
            usual=planned.usual,
            most=min((need.target.max_replicas for need in planned.needs), default=0),
            workload=self._world.workload(key),
            autoscalers=self._world.autoscalers(key),
            entry=entry,
            proven=self._world.proven,
            confirmed=confirmed,
            may_reassert=reassertion.allowed,
            echo=reassertion.echo,
        )


def _held(need: Need, now: datetime) -> Held:
    """Return what to record of a need: the airing under way or next, and how it lets go."""
    ends = [(span(need.load, airing)[1], airing) for airing in need.airings]
    end, airing = next((pair for pair in ends if pair[0] > now), ends[-1])
    cool = need.cool_down
    return Held(airing.start, end, cool.hold, cool.step, cool.every)
