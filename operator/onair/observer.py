"""Takes in what changed in the cluster and says which targets and campaigns it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onair.aims import NamespaceAims
from onair.cluster import resources
from onair.plan.observed import TargetKey
from onair.publish import CampaignKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.aims import Aims
    from onair.cluster.client import Body
    from onair.cluster.resources import Resource
    from onair.items import Declared, Item
    from onair.world import World


@dataclass(frozen=True, slots=True)
class Seen:
    """What a namespace declared when its targets and campaigns were last touched for it."""

    aims: NamespaceAims
    campaigns: dict[str, Declared]


class Observer:
    """Feeds the world and marks targets and campaigns as dirty."""

    def __init__(
        self,
        world: World,
        aims: Aims,
        touch: Callable[[TargetKey], None],
        touch_campaign: Callable[[CampaignKey], None],
    ) -> None:
        self._world = world
        self._aims = aims
        self._touch = touch
        self._touch_campaign = touch_campaign
        self._seen: dict[str, Seen] = {}

    def see(self, resource: Resource, body: Body, *, deleted: bool) -> None:
        """Take in one object from a watch."""
        metadata = body["metadata"]
        namespace = metadata["namespace"]
        before = self._world.observe(resource, body, deleted=deleted)
        after = self._world.item(resource, namespace, metadata["name"])
        if resource.kind in resources.WORKLOADS:
            concerned = {TargetKey(namespace, resource.kind, metadata["name"])}
        else:
            concerned = _targets_of(before) | _targets_of(after)
        aimed_at = self._aims.of(namespace).by_target
        for key in concerned:
            if resource is resources.REVISIONS or key in aimed_at or self._world.is_held(key):
                self._touch(key)
        self.touch_changes(namespace)

    def touch_changes(self, namespace: str) -> None:
        """Touch what changed in a namespace's manifests since this was last called for it.

        Manifests also come into the world from answers to requests of our own, ahead of the watch.
        """
        aims, before = self._aims.of(namespace), self._seen.get(namespace)
        if before is not None and before.aims is aims:
            return
        campaigns = {campaign.name: campaign for campaign in self._world.campaigns(namespace)}
        after = self._seen[namespace] = Seen(aims, campaigns)
        self._touch_difference(namespace, before or Seen(NamespaceAims(), {}), after)

    def touch_campaigns(self) -> None:
        """Look at every campaign again: something is to be said of all of them."""
        for campaign in self._world.campaigns():
            self._touch_campaign(CampaignKey(campaign.namespace, campaign.name))

    def touch_all(self) -> None:
        """Look at every target and campaign again."""
        targets = self._world.held_targets()
        declared = {campaign.namespace for campaign in self._world.campaigns()}
        for namespace in declared | self._seen.keys():
            self.touch_changes(namespace)
            targets |= self._aims.of(namespace).by_target.keys()
        self.touch_campaigns()
        for key in targets:
            self._touch(key)

    def _touch_difference(self, namespace: str, before: Seen, after: Seen) -> None:
        for key in before.aims.by_target.keys() | after.aims.by_target.keys():
            if _prints(before, key) != _prints(after, key):
                self._touch(key)
        for name in before.campaigns.keys() | after.campaigns.keys():
            if _said(before, name) != _said(after, name):
                self._touch_campaign(CampaignKey(namespace, name))
        if before.aims.invalid.keys() != after.aims.invalid.keys():
            for key in self._world.held_targets():
                if key.namespace == namespace:
                    self._touch(key)


def _targets_of(item: Item | None) -> set[TargetKey]:
    target = getattr(item, "target", None)
    return {target} if isinstance(target, TargetKey) else set()


def _prints(seen: Seen, key: TargetKey) -> list[str]:
    return sorted(aim.fingerprint for aim in seen.aims.by_target.get(key, ()))


def _said(seen: Seen, name: str) -> tuple[object, ...]:
    campaign, invalid = seen.campaigns.get(name), seen.aims.invalid.get(name)
    prints = [aim.fingerprint for aim in seen.aims.by_campaign.get(name, ())]
    identity = campaign and (campaign.uid, campaign.generation)
    return identity, prints, invalid.message if invalid else ""
