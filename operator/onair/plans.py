"""Plans of targets: made when their ground changes, kept in between."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from onair.plan.aims import SEEN_AHEAD, limits_of, needs_between
from onair.plan.blocks import weight
from onair.plan.ledger import Entry
from onair.plan.moments import moments
from onair.plan.near import spans_of
from onair.plan.timeline import Timeline, timeline
from onair.plan.widening import ONE_CLOCK, widened
from onair.schedule.airings import HORIZON, airings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from onair.aims import Aims, NamespaceAims
    from onair.beside import Beside
    from onair.plan.aims import Aim
    from onair.plan.ledger import DamagedEntryError, Held
    from onair.plan.needs import Need
    from onair.plan.observed import TargetKey
    from onair.plan.timeline import Limit
    from onair.usual import History
    from onair.world import World

PLANNED_AHEAD = timedelta(hours=6)
"""How long a target's plan is used before it is made again; spread out by as much once more."""

LIGHT = 2_000
"""Straight pieces, each for every step of its cool-down, that are planned at once: what takes some
tens of milliseconds as people write it, and some hundreds at the very most."""

STALE_FOR = timedelta(minutes=1)
"""How long the plan before may be used until it is asked again whether there is a new one."""

NO_STEPS = Timeline(())

Ground = tuple[str, str, int]
"""Two fingerprints and the usual replicas: what a plan follows from, beside the time."""


class NotPlannedYetError(Exception):
    """There is no plan yet, because it takes long; it is under way."""

    def __init__(self) -> None:
        super().__init__(
            "its campaigns are so many, or so finely drawn, that its plan takes some seconds; until"
            " then it stays as it is"
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """A target's plan for a stretch of calendar time, valid until `until`.

    `revision` is that of the namespace's manifests at which its two fingerprints were first seen;
    `moments` are the instants worth a verdict, each with the campaign that they belong to; `aimed`
    says that some campaign has an airing to come, however far ahead; `unhurried` is the fingerprint
    with those campaigns in it that end at once, as if they went on. `timeline` is `one_clock` for
    two clocks, of which one is `ahead`.
    """

    needs: tuple[Need, ...]
    usual: int
    limits: tuple[Limit, ...]
    fingerprint: str
    revision: int
    timeline: Timeline
    moments: tuple[tuple[datetime, str], ...]
    until: datetime
    aimed: bool
    unhurried: str = ""
    one_clock: Timeline = NO_STEPS
    ahead: timedelta = ONE_CLOCK

    @property
    def prints(self) -> tuple[str, str]:
        """Both fingerprints: what else is said here follows from them, usual load and time."""
        return self.fingerprint, self.unhurried

    def serves(self, ground: Ground, now: datetime) -> bool:
        """Tell whether it is the plan that follows from a ground, at this time."""
        return (*self.prints, self.usual) == ground and now < self.until

    def next_moment(self, now: datetime) -> datetime | None:
        """Return the next instant worth a verdict."""
        return next((at for at, _ in self.moments if at > now), None)


class Plans:
    """The plans of all targets; `most` is the operator's own limit, on floors and ceilings.

    What takes long is planned `beside` the loop, if that is there.
    """

    def __init__(
        self,
        world: World,
        aims: Aims,
        history: History,
        most: int,
        beside: Beside[TargetKey, Planned] | None = None,
    ) -> None:
        self._world = world
        self._aims = aims
        self._history = history
        self._most = most
        self._beside = beside
        self._known: dict[TargetKey, Planned] = {}

    def of(self, key: TargetKey, now: datetime, ahead: timedelta = ONE_CLOCK) -> Planned:
        """Return the plan of a target as of `now`, while another clock is `ahead` of that.

        While one that takes long is under way, that is the plan before, valid for a minute.

        Raises:
            NotPlannedYetError: there is none before.
        """
        aims = self._aims.of(key.namespace)
        mine = aims.by_target.get(key, [])
        found = self._world.entry(key)
        usual = usual_of(self._world, key, mine, self._history, found)
        entry = found if isinstance(found, Entry) else None
        holders, hurried = sorted(invalid_holders(entry, aims)), _hurried(key, aims)
        fingerprint = _fingerprint(mine, holders, self._most)
        unhurried = _fingerprint([*mine, *hurried], holders, self._most)
        ground = (fingerprint, unhurried, usual)
        known = self._known.get(key)
        fits = known is not None and known.serves(ground, now + ahead)
        if known is None or not fits:
            known, fits = self._plan(key, known, ground, mine, now, ahead)
        kept = self._keep(key, known, ahead)
        return kept if fits else replace(kept, until=now + ahead + STALE_FOR)

    def _plan(
        self,
        key: TargetKey,
        known: Planned | None,
        ground: Ground,
        mine: Sequence[Aim],
        now: datetime,
        ahead: timedelta,
    ) -> tuple[Planned, bool]:
        """Return a new plan, or the one before while that is under way, and whether it is new."""
        revision = self._world.revision(key.namespace)
        if known and known.prints == ground[:2]:
            revision = known.revision
        limits = limits_of(mine, self._most)
        make = partial(
            _made, key, tuple(mine), limits, ground, revision=revision, now=now, ahead=ahead
        )
        light = sum(weight(aim.spec, aim.cool_down) for aim in mine) <= LIGHT
        if self._beside is None or light:
            return make(), True
        made = self._beside.ask(key, make)
        if made is None:
            if known is None:
                raise NotPlannedYetError
            return known, False
        if made.serves(ground, now + ahead):
            return made, True
        self._beside.ask(key, make)
        return made, False

    def forget(self, key: TargetKey) -> None:
        """Forget the plan of a target that nobody asks about any more."""
        self._known.pop(key, None)
        if self._beside:
            self._beside.forget(key)

    def _keep(self, key: TargetKey, planned: Planned, ahead: timedelta) -> Planned:
        if planned.ahead != ahead:
            timeline = widened(planned.one_clock, ahead)
            planned = replace(planned, timeline=timeline, ahead=ahead)
        self._known[key] = planned
        return planned


def _made(  # noqa: PLR0913 - what a plan depends on
    key: TargetKey,
    aims: Sequence[Aim],
    limits: tuple[Limit, ...],
    ground: Ground,
    *,
    revision: int,
    now: datetime,
    ahead: timedelta,
) -> Planned:
    """Return the plan that follows from a ground: all frozen values, it may be done in a thread."""
    fingerprint, unhurried, usual = ground
    until = now + ahead + PLANNED_AHEAD * (1 + zlib.crc32(repr(key).encode()) / 2**32)
    needs = needs_between(aims, now, until + SEEN_AHEAD)
    steps = timeline(needs, usual, limits)
    for need in needs:
        spans_of(need.airings)  # looked up now, not on the loop
    coming = next(filter(None, (airings(aim.spec, now, now + HORIZON) for aim in aims)), ())
    if coming:  # then `aimed` may be over, and with it what is refused
        until = min(until, max(airing.latest_end for airing in coming) + ahead)
    said = (needs, usual, limits, fingerprint, revision, steps, _moments(needs), until)
    return Planned(*said, bool(coming), unhurried, steps)


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
    """Return what an entry records of campaigns that are there still but cannot be planned.

    A suspended one holds nothing, whatever is wrong with it.
    """
    holders = aims.invalid.keys() - aims.suspended.keys()
    held = entry.notes.campaigns if entry else ()
    return {name: h for name, h in held if name.partition("/")[2] in holders}


def _hurried(key: TargetKey, aims: NamespaceAims) -> list[Aim]:
    """Return the aims at a target of campaigns that end at once."""
    names = sorted(name for name, at_once in aims.suspended.items() if at_once)
    return [aim for name in names for aim in aims.by_campaign.get(name, ()) if aim.key == key]


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
