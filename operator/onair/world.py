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
from onair.plan.ledger import DamagedEntryError, Entry, Seen
from onair.plan.observed import Autoscaler, TargetKey, Workload

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from onair.cluster.resources import Resource


class World:
    """The objects of every watched kind by namespace and name."""

    def __init__(self) -> None:
        self._items: dict[str, dict[tuple[str, str], Item]] = defaultdict(dict)
        self._versions: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        self._swept: dict[tuple[str, str | None], int] = {}
        self._newest: dict[str, int] = defaultdict(int)
        self._by_target: dict[TargetKey, dict[tuple[str, str], Item]] = defaultdict(dict)
        self._listed: set[tuple[str, str | None]] = set()
        self._clamped: dict[str, bool | None] = {}
        self._revisions: dict[str, int] = defaultdict(int)
        self._changed: dict[str, set[tuple[str, str]]] = defaultdict(set)

    def proven(self, namespace: str) -> bool:
        """Tell whether this process has itself listed every watched kind there with success."""
        return all(
            self._listed & {(resource.kind, None), (resource.kind, namespace)}
            for resource in resources.WATCHED
        )

    def clamped(self, namespace: str) -> bool | None:
        """Tell whether the cluster keeps others from undoing floors there, None if not known."""
        return self._clamped.get(namespace)

    def note_clamp(self, namespace: str, *, in_force: bool | None) -> None:
        """Take in whether the cluster keeps others from undoing floors, None if nobody knows."""
        self._clamped[namespace] = in_force

    def is_unclear(self, namespace: str) -> bool:
        """Tell whether it was asked if others are kept from undoing floors there, in vain."""
        return namespace in self._clamped and self._clamped[namespace] is None

    def forget_clamp(self, namespace: str) -> None:
        """Forget what is known of a namespace where there is nothing to undo."""
        self._clamped.pop(namespace, None)

    def revision(self, namespace: str) -> int:
        """Return a number that moves with every change of a campaign or target set there."""
        return self._revisions[namespace]

    def newest(self) -> Seen:
        """Return the newest resource versions of campaigns and of target sets that were seen."""
        return Seen(*(self._newest[r.kind] for r in (resources.CAMPAIGNS, resources.TARGET_SETS)))

    def take_changed(self, namespace: str) -> set[tuple[str, str]]:
        """Return kind and name of each campaign and target set that changed since the last call."""
        return self._changed.pop(namespace, set())

    def is_news(self, resource: Resource, body: Body) -> bool:
        """Tell whether an object is newer than what is known of it; another thread may ask."""
        key, kind = _key(body), resource.kind
        known = self._versions.get(kind, {}).get(key) or self._swept_at(kind, key[0])
        return int(body["metadata"]["resourceVersion"]) > known

    def observe(self, resource: Resource, body: Body, *, deleted: bool = False) -> Item | None:
        """Take in an object; returns what it was before and drops it where it is no news."""
        key = _key(body)
        version = int(body["metadata"]["resourceVersion"])
        known = self._items[resource.kind].get(key)
        seen = self._versions[resource.kind].get(key, self._swept_at(resource.kind, key[0]))
        if version < seen or (version == seen and known is not None and not deleted):
            return known
        self._versions[resource.kind][key] = version
        self._newest[resource.kind] = max(version, self._newest[resource.kind])
        item = None if deleted else read(resource, body, known)
        return self._store(resource.kind, key, item)

    def replace(
        self, resource: Resource, namespace: str | None, bodies: Iterable[Body], version: int
    ) -> None:
        """Take in a complete list made at `version`: what it lacks and is not newer is gone."""
        self.sweep(resource, namespace, self.take(resource, bodies), version)

    async def read(
        self,
        resource: Resource,
        namespace: str | None,
        pages: AsyncIterator[tuple[Iterable[Body], int]],
    ) -> int:
        """Take in a complete list, a page at a time; returns the version at which it was made."""
        listed: set[tuple[str, str]] = set()
        version = 0
        async for bodies, at in pages:
            listed |= self.take(resource, bodies)
            version = at
        self.sweep(resource, namespace, listed, version)
        return version

    def take(self, resource: Resource, bodies: Iterable[Body]) -> set[tuple[str, str]]:
        """Take in a page of a list; returns the namespace and name of every object in it."""
        listed = set()
        for body in bodies:
            listed.add(_key(body))
            self.observe(resource, body)
        return listed

    def sweep(
        self, resource: Resource, namespace: str | None, listed: set[tuple[str, str]], version: int
    ) -> None:
        """Take in that a complete list made at `version` has no others: what is not newer is gone.

        Nor is it remembered any longer: no older news of what such a list lacks is believed.
        """
        kind = resource.kind
        self._newest[kind] = max(version, self._newest[kind])
        self._swept[kind, namespace] = max(version, self._swept.get((kind, namespace), 0))
        versions = self._versions[kind]
        gone = [
            key
            for key, seen in versions.items()
            if seen <= version and key not in listed and namespace in {None, key[0]}
        ]
        for key in gone:
            if key in self._items[kind]:
                self._store(kind, key, None)
            del versions[key]

    def prove(self, resource: Resource, namespace: str | None) -> None:
        """Note that every object of this kind in a namespace, None for all, has been listed."""
        self._listed.add((resource.kind, namespace))

    def forget(self, resource: Resource, namespace: str, name: str) -> None:
        """Drop an object that is known to be deleted; late news of it does not bring it back."""
        versions = self._versions[resource.kind]
        versions[namespace, name] = 1 + versions.get((namespace, name), 0)
        self._store(resource.kind, (namespace, name), None)

    def campaigns(self, namespace: str | None = None) -> list[Declared]:
        """Return the campaigns of a namespace, or all, sorted by name."""
        return self._declared(resources.CAMPAIGNS, namespace)

    def announced(self) -> set[str]:
        """Return the namespaces that have campaigns, or still a target with a ledger entry."""
        campaigns = {namespace for namespace, _ in self._items[resources.CAMPAIGNS.kind]}
        return campaigns | {key.namespace for key in self.held_targets()}

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

    def superseded(self, key: TargetKey) -> tuple[Entry, ...]:
        """Return the entries that an owner's edit has replaced by a newer one, the oldest first."""
        items = self._by_target[key].values() if key in self._by_target else ()
        entries = [item.entry for item in items if isinstance(item, Recorded)]
        whole = sorted(
            (entry for entry in entries if isinstance(entry, Entry)),
            key=lambda entry: entry.sequence,
        )
        return tuple(whole[:-1])

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

    def _swept_at(self, kind: str, namespace: str) -> int:
        """Return the version of the newest complete list in which an object could have been."""
        return max(self._swept.get((kind, None), 0), self._swept.get((kind, namespace), 0))

    def _declared(self, resource: Resource, namespace: str | None) -> list[Declared]:
        items = self._items[resource.kind].values()
        chosen = [i for i in items if isinstance(i, Declared) and namespace in {None, i.namespace}]
        return sorted(chosen, key=lambda item: (item.namespace, item.name))

    def _store(self, kind: str, key: tuple[str, str], item: Item | None) -> Item | None:
        before = self._items[kind].pop(key, None)
        if item is not None:
            self._items[kind][key] = item
        if isinstance(before, Steered | Recorded) and before.target:
            others = self._by_target[before.target]
            others.pop((kind, key[1]), None)
            if not others:
                del self._by_target[before.target]
        if isinstance(item, Steered | Recorded) and item.target:
            self._by_target[item.target][kind, key[1]] = item
        if _generation(before) != _generation(item):
            self._revisions[key[0]] += 1
            self._changed[key[0]].add((kind, key[1]))
        return before


def _key(body: Body) -> tuple[str, str]:
    return body["metadata"]["namespace"], body["metadata"]["name"]


def _generation(item: Item | None) -> tuple[str, int, bool] | None:
    """Return what moves with every change of a manifest; an annotation leaves its generation."""
    return (item.uid, item.generation, item.at_once) if isinstance(item, Declared) else None
