"""Which campaign aims at which target, with what: its target sets looked up."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from onair.model import reasons
from onair.model.errors import InvalidManifest
from onair.model.targets import CoolDown, WarmUp
from onair.plan.needs import Need
from onair.plan.observed import TargetKey
from onair.plan.timeline import Limit
from onair.schedule.airings import airings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from onair.model.campaigns import CampaignSpec
    from onair.model.targets import Target, TargetSetSpec
    from onair.schedule.airings import Airing

    TargetSets = Callable[[str], TargetSetSpec | InvalidManifest | None]
    """What a namespace has under the name of a target set; None if there is none."""

SEEN_AHEAD: Final = timedelta(days=2)
"""How far a plan looks beyond its window: more than any lead and any distance before a start."""


@dataclass(frozen=True, slots=True)
class Named:
    """A campaign as it is told from others: namespace/name, and the UID of the object, if any."""

    namespace: str
    name: str
    uid: str = ""

    @property
    def campaign(self) -> str:
        """Its name among all campaigns."""
        return f"{self.namespace}/{self.name}"


@dataclass(frozen=True, slots=True)
class Aim:
    """One campaign's claim on one target.

    `contribution` limits what an inline target may add; `total` is a target set's own limit;
    `fingerprint` moves when anything does that the floor depends on.
    """

    campaign: str
    spec: CampaignSpec
    key: TargetKey
    target: Target
    lead: timedelta
    cool_down: CoolDown
    contribution: int | None
    total: Limit | None
    fingerprint: str


def resolve(named: Named, spec: CampaignSpec, target_sets: TargetSets) -> list[Aim]:
    """Return the aims of a campaign.

    Raises:
        InvalidManifest: TargetSetMissing, what is wrong with a target set, PerReplicaMissing,
            MultipliedTwice.
    """
    if spec.targets is not None:
        times = ((spec.warm_up or WarmUp()).lead, spec.cool_down or CoolDown())
        return [_aim(named, spec, target, times, None) for target in spec.targets]
    aims = []
    for reference in spec.target_sets or ():
        found = _target_set(reference.name, target_sets)
        times = (found.warm_up.lead, found.cool_down)
        for target in found.targets:
            _refuse_unknown_capacity(spec, target, reference.name)
            aims.append(_aim(named, spec, target, times, reference.name))
    _refuse_multiplied_twice(spec, aims)
    return aims


def needs_between(aims: Sequence[Aim], after: datetime, before: datetime) -> tuple[Need, ...]:
    """Return the needs of some aims, with the airings that can matter between two instants."""
    needs = []
    for aim in aims:
        near = airings(aim.spec, after - aim.cool_down.length - SEEN_AHEAD, before)
        needs += [need_of(aim, near)] if near else []
    return tuple(needs)


def need_of(aim: Aim, some: tuple[Airing, ...]) -> Need:
    """Return what an aim needs for some airings of its campaign."""
    return Need(
        campaign=aim.campaign,
        target=aim.target,
        lead=aim.lead,
        cool_down=aim.cool_down,
        airings=some,
        limit=aim.contribution,
    )


def limits_of(aims: Sequence[Aim], most: int) -> tuple[Limit, ...]:
    """Return the limits on the total of a target, in order (design section 3.8).

    Those of the target sets through which anybody aims at it, whenever that is, and `most`, the
    operator's own.
    """
    sets = (aim.total for aim in aims if aim.total)
    own = Limit("the operator's --max-replicas-per-target", reasons.LIMITED_BY_OPERATOR, most)
    return (*sets, own)


def _target_set(name: str, target_sets: TargetSets) -> TargetSetSpec:
    found = target_sets(name)
    if found is None:
        raise InvalidManifest(
            reasons.TARGET_SET_MISSING,
            f"spec.targetSets: there is no TargetSet {name!r} in this namespace; apply it first",
        )
    if isinstance(found, InvalidManifest):
        raise InvalidManifest(found.reason, f"TargetSet {name!r}: {found.message}") from found
    return found


def _refuse_unknown_capacity(spec: CampaignSpec, target: Target, target_set: str) -> None:
    if not spec.is_carried_by(target):
        raise InvalidManifest(
            reasons.PER_REPLICA_MISSING,
            f"spec.targetSets: the target {target.name!r} of the TargetSet {target_set!r} has"
            " neither perReplica nor replicas, so it can carry nothing but a multiplier's load;"
            " say perReplica there, or a multiplier here",
        )


def _refuse_multiplied_twice(spec: CampaignSpec, aims: Sequence[Aim]) -> None:
    """Refuse a multiple of a usual load that would be added once for each of two target sets."""
    if all(load is None or load.multiplier is None for load in spec.loads()):
        return
    counted = Counter(aim.key for aim in aims if aim.target.replicas is None)
    for key, times in counted.items():
        if times > 1:
            raise InvalidManifest(
                reasons.MULTIPLIED_TWICE,
                f"spec.targetSets: {key.kind} {key.name} is in {times} of them, so that a"
                " multiplier would count more than once; name one of them, or say the load in"
                " requests",
            )


def _aim(
    named: Named,
    spec: CampaignSpec,
    target: Target,
    times: tuple[timedelta, CoolDown],
    target_set: str | None,
) -> Aim:
    lead, cool_down = times
    reference = target.scale_target_ref
    total = None
    if target_set is not None:
        source = f"maxReplicas of {target.name} in TargetSet {target_set}"
        total = Limit(source, reasons.LIMITED_BY_MAX_REPLICAS, target.max_replicas)
    contribution = target.max_replicas if target_set is None else None
    timed = (spec.time_zone, spec.airtimes, spec.load, lead, cool_down)
    said = (named, target, contribution, total, *timed)
    return Aim(
        campaign=named.campaign,
        spec=spec,
        key=TargetKey(named.namespace, reference.kind, reference.name),
        target=target,
        lead=lead,
        cool_down=cool_down,
        contribution=contribution,
        total=total,
        fingerprint=hashlib.sha256(repr(said).encode()).hexdigest(),
    )
