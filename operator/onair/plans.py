"""Plans of targets: made when their ground changes, kept in between."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from onair.plan.aims import SEEN_AHEAD, limits_of, needs_between
from onair.plan.ledger import Entry
from onair.plan.moments import moments
from onair.plan.timeline import timeline
from onair.schedule.airings import HORIZON, airings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from onair.aims import Aims, NamespaceAims
    from onair.plan.aims import Aim
    from onair.plan.ledger import DamagedEntryError, Held
    from onair.plan.needs import Need
    from onair.plan.observed import TargetKey
    from onair.plan.timeline import Limit, Timeline
    from onair.usual import History
    from onair.world import World

PLANNED_AHEAD = timedelta(hours=6)
"""How long a target's plan is used before it is made again; spread out by as much once more."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A target's plan for a stretch of calendar time, valid until `until`.

    `moments` are the instants worth a verdict, each with the campaign that they belong to; `aimed`
    says that some campaign has an airing to come, however far ahead.
    """

    needs: tuple[Need, ...]
    usual: int
    limits: tuple[Limit, ...]
    fingerprint: str
    timeline: Timeline
    moments: tuple[tuple[datetime, str], ...]
    until: datetime
    aimed: bool

    def next_moment(self, now: datetime) -> datetime | None:
        """Return the next instant worth a verdict."""
        return next((at for at, _ in self.moments if at > now), None)


class Plans:
    """The plans of all targets; `most` is the operator's own limit, on floors and ceilings."""

    def __init__(self, world: World, aims: Aims, history: History, most: int) -> None:
        self._world = world
        self._aims = aims
        self._history = history
        self._most = most
        self._known: dict[TargetKey, Planned] = {}

    def of(self, key: TargetKey, now: datetime) -> Planned:
        """Return the plan of a target as of `now`."""
        aims = self._aims.of(key.namespace)
        mine = aims.by_target.get(key, [])
        found = self._world.entry(key)
        usual = usual_of(self._world, key, mine, self._history, found)
        entry = found if isinstance(found, Entry) else None
        fingerprint = _fingerprint(mine, sorted(invalid_holders(entry, aims)), self._most)
        known = self._known.get(key)
        if known and (known.fingerprint, known.usual) == (fingerprint, usual) and now < known.until:
            return known
        until = now + PLANNED_AHEAD * (1 + zlib.crc32(repr(key).encode()) / 2**32)
        needs = needs_between(mine, now, until + SEEN_AHEAD)
        limits = limits_of(mine, self._most)
        steps = timeline(needs, usual, limits)
        aimed = any(airings(aim.spec, now, now + HORIZON) for aim in mine)
        made = Planned(needs, usual, limits, fingerprint, steps, _moments(needs), until, aimed)
        self._known[key] = made
        return made


def usual_of(
    world: World,
    key: TargetKey,
    aims: Sequence[Aim],
    history: History,
    entry: Entry | DamagedEntryError | None,
) -> int:
    """Return the usual replicas: declared, else recorded, else observed (design 3.3)."""
    said = [a.target.usual_replicas for a in aims if a.target.usual_replicas is not None]
    if said:
        return max(said)
    if isinstance(entry, Entry):
        return entry.usual
    kept = history.kept(key)
    if kept is not None:
        return kept
    workload, autoscalers = world.workload(key), world.autoscalers(key)
    if entry is not None or any(autoscaler.annotated for autoscaler in autoscalers):
        return 0  # a floor of ours may be in what runs, and nobody knows what was there before
    return max(
        history.most(key),
        workload.replicas.value if workload else 0,
        *(autoscaler.minimum.value for autoscaler in autoscalers),
        0,
    )


def invalid_holders(entry: Entry | None, aims: NamespaceAims) -> dict[str, Held]:
    """Return what an entry records of campaigns that are there still but cannot be planned."""
    held = entry.notes.campaigns if entry else ()
    return {name: h for name, h in held if name.partition("/")[2] in aims.invalid}


def _moments(needs: Sequence[Need]) -> tuple[tuple[datetime, str], ...]:
    return tuple(
        sorted(
            (at, need.campaign)
            for need in needs
            for airing in need.airings
            for at, _ in moments(airing)
        )
    )


def _fingerprint(aims: Sequence[Aim], invalid: Sequence[str], most: int) -> str:
    said = [*sorted(aim.fingerprint for aim in aims), *invalid, str(most)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
