"""Which campaign of the world aims at which target, per namespace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.plan.aims import Aim, Named, resolve

if TYPE_CHECKING:
    from onair.items import Declared
    from onair.model.targets import TargetSetSpec
    from onair.plan.observed import TargetKey
    from onair.world import World


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
                aims = _aims_of(self._world, campaign)
            except InvalidManifest as error:
                resolved.invalid[campaign.name] = error
                continue
            resolved.by_campaign[campaign.name] = aims
            for aim in aims:
                if not aim.spec.suspend:
                    resolved.by_target.setdefault(aim.key, []).append(aim)
        return resolved


def _aims_of(world: World, campaign: Declared) -> list[Aim]:
    """Return a campaign's aims.

    Raises:
        InvalidManifest: when it cannot be planned, a missing or invalid target set included.
    """
    spec = campaign.spec
    if isinstance(spec, InvalidManifest):
        raise spec
    if not isinstance(spec, CampaignSpec):
        raise TypeError("only a campaign has aims")
    named = Named(campaign.namespace, campaign.name, campaign.uid)
    return resolve(named, spec, lambda name: _target_set(world, campaign.namespace, name))


def _target_set(world: World, namespace: str, name: str) -> TargetSetSpec | InvalidManifest | None:
    declared = world.target_set(namespace, name)
    if declared is None:
        return None
    if isinstance(declared.spec, CampaignSpec):
        raise TypeError("only a target set has targets")
    return declared.spec
