"""Everything that a decision about one target needs, read from the world into one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter
from typing import TYPE_CHECKING

from onair.plan.ledger import DamagedEntryError, Entry, Held
from onair.plan.near import spans_of
from onair.plan.situation import Situation
from onair.plan.widening import ONE_CLOCK
from onair.plans import Planned, Plans, invalid_holders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from onair.aims import Aims, NamespaceAims
    from onair.plan.near import Span
    from onair.plan.needs import Need
    from onair.plan.observed import TargetKey
    from onair.world import World

BEFORE_CAPTURE = timedelta(minutes=2)
"""A little more than the minute between capture and raise."""


@dataclass(frozen=True, slots=True)
class Reassertion:
    """Whether a reverted floor may be written again now, and how long echoes last (calendar).

    `rivals` have undone it again and again.
    """

    allowed: bool
    echo: timedelta
    rivals: tuple[str, ...] = ()


class Gatherer:
    """Reads the situations of targets; `observes` says that nothing may be written to them."""

    def __init__(self, world: World, aims: Aims, plans: Plans, *, observes: bool) -> None:
        self._world = world
        self._aims = aims
        self._plans = plans
        self._observes = observes

    def concerns(self, key: TargetKey) -> bool:
        """Tell whether a campaign names a target, or the ledger has an entry of it."""
        return key in self._aims.of(key.namespace).named or self._world.is_held(key)

    def forget(self, key: TargetKey) -> None:
        """Forget the plan of a target that nobody asks about any more."""
        self._plans.forget(key)

    def plan(self, key: TargetKey, now: datetime, ahead: timedelta = ONE_CLOCK) -> Planned:
        """Return the plan of a target as of `now`, while another clock is `ahead` of that."""
        return self._plans.of(key, now, ahead)

    def situation(
        self,
        key: TargetKey,
        now: datetime,
        confirmed: datetime | None,
        reassertion: Reassertion,
        ahead: timedelta = ONE_CLOCK,
    ) -> Situation:
        """Return the situation of a target at `now`.

        `confirmed` is when an uncached list last agreed with what is planned for it; another clock
        is `ahead` of `now`.
        """
        found = self._world.entry(key)
        entry = found if isinstance(found, Entry) else None
        planned = self._plans.of(key, now, ahead)
        holders = invalid_holders(entry, self._aims.of(key.namespace))
        return Situation(
            now=now,
            timeline=planned.timeline,
            plan=planned.fingerprint,
            held=_held(planned.needs, now, ahead),
            keeps=max((held.end for held in holders.values()), default=None),
            usual=planned.usual,
            most=min(_most(planned.needs, now, ahead), *(some.replicas for some in planned.limits)),
            workload=self._world.workload(key),
            autoscalers=self._world.autoscalers(key),
            entry=entry,
            proven=self._world.proven(key.namespace),
            confirmed=confirmed,
            may_reassert=reassertion.allowed,
            echo=reassertion.echo,
            rivals=reassertion.rivals,
            clamped=self._world.clamped(key.namespace),
            unclear=self._world.is_unclear(key.namespace),
            aimed=planned.aimed,
            observes=self._observes,
            damage=str(found) if isinstance(found, DamagedEntryError) else "",
            superseded=self._world.superseded(key),
            at_once=_at_once(key, self._aims.of(key.namespace)),
            unhurried=planned.unhurried,
        )


def _at_once(key: TargetKey, aims: NamespaceAims) -> frozenset[str]:
    """Return the campaigns of a target's namespace that end without a cool-down."""
    ends = (name for name, at_once in aims.suspended.items() if at_once)
    return frozenset(f"{key.namespace}/{name}" for name in ends)


def _held(needs: Sequence[Need], now: datetime, ahead: timedelta) -> tuple[tuple[str, Held], ...]:
    """Return what to record of the needs under way, one item a campaign: when, how it lets go."""
    held: dict[str, Held] = {}
    for need in needs:
        under_way = _under_way(need, now, ahead)
        if under_way:
            airing, _, end = max(under_way, key=itemgetter(2))
            cool = need.cool_down
            own = Held(airing.start, end, cool.hold, cool.step, cool.every)
            known = held.get(need.campaign, own)
            held[need.campaign] = max(known, own, key=lambda item: (item.end, item.hold))
    return tuple(sorted(held.items()))


def _most(needs: Sequence[Need], now: datetime, ahead: timedelta) -> int:
    """Return the smallest maxReplicas of the needs under way; of all where none is."""
    active = [need for need in needs if _under_way(need, now, ahead)] or needs
    return min((need.target.max_replicas for need in active), default=0)


def _under_way(need: Need, now: datetime, ahead: timedelta) -> list[Span]:
    """Return the airings between their capture and the end of their cool-down, by either clock."""
    cooling = need.cool_down.length
    earliest, latest = now - cooling, now + ahead + need.lead + BEFORE_CAPTURE
    return [s for s in spans_of(need.airings) if s[1] <= latest and earliest <= s[2]]
