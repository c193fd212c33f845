"""Which campaign aims at which target, with what: target sets resolved, per namespace."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onair.model import reasons
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.targets import CoolDown, Target, TargetSetSpec, WarmUp
from onair.plan.observed import TargetKey
from onair.plan.timeline import Limit

if TYPE_CHECKING:
    from datetime import timedelta

    from onair.items import Declared
    from onair.world import World


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


@dataclass(slots=True)
class NamespaceAims:
    """All aims of one namespace, and the campaigns that have none because they are invalid."""

    by_target: dict[TargetKey, list[Aim]] = field(default_factory=dict)
    by_campaign: dict[str, list[Aim]] = field(default_factory=dict)
    invalid: dict[str, InvalidManifest] = field(default_factory=dict)


class Aims:
    """The aims in a world, worked out again when a campaign or target set changes."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[str, tuple[int, NamespaceAims]] = {}

    def of(self, namespace: str) -> NamespaceAims:
        """Return the aims of a namespace."""
        revision = self._world.revision(namespace)
        known = self._known.get(namespace)
        if known is None or known[0] != revision:
            known = self._known[namespace] = (revision, self._resolve(namespace))
        return known[1]

    def _resolve(self, namespace: str) -> NamespaceAims:
        resolved = NamespaceAims()
        for campaign in self._world.campaigns(namespace):
            try:
                aims = resolve(self._world, campaign)
            except InvalidManifest as error:
                resolved.invalid[campaign.name] = error
                continue
            resolved.by_campaign[campaign.name] = aims
            for aim in aims:
                if not aim.spec.suspend:
                    resolved.by_target.setdefault(aim.key, []).append(aim)
        return resolved


def resolve(world: World, campaign: Declared) -> list[Aim]:
    """Return a campaign's aims, its target sets looked up.

    Raises:
        InvalidManifest: when it cannot be planned, a missing or invalid target set included.
    """
    spec = campaign.spec
    if isinstance(spec, InvalidManifest):
        raise spec
    if not isinstance(spec, CampaignSpec):
        raise TypeError("only a campaign has aims")
    if spec.targets is not None:
        lead, cool_down = (spec.warm_up or WarmUp()).lead, spec.cool_down or CoolDown()
        return [_aim(campaign, spec, target, (lead, cool_down), None) for target in spec.targets]
    aims = []
    for reference in spec.target_sets or ():
        found = _target_set(world, campaign.namespace, reference.name)
        times = (found.warm_up.lead, found.cool_down)
        aims += [_aim(campaign, spec, target, times, reference.name) for target in found.targets]
    return aims


def _target_set(world: World, namespace: str, name: str) -> TargetSetSpec:
    declared = world.target_set(namespace, name)
    if declared is None:
        raise InvalidManifest(
            reasons.TARGET_SET_MISSING,
            f"spec.targetSets: there is no TargetSet {name!r} in this namespace; apply it first",
        )
    if isinstance(declared.spec, InvalidManifest):
        raise InvalidManifest(
            declared.spec.reason, f"TargetSet {name!r}: {declared.spec.message}"
        ) from declared.spec
    if not isinstance(declared.spec, TargetSetSpec):
        raise TypeError("only a target set has targets")
    return declared.spec


def _aim(
    campaign: Declared,
    spec: CampaignSpec,
    target: Target,
    times: tuple[timedelta, CoolDown],
    target_set: str | None,
) -> Aim:
    lead, cool_down = times
    name = f"{campaign.namespace}/{campaign.name}"
    reference = target.scale_target_ref
    total = None
    if target_set is not None:
        source = f"maxReplicas of {target.name} in target set {target_set}"
        total = Limit(source, reasons.LIMITED_BY_MAX_REPLICAS, target.max_replicas)
    said = (name, campaign.uid, spec.time_zone, spec.airtimes, spec.load, target, lead, cool_down)
    return Aim(
        campaign=name,
        spec=spec,
        key=TargetKey(campaign.namespace, reference.kind, reference.name),
        target=target,
        lead=lead,
        cool_down=cool_down,
        contribution=target.max_replicas if target_set is None else None,
        total=total,
        fingerprint=hashlib.sha256(repr(said).encode()).hexdigest(),
    )
