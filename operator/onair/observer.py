"""Takes in what changed in the cluster and says which targets and campaigns it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.cluster import resources
from onair.plan.observed import TargetKey
from onair.publish import CampaignKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.aims import Aims
    from onair.cluster.client import Body
    from onair.cluster.resources import Resource
    from onair.items import Item
    from onair.world import World


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

    def is_news(self, resource: Resource, body: Body) -> bool:
        """Tell whether an object is newer than what is known of it, in whatever thread."""
        return self._world.is_news(resource, body)

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
        changes = self._aims.take_changes(namespace)
        for key in changes.targets:
            self._touch(key)
        for name in changes.campaigns:
            self._touch_campaign(CampaignKey(namespace, name))
        if changes.validity:
            for key in self._world.held_targets():
                if key.namespace == namespace:
                    self._touch(key)

    def touch_campaigns(self, namespace: str | None = None) -> None:
        """Look at every campaign of a namespace, or of all, again: something is to be said."""
        for campaign in self._world.campaigns(namespace):
            self._touch_campaign(CampaignKey(campaign.namespace, campaign.name))

    def touch_all(self, namespace: str | None = None) -> None:
        """Look at every target and campaign of a namespace, or of all, again."""
        held = self._world.held_targets()
        targets = {key for key in held if namespace in {None, key.namespace}}
        places = {campaign.namespace for campaign in self._world.campaigns()}
        places |= self._aims.namespaces()
        for each in places if namespace is None else {namespace}:
            self.touch_changes(each)
            targets |= self._aims.of(each).by_target.keys()
        self.touch_campaigns(namespace)
        for key in targets:
            self._touch(key)


def _targets_of(item: Item | None) -> set[TargetKey]:
    target = getattr(item, "target", None)
    return {target} if isinstance(target, TargetKey) else set()
