"""Everything that a decision about one target needs, read from the world into one frozen value."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from onair.model import reasons
from onair.plan.demand import span
from onair.plan.ledger import Held
from onair.plan.moments import moments
from onair.plan.needs import Need
from onair.plan.situation import Situation
from onair.plan.timeline import Limit, Timeline, timeline
from onair.schedule.airings import Airing, airings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.aims import Aim, Aims, NamespaceAims
    from onair.plan.ledger import Entry
    from onair.plan.observed import TargetKey
    from onair.usual import History
    from onair.world import World

PLANNED_AHEAD = timedelta(hours=6)
"""How long a target's plan is used before it is made again; spread out by as much once more."""

SEEN_AHEAD = timedelta(days=2)
"""How far a plan looks beyond that: longer than any lead and any distance before a start."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A target's plan for a stretch of calendar time, valid until `until`.

    `moments` are the instants worth a verdict, each with the campaign that they belong to.
    """

    needs: tuple[Need, ...]
    usual: int
    limits: tuple[Limit, ...]
    fingerprint: str
    timeline: Timeline
    moments: tuple[tuple[datetime, str], ...]
    until: datetime

    def next_moment(self, now: datetime) -> datetime | None:
        """Return the next instant worth a verdict."""
        return next((at for at, _ in self.moments if at > now), None)


class Gatherer:
    """Reads situations; keeps plans between readings, since they change with their inputs only."""

    def __init__(self, world: World, aims: Aims, history: History, most: int) -> None:
        self._world = world
        self._aims = aims
        self._history = history
        self._operator_limit = Limit(
            "the operator's --max-replicas-per-target", reasons.LIMITED_BY_OPERATOR, most
        )
        self._plans: dict[TargetKey, Planned] = {}

    def plan(self, key: TargetKey, now: datetime) -> Planned:
        """Return the plan of a target as of `now`."""
        aims = self._aims.of(key.namespace)
        mine = aims.by_target.get(key, [])
        entry = self._world.entry(key)
        usual = self._usual(key, mine, entry)
        fingerprint = _fingerprint(mine, sorted(_invalid_holders(entry, aims)))
        known = self._plans.get(key)
        if known and (known.fingerprint, known.usual) == (fingerprint, usual) and now < known.until:
            return known
        until = now + PLANNED_AHEAD * (1 + zlib.crc32(repr(key).encode()) / 2**32)
        needs = needs_between(mine, now, until + SEEN_AHEAD)
        limits = (*(aim.total for aim in mine if aim.total), self._operator_limit)
        steps = timeline(needs, usual, limits)
        made = Planned(needs, usual, limits, fingerprint, steps, _moments(needs), until)
        self._plans[key] = made
        return made

    def situation(
        self, key: TargetKey, now: datetime, confirmed: datetime | None, reassertion: Reassertion
    ) -> Situation:
        """Return the situation of a target at `now`.

        Raises:
            DamagedEntryError: when its ledger entry cannot be read.
        """
        entry = self._world.entry(key)
        planned = self.plan(key, now)
        return Situation(
            now=now,
            timeline=planned.timeline,
            plan=planned.fingerprint,
            held=tuple(sorted((need.campaign, _held(need, now)) for need in planned.needs)),
            keeps=self._kept_until(key, entry),
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

    def _usual(self, key: TargetKey, aims: Sequence[Aim], entry: Entry | None) -> int:
        said = [a.target.usual_replicas for a in aims if a.target.usual_replicas is not None]
        if said:
            return max(said)
        if entry is not None:
            return entry.usual
        workload, autoscalers = self._world.workload(key), self._world.autoscalers(key)
        return max(
            self._history.most(key),
            workload.replicas.value if workload else 0,
            *(autoscaler.minimum.value for autoscaler in autoscalers),
            0,
        )

    def _kept_until(self, key: TargetKey, entry: Entry | None) -> datetime | None:
        """A campaign that became invalid keeps its floor until the end recorded with it."""
        holders = _invalid_holders(entry, self._aims.of(key.namespace))
        return max((held.end for held in holders.values()), default=None)


@dataclass(frozen=True, slots=True)
class Reassertion:
    """Whether a reverted floor may be written again now, and how long echoes last (calendar)."""

    allowed: bool
    echo: timedelta


def needs_between(aims: Sequence[Aim], now: datetime, before: datetime) -> tuple[Need, ...]:
    """Return the needs of some aims with the airings that can matter from `now` to `before`."""
    needs = []
    for aim in aims:
        cooling = aim.cool_down.hold + aim.cool_down.every * -(-1 // aim.cool_down.step)
        after = now - cooling - SEEN_AHEAD
        near = airings(aim.spec, after, before)
        needs.append(need_of(aim, near))
    return tuple(need for need in needs if need.airings)


def _moments(needs: Sequence[Need]) -> tuple[tuple[datetime, str], ...]:
    return tuple(
        sorted(
            (at, need.campaign)
            for need in needs
            for airing in need.airings
            for at, _ in moments(need.load, airing)
        )
    )


def need_of(aim: Aim, near: tuple[Airing, ...]) -> Need:
    """Return what an aim needs on some airings."""
    return Need(
        campaign=aim.campaign,
        title=aim.spec.title or aim.campaign.partition("/")[2],
        target=aim.target,
        load=aim.spec.load,
        lead=aim.lead,
        cool_down=aim.cool_down,
        airings=near,
        limit=aim.contribution,
    )


def _invalid_holders(entry: Entry | None, aims: NamespaceAims) -> dict[str, Held]:
    """Return what the entry records of campaigns that are there still but cannot be planned."""
    held = entry.notes.campaigns if entry else ()
    return {name: h for name, h in held if name.partition("/")[2] in aims.invalid}


def _held(need: Need, now: datetime) -> Held:
    ends = [(span(need.load, airing)[1], airing) for airing in need.airings]
    end, airing = next((pair for pair in ends if pair[0] > now), ends[-1])
    cool = need.cool_down
    return Held(airing.start, end, cool.hold, cool.step, cool.every)


def _fingerprint(aims: Sequence[Aim], invalid: Sequence[str]) -> str:
    said = [*sorted(aim.fingerprint for aim in aims), *invalid]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
