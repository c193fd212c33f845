"""Which campaign of the world aims at which target, per namespace."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onair.cluster import resources
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.plan.aims import Aim, Named, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.items import Declared
    from onair.model.targets import TargetSetSpec
    from onair.plan.observed import TargetKey
    from onair.world import World


@dataclass(slots=True)
class NamespaceAims:
    """All aims of one namespace, and the campaigns that have none because they are invalid.

    `by_target` has them in the order of their campaigns' names, and none of a suspended one, which
    `named` counts, too; `suspended` tells of each of these whether it ends at once, without a
    cool-down.
    """

    by_target: dict[TargetKey, list[Aim]] = field(default_factory=dict)
    by_campaign: dict[str, list[Aim]] = field(default_factory=dict)
    named: Counter[TargetKey] = field(default_factory=Counter)
    invalid: dict[str, InvalidManifest] = field(default_factory=dict)
    suspended: dict[str, bool] = field(default_factory=dict)


@dataclass(slots=True)
class Changes:
    """Whom changed manifests concern: targets whose floors may move, campaigns with news.

    `validity` says that a campaign became invalid, or valid, or is to end in another way: what it
    holds may depend on it.
    """

    targets: set[TargetKey] = field(default_factory=set)
    campaigns: set[str] = field(default_factory=set)
    validity: bool = False


@dataclass(slots=True)
class _Known:
    """`said` is what was last known of each campaign, `users` the campaigns that name a set.

    `sets` are the names of sets that each campaign names.
    """

    aims: NamespaceAims = field(default_factory=NamespaceAims)
    changes: Changes = field(default_factory=Changes)
    said: dict[str, tuple[object, ...]] = field(default_factory=dict)
    users: dict[str, set[str]] = field(default_factory=dict)
    sets: dict[str, set[str]] = field(default_factory=dict)


class Aims:
    """The aims in a world; a changed manifest costs what depends on it, and no more."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[str, _Known] = {}

    def of(self, namespace: str) -> NamespaceAims:
        """Return the aims of a namespace as of now."""
        return self._caught_up(namespace).aims

    def said(self, namespace: str, name: str) -> object:
        """Return what moves with all that a campaign and its target sets say, None without one."""
        return self._caught_up(namespace).said.get(name)

    def namespaces(self) -> set[str]:
        """Return the namespaces that anything was asked about."""
        return set(self._known)

    def take_changes(self, namespace: str) -> Changes:
        """Return what has changed in a namespace since this was last called for it."""
        known = self._caught_up(namespace)
        changes, known.changes = known.changes, Changes()
        return changes

    def _caught_up(self, namespace: str) -> _Known:
        known, changed = self._known.get(namespace), self._world.take_changed(namespace)
        if known is None:
            known = self._known[namespace] = _Known()
            names = {campaign.name for campaign in self._world.campaigns(namespace)}
        else:
            names = {name for kind, name in changed if kind == resources.CAMPAIGNS.kind}
            sets = (name for kind, name in changed if kind == resources.TARGET_SETS.kind)
            names = names.union(*(known.users.get(name, ()) for name in sets))
        for name in names:
            self._renew(known, namespace, name)
        return known

    def _renew(self, known: _Known, namespace: str, name: str) -> None:
        campaign = self._world.campaign(namespace, name)
        aims: list[Aim] = []
        error: InvalidManifest | None = None
        if campaign is not None:
            try:
                aims = _aims_of(self._world, campaign)
            except InvalidManifest as invalid:
                error = invalid
        _note_users(known, name, campaign)
        _note_changes(known, name, campaign, aims, error)
        _replace(known.aims, name, aims)
        known.aims.invalid.pop(name, None)
        if error is not None:
            known.aims.invalid[name] = error
            known.aims.by_campaign.pop(name, None)
        known.aims.suspended.pop(name, None)
        if campaign is not None and campaign.suspended:
            known.aims.suspended[name] = campaign.at_once


def _note_users(known: _Known, name: str, campaign: Declared | None) -> None:
    """Note which sets a campaign names now; of one that is gone nothing is left."""
    for each in known.sets.pop(name, ()):
        known.users[each].discard(name)
        if not known.users[each]:
            del known.users[each]
    if campaign is None or not isinstance(campaign.spec, CampaignSpec):
        return
    sets = {reference.name for reference in campaign.spec.target_sets or ()}
    if sets:
        known.sets[name] = sets
    for each in sets:
        known.users.setdefault(each, set()).add(name)


def _replace(resolved: NamespaceAims, name: str, aims: list[Aim]) -> None:
    """Put the aims of a campaign in the place of those that it had."""
    for aim in resolved.by_campaign.pop(name, ()):
        resolved.named[aim.key] -= 1
        if not resolved.named[aim.key]:
            del resolved.named[aim.key]
        others = [a for a in resolved.by_target.get(aim.key, ()) if a.campaign != aim.campaign]
        if others:
            resolved.by_target[aim.key] = others
        else:
            resolved.by_target.pop(aim.key, None)
    if aims:
        resolved.by_campaign[name] = aims
        resolved.named.update(aim.key for aim in aims)
    for aim in _in_force(aims):
        together = [*resolved.by_target.get(aim.key, ())]
        insort(together, aim, key=lambda each: each.campaign)
        resolved.by_target[aim.key] = together


def _note_changes(
    known: _Known,
    name: str,
    campaign: Declared | None,
    aims: Sequence[Aim],
    error: InvalidManifest | None,
) -> None:
    changes, resolved = known.changes, known.aims
    before = _prints(resolved.by_campaign.get(name, ()))
    after = _prints(aims)
    changes.targets |= {key for key, _ in before ^ after}
    ends = campaign.at_once if campaign and campaign.suspended else None
    if (name in resolved.invalid, resolved.suspended.get(name)) != (error is not None, ends):
        changes.validity = True
    identity = (campaign.uid, campaign.generation) if campaign else ()
    said = (identity, tuple(aim.fingerprint for aim in aims), error.message if error else "")
    if known.said.get(name) != said:
        changes.campaigns.add(name)
    known.said[name] = said
    if campaign is None:
        del known.said[name]


def _prints(aims: Sequence[Aim]) -> set[tuple[TargetKey, str]]:
    return {(aim.key, aim.fingerprint) for aim in _in_force(aims)}


def _in_force(aims: Sequence[Aim]) -> list[Aim]:
    return [aim for aim in aims if not aim.spec.suspend]


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
