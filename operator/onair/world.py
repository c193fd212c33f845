"""What this process knows of the cluster: a snapshot in memory, fed by watches and by lists.

Watches say what changed; only a complete list proves what is not there any more. An object is
replaced by a newer one of the same name only (resource versions are comparable integers:
https://kep.k8s.io/5504).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from onair.cluster import resources
from onair.items import Body, Declared, Item, Recorded, Steered, read
from onair.plan.ledger import DamagedEntryError, Entry
from onair.plan.observed import Autoscaler, TargetKey, Workload

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onair.cluster.resources import Resource


class World:
    """The objects of every watched kind by namespace and name."""

    def __init__(self) -> None:
        self._items: dict[str, dict[tuple[str, str], Item]] = defaultdict(dict)
        self._versions: dict[tuple[str, str, str], int] = {}
        self._by_target: dict[TargetKey, dict[tuple[str, str], Item]] = defaultdict(dict)
        self._listed: set[tuple[str, str | None]] = set()
        self._revisions: dict[str, int] = defaultdict(int)

    def proven(self, namespace: str) -> bool:
        """Tell whether this process has itself listed every watched kind there with success."""
        return all(
            self._listed & {(resource.kind, None), (resource.kind, namespace)}
            for resource in resources.WATCHED
        )

    def revision(self, namespace: str) -> int:
        """Return a number that moves with every change of a campaign or target set there."""
        return self._revisions[namespace]

    def observe(self, resource: Resource, body: Body, *, deleted: bool = False) -> Item | None:
        """Take in an object; returns what it was before and drops it where it is older."""
        key = (body["metadata"]["namespace"], body["metadata"]["name"])
        version = int(body["metadata"]["resourceVersion"])
        if version < self._versions.get((resource.kind, *key), 0):
            return self._items[resource.kind].get(key)
        self._versions[resource.kind, *key] = version
        known = self._items[resource.kind].get(key)
        item = None if deleted else read(resource, body, known)
        return self._store(resource.kind, key, item)

    def replace(
        self, resource: Resource, namespace: str | None, bodies: Iterable[Body], version: int
    ) -> None:
        """Take in a complete list made at `version`: what it lacks and is not newer is gone."""
        listed = set()
        for body in bodies:
            listed.add((body["metadata"]["namespace"], body["metadata"]["name"]))
            self.observe(resource, body)
        for key in list(self._items[resource.kind]):
            within = namespace is None or key[0] == namespace
            if within and key not in listed and self._versions[resource.kind, *key] <= version:
                self._store(resource.kind, key, None)

    def prove(self, resource: Resource, namespace: str | None) -> None:
        """Note that every object of this kind in a namespace, None for all, has been listed."""
        self._listed.add((resource.kind, namespace))

    def forget(self, resource: Resource, namespace: str, name: str) -> None:
        """Drop an object that is known to be deleted; late news of it does not bring it back."""
        self._versions[resource.kind, namespace, name] = 1 + self._versions.get(
            (resource.kind, namespace, name), 0
        )
        self._store(resource.kind, (namespace, name), None)

    def campaigns(self, namespace: str | None = None) -> list[Declared]:
        """Return the campaigns of a namespace, or all, sorted by name."""
        return self._declared(resources.CAMPAIGNS, namespace)

    def campaign(self, namespace: str, name: str) -> Declared | None:
        """Return a campaign by name."""
        item = self._items[resources.CAMPAIGNS.kind].get((namespace, name))
        return item if isinstance(item, Declared) else None

    def target_set(self, namespace: str, name: str) -> Declared | None:
        """Return a target set by name."""
        item = self._items[resources.TARGET_SETS.kind].get((namespace, name))
        return item if isinstance(item, Declared) else None

    def workload(self, key: TargetKey) -> Workload | None:
        """Return a target's workload."""
        item = self._items[key.kind].get((key.namespace, key.name))
        return item if isinstance(item, Workload) else None

    def autoscalers(self, key: TargetKey) -> tuple[Autoscaler, ...]:
        """Return the HPAs that scale a target, sorted by name."""
        items = self._by_target[key].values() if key in self._by_target else ()
        found = (item.autoscaler for item in items if isinstance(item, Steered))
        return tuple(sorted(found, key=lambda autoscaler: autoscaler.id.name))

    def entry(self, key: TargetKey) -> Entry | DamagedEntryError | None:
        """Return a target's newest ledger entry, or what is wrong with one that cannot be read."""
        items = self._by_target[key].values() if key in self._by_target else ()
        entries = [item.entry for item in items if isinstance(item, Recorded)]
        damaged = [entry for entry in entries if isinstance(entry, DamagedEntryError)]
        whole = [entry for entry in entries if isinstance(entry, Entry)]
        newest = max(whole, key=lambda entry: entry.sequence, default=None)
        return damaged[0] if damaged else newest

    def item(self, resource: Resource, namespace: str, name: str) -> Item | None:
        """Return what is known of one object."""
        return self._items[resource.kind].get((namespace, name))

    def is_held(self, key: TargetKey) -> bool:
        """Tell whether a target has a ledger entry, readable or not."""
        items = self._by_target[key].values() if key in self._by_target else ()
        return any(isinstance(item, Recorded) for item in items)

    def held_targets(self) -> set[TargetKey]:
        """Return the targets that have a ledger entry."""
        items = self._items[resources.REVISIONS.kind].values()
        return {item.target for item in items if isinstance(item, Recorded) and item.target}

    def _declared(self, resource: Resource, namespace: str | None) -> list[Declared]:
        items = self._items[resource.kind].values()
        chosen = [i for i in items if isinstance(i, Declared) and namespace in {None, i.namespace}]
        return sorted(chosen, key=lambda item: (item.namespace, item.name))

    def _store(self, kind: str, key: tuple[str, str], item: Item | None) -> Item | None:
        before = self._items[kind].pop(key, None)
        if item is not None:
            self._items[kind][key] = item
        if isinstance(before, Steered | Recorded) and before.target:
            self._by_target[before.target].pop((kind, key[1]), None)
        if isinstance(item, Steered | Recorded) and item.target:
            self._by_target[item.target][kind, key[1]] = item
        if _generation(before) != _generation(item):
            self._revisions[key[0]] += 1
        return before


def _generation(item: Item | None) -> tuple[str, int] | None:
    return (item.uid, item.generation) if isinstance(item, Declared) else None
