"""Takes in what changed in the cluster and says which targets and campaigns it concerns."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from onair.cluster import resources
from onair.cluster.errors import ApiError
from onair.plan.observed import TargetKey
from onair.publish import CampaignKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.aims import Aims, NamespaceAims
    from onair.cluster.client import Body, KubeApi
    from onair.cluster.resources import Resource
    from onair.items import Item
    from onair.world import World

log = logging.getLogger(__name__)

LIST_EVERY = 60.0
"""Real seconds between two complete lists: they find the deletions that watches lose."""

RETRY_LISTS = 2.0


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

    def see(self, resource: Resource, body: Body, *, deleted: bool) -> None:
        """Take in one object from a watch."""
        metadata = body["metadata"]
        namespace = metadata["namespace"]
        if resource.kind in resources.WORKLOADS:
            self._world.observe(resource, body, deleted=deleted)
            key = TargetKey(namespace, resource.kind, metadata["name"])
            if key in self._aims.of(namespace).by_target or self._world.is_held(key):
                self._touch(key)
            return
        aims, revision = self._aims.of(namespace), self._world.revision(namespace)
        before = self._world.observe(resource, body, deleted=deleted)
        after = self._world.item(resource, namespace, metadata["name"])
        for key in _targets_of(before) | _targets_of(after):
            self._touch(key)
        if self._world.revision(namespace) != revision:
            self._touch_difference(namespace, aims, self._aims.of(namespace))
            if resource is resources.CAMPAIGNS:
                self._touch_campaign(CampaignKey(namespace, metadata["name"]))

    async def list_all(self, api: KubeApi, namespaces: tuple[str, ...]) -> None:
        """List every watched kind, completely, and look at everything again.

        Raises:
            ApiError: when a list could not be read; what was read before it counts.
        """
        for resource in resources.WATCHED:
            for namespace in namespaces or (None,):
                bodies, version = await api.list(resource, namespace)
                self._world.replace(resource, namespace, bodies, version)
            self._world.prove(resource)
        self.touch_all()

    async def keep_listing(self, api: KubeApi, namespaces: tuple[str, ...]) -> None:
        """List everything again and again, for ever."""
        while True:
            await asyncio.sleep(LIST_EVERY)
            try:
                await self.list_all(api, namespaces)
            except ApiError as error:
                log.warning("cannot list everything again: %s", error)

    async def first_list(self, api: KubeApi, namespaces: tuple[str, ...]) -> None:
        """List everything once, as long as that may take."""
        while True:
            try:
                return await self.list_all(api, namespaces)
            except ApiError as error:
                log.warning("waiting for the first complete list (are the CRDs there?): %s", error)
                await asyncio.sleep(RETRY_LISTS)

    def touch_all(self) -> None:
        """Look at every target and campaign again."""
        for campaign in self._world.campaigns():
            self._touch_campaign(CampaignKey(campaign.namespace, campaign.name))
            for key in self._aims.of(campaign.namespace).by_target:
                self._touch(key)
        for key in self._world.held_targets():
            self._touch(key)

    def _touch_difference(
        self, namespace: str, before: NamespaceAims, after: NamespaceAims
    ) -> None:
        for key in before.by_target.keys() | after.by_target.keys():
            if _prints(before, key) != _prints(after, key):
                self._touch(key)
        for name in after.by_campaign.keys() | after.invalid.keys():
            if _said(before, name) != _said(after, name):
                self._touch_campaign(CampaignKey(namespace, name))
        if before.invalid.keys() != after.invalid.keys():
            for key in self._world.held_targets():
                self._touch(key)


def _targets_of(item: Item | None) -> set[TargetKey]:
    target = getattr(item, "target", None)
    return {target} if isinstance(target, TargetKey) else set()


def _prints(aims: NamespaceAims, key: TargetKey) -> list[str]:
    return sorted(aim.fingerprint for aim in aims.by_target.get(key, ()))


def _said(aims: NamespaceAims, name: str) -> tuple[list[str], str]:
    invalid = aims.invalid.get(name)
    prints = [aim.fingerprint for aim in aims.by_campaign.get(name, ())]
    return prints, invalid.message if invalid else ""
