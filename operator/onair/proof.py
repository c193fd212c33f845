"""What this process has been told by uncached answers: without it nothing is raised or lowered.

What a watch, or the first lists of a process, have told may be older than the end of what they
speak of.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from onair.cluster import resources
from onair.cluster.errors import ApiError, ChangedError, NotFoundError
from onair.items import Steered
from onair.plan.claims import live_limits
from onair.plan.ledger import Entry, Seen, entry_name
from onair.plan.observed import Workload

if TYPE_CHECKING:
    from datetime import datetime

    from onair.cluster.client import Body, KubeApi
    from onair.cluster.resources import Resource
    from onair.items import Item
    from onair.plan.observed import TargetKey
    from onair.world import World


def _numbers(item: Item | None) -> tuple[object, ...]:
    """Return which object an item is, its limits, what others want of them, and if it is marked."""
    match item:
        case Steered(autoscaler=hpa):
            wishes = (hpa.minimum.wish, hpa.maximum.wish)
            return hpa.id.uid, live_limits(hpa), wishes, hpa.annotated
        case Workload() as workload:
            return workload.id.uid, live_limits(workload), workload.replicas.wish
        case _:
            return ()


class Confirmed(NamedTuple):
    """The last uncached list of a namespace's needs: at which revision of ours, when, how new."""

    revision: int
    at: datetime
    listed: Seen


class Proof:
    """Looks past what is known at one API server, and takes what it finds into the world."""

    def __init__(self, api: KubeApi, world: World) -> None:
        self._api = api
        self._world = world
        self._confirmed: dict[str, Confirmed] = {}
        self._confirming: dict[str, asyncio.Task[None]] = {}
        self._acknowledged: dict[TargetKey, str] = {}

    def confirmed(self, key: TargetKey, revision: int) -> datetime | None:
        """Return when an uncached list last agreed with what is known since `revision`, if ever.

        A list that is older than what the target's hold was made for proves nothing about it.
        """
        last = self._confirmed.get(key.namespace)
        if last is None or last.revision < revision or last.listed.is_older(self._seen_by(key)):
            return None
        return last.at

    async def confirm(self, key: TargetKey, now: datetime) -> None:
        """List the needs of a namespace, once for all of its targets that ask meanwhile.

        Who joins a list that began before its own need had ended finds that, and asks again.

        Raises:
            ApiError: when they cannot be listed, or only as they were before the hold was made.
        """
        namespace = key.namespace
        if namespace not in self._confirming:
            listing = asyncio.ensure_future(self._list_needs(namespace, now))
            listing.add_done_callback(partial(self._listed, namespace))
            self._confirming[namespace] = listing
        await asyncio.shield(self._confirming[namespace])
        listed, seen = self._confirmed[namespace].listed, self._seen_by(key)
        if listed.is_older(seen):
            raise ApiError(
                "the API server lists campaigns and target sets as they were before this floor was"
                " raised: it stays up until that is over; if etcd was restored from a backup, see"
                " docs/troubleshooting.md"
            )

    def _listed(self, namespace: str, listing: asyncio.Task[None]) -> None:
        self._confirming.pop(namespace)
        if not listing.cancelled():
            listing.exception()  # where nobody waits any longer, nobody else would ask for it

    async def _list_needs(self, namespace: str, now: datetime) -> None:
        versions = {}
        for resource in (resources.TARGET_SETS, resources.CAMPAIGNS):
            pages = self._api.pages(resource, namespace)
            versions[resource] = await self._world.read(resource, namespace, pages)
        listed = Seen(versions[resources.CAMPAIGNS], versions[resources.TARGET_SETS])
        self._confirmed[namespace] = Confirmed(self._world.revision(namespace), now, listed)

    def _seen_by(self, key: TargetKey) -> Seen:
        """Return what was known of the needs when a target's ledger entry was last written."""
        entry = self._world.entry(key)
        return entry.seen if isinstance(entry, Entry) else Seen()

    async def acknowledge(self, key: TargetKey) -> None:
        """See to it that the ledger entry of a target is there before its target is written to.

        Raises:
            ChangedError: when it is not what it was (invariant S1).
        """
        entry = self._world.entry(key)
        if not isinstance(entry, Entry) or self._acknowledged.get(key) == entry.name:
            return
        name = entry.name
        following = entry_name(entry.steered.uid, entry.sequence + 1)
        for each in (name, following):  # an old list may lack what the owner's last edit added
            await self.read_again(resources.REVISIONS, key.namespace, each)
        if self._world.entry(key) != entry:
            raise ChangedError(f"the ledger entry {name} is not what it was")
        self._acknowledged[key] = name

    def acknowledged(self, key: TargetKey, name: str) -> None:
        """Note that the API server has answered that this ledger entry is there."""
        self._acknowledged[key] = name

    def doubt(self, key: TargetKey) -> str:
        """Note that a request is under way after which nobody knows what becomes of an entry.

        Returns the name of the entry that was acknowledged until now, "" if none was.
        """
        return self._acknowledged.pop(key, "")

    async def as_known(self, resource: Resource, namespace: str, name: str) -> Body | None:
        """Read a steered object and return it, None if it is gone.

        Raises:
            ChangedError: when it is not as it was known, so that the decision has to be made again.
        """
        known = _numbers(self._world.item(resource, namespace, name))
        body = await self.read_again(resource, namespace, name)
        if _numbers(self._world.item(resource, namespace, name)) != known:
            raise ChangedError(f"{resource.kind} {name} has changed since it was seen")
        return body

    async def read_again(self, resource: Resource, namespace: str, name: str) -> Body | None:
        """Read an object, None if there is none, and take what it is now into the world."""
        try:
            body = await self._api.get(resource.path(namespace, name))
        except NotFoundError:
            self._world.forget(resource, namespace, name)
            return None
        self._world.observe(resource, body)
        return body
