"""What a cluster has: its campaigns and TargetSets, and the usual load of workloads."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onair.cli.reaching import NotLookedAtError, plainly
from onair.cluster import resources
from onair.cluster.client import KubeApi
from onair.cluster.errors import ApiError
from onair.model import reasons
from onair.model.campaigns import CampaignSpec
from onair.model.targets import TargetSetSpec
from onair.plan.aims import Named
from onair.plan.ledger import Entry
from onair.plan.refusals import obstacle
from onair.plans import usual_of
from onair.usual import History
from onair.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from onair.cluster.client import Body
    from onair.cluster.resources import Resource
    from onair.model.errors import InvalidManifest
    from onair.plan.observed import TargetKey

_NEEDED = (resources.CAMPAIGNS, resources.TARGET_SETS)


@dataclass(frozen=True, slots=True)
class Cluster:
    """What was read of a cluster; `unread` says what could not be, `unseen` names its resources."""

    world: World
    unread: tuple[str, ...] = ()
    unseen: frozenset[Resource] = frozenset()

    def campaigns(self) -> dict[Named, CampaignSpec | InvalidManifest]:
        """Return the campaigns, or what is wrong with them."""
        return {
            Named(each.namespace, each.name): each.spec
            for each in self.world.campaigns()
            if not isinstance(each.spec, TargetSetSpec)
        }

    def target_set(self, namespace: str, name: str) -> TargetSetSpec | InvalidManifest | None:
        """Return a TargetSet, or what is wrong with it; None if there is none."""
        declared = self.world.target_set(namespace, name)
        if declared is None or isinstance(declared.spec, CampaignSpec):
            return None
        return declared.spec

    def usual(self, keys: Iterable[TargetKey]) -> dict[TargetKey, int]:
        """Return the usual replicas of the targets that are there, as the operator sees them.

        Of those of which what runs may be a floor of ours, without what was there before, nobody
        knows any.
        """
        history = History()
        return {
            key: usual_of(self.world, key, (), history, self.world.entry(key))
            for key in keys
            if self.world.workload(key) and self._knows(key)
        }

    def _knows(self, key: TargetKey) -> bool:
        """Tell whether the ledger says what was there, or nothing of ours can be there."""
        entry = self.world.entry(key)
        if entry is not None:
            return isinstance(entry, Entry)
        autoscalers = self.world.autoscalers(key)
        if not autoscalers:  # then only the ledger knows of a floor, or an HPA that is not seen
            return self.unseen.isdisjoint({resources.REVISIONS, resources.HPAS})
        return not any(autoscaler.annotated for autoscaler in autoscalers)

    def obstacle(self, key: TargetKey) -> tuple[str, str] | None:
        """Return what keeps a workload from being steered; None where not all could be read."""
        if self.unread:
            return None
        return obstacle(self.world.workload(key), self.world.autoscalers(key))

    def unsteered(self, keys: Iterable[TargetKey]) -> Iterator[str]:
        """Yield what to tell a person about every target that the operator would not steer."""
        for key in keys:
            where = f"{key.kind} {key.namespace}/{key.name}"
            found = self.obstacle(key)
            if found is None:
                continue
            reason, words = found
            if reason == reasons.TARGET_MISSING:
                yield f"there is no {where} in the cluster"
            else:
                yield f"{where} is not raised: {words}"


def look(namespaces: Sequence[str]) -> Cluster:
    """Read the cluster that the kubeconfig names, in these namespaces or in all.

    Raises:
        NotLookedAtError: when its campaigns and TargetSets cannot be read.
    """
    try:
        return asyncio.run(_look(namespaces))
    except ApiError as error:
        raise NotLookedAtError(f"the cluster cannot be looked at: {plainly(error)}") from error


async def _look(namespaces: Sequence[str]) -> Cluster:
    world = World()
    api = await KubeApi.connect()
    try:
        unread = await see_all(api, resources.WATCHED, namespaces, _NEEDED, world.observe)
    finally:
        await api.close()
    return Cluster(world, tuple(unread), frozenset(unread.values()))


async def see_all(
    api: KubeApi,
    kinds: Sequence[Resource],
    namespaces: Sequence[str],
    needed: Sequence[Resource],
    see: Callable[[Resource, Body], object],
) -> dict[str, Resource]:
    """Let every object of some kinds be seen; returns what cannot be read, and of which kind.

    Raises:
        ApiError: when a kind that is needed cannot be read.
    """
    unread: dict[str, Resource] = {}
    for resource in kinds:
        for namespace in namespaces or (None,):
            try:
                bodies, _ = await api.list(resource, namespace)
            except ApiError as error:
                if resource in needed:
                    raise
                unread[f"cannot read {resource.plural}: {error}"] = resource
            else:
                for body in bodies:
                    see(resource, body)
    return unread
