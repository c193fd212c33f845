"""Complete lists of every watched kind: the proof of what is there, and of what is not.

They also find the deletions that watches lose, and say what cannot be read and why.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from onair.cluster import resources
from onair.cluster.errors import ApiError, ForbiddenError, NotFoundError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.cluster.client import KubeApi
    from onair.cluster.resources import Resource
    from onair.troubles import Troubles
    from onair.world import World

LIST_EVERY = 55.0
"""Real seconds from one round of complete lists to the next: what the watches lost is found within
a minute, the time that a round takes included."""

RETRY_LISTS = 2.0
"""Real seconds until what could not be listed, or may have changed unseen, is listed again."""

AT_ONCE = 4
"""Lists that are made at once. Namespaces that gave no answer last time have as many places of
their own: whatever hangs holds up the others once, and no longer than one request may take."""

NOT_YET = "not everything has been listed yet"


class Place(NamedTuple):
    """One kind in one namespace, None for all of them."""

    resource: Resource
    namespace: str | None

    def __str__(self) -> str:
        """Name it, such as `deployments.apps in namespace tv`."""
        where = f"namespace {self.namespace}" if self.namespace else "all namespaces"
        return f"{self.resource.plural}.{self.resource.group} in {where}"


class Lists:
    """Lists into the world.

    `listed` is called when something in a namespace, None for all, has been listed, `changed` when
    what cannot be read there is something else than before.
    """

    def __init__(
        self,
        api: KubeApi,
        world: World,
        namespaces: tuple[str, ...],
        troubles: Troubles,
        *,
        listed: Callable[[str | None], None],
        changed: Callable[[str | None], None],
    ) -> None:
        self._api = api
        self._world = world
        self._troubles = troubles
        self._listed = listed
        self._changed = changed
        self._places = {
            namespace: [Place(resource, namespace) for resource in resources.WATCHED]
            for namespace in namespaces or (None,)
        }
        self._missing = {place for places in self._places.values() for place in places}
        self._refused: set[Place] = set()
        self._fresh: set[Place] = set()
        self._asked: dict[str | None, set[Resource | None]] = {each: set() for each in self._places}
        self._silent: set[str | None] = set()
        self._lanes, self._waiting = asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(AT_ONCE)
        self.served = asyncio.Event()

    def again(self, resource: Resource | None = None, namespace: str | None = None) -> None:
        """List a kind in a namespace, None for all of them, again within seconds."""
        for each in (namespace,) if namespace in self._places else self._places:
            self._asked[each].add(resource)

    def unread(self, namespace: str | None = None) -> str:
        """Return all that keeps a namespace, None for any, from being read, "" if nothing does.

        A list that only fails, as those of a server that is away do, counts until it first worked.
        """
        chosen = self._places if namespace is None else {namespace, None} & self._places.keys()
        places = [place for each in chosen for place in self._places[each]]
        first = "" if self._missing.isdisjoint(places) else NOT_YET
        unread = self._missing | self._refused
        texts = (self._troubles.of(place) for place in places if place in unread)
        why = "; ".join(dict.fromkeys(filter(None, texts)))
        return ": ".join(filter(None, (first, why)))

    async def run(self) -> None:
        """List every namespace again and again, for ever, and what failed more often.

        `served` is set as soon as every kind is known to be served: from then on it is watched. A
        namespace that may not be read, or whose lists hang, keeps only itself waiting.
        """
        async with asyncio.TaskGroup() as group:
            for namespace in self._places:
                group.create_task(self._keep(namespace))

    async def _keep(self, namespace: str | None) -> None:
        due, failed = 0.0, set[Place]()
        while True:
            places = failed | self._take_asked(namespace)
            if not self.served.is_set():  # nothing is watched yet: their authors wait to be told
                places.add(Place(resources.CAMPAIGNS, namespace))
            if monotonic() >= due:
                due, places = monotonic() + LIST_EVERY, set(self._places[namespace])
            if places:
                failed = await self._look(namespace, places)
            await asyncio.sleep(min(RETRY_LISTS, max(due - monotonic(), 0.0)))

    def _take_asked(self, namespace: str | None) -> set[Place]:
        asked, self._asked[namespace] = self._asked[namespace], set()
        return {p for p in self._places[namespace] if not asked.isdisjoint({p.resource, None})}

    async def _look(self, namespace: str | None, places: set[Place]) -> set[Place]:
        """List some places of a namespace, in their order; returns those where that failed."""
        before = self.unread(namespace)
        ordered = [place for place in self._places[namespace] if place in places]
        failed = {place for place in ordered if not await self._list_in_turn(place)}
        if self._fresh & places:
            self._fresh -= places
            self._listed(namespace)
        if self.unread(namespace) != before:
            self._changed(namespace)
        if not self.served.is_set() and self._is_served():
            self.served.set()
            self.again()  # with the watches, of which the first lists came without
        return failed

    def _is_served(self) -> bool:
        every = (place for places in self._places.values() for place in places)
        listed = {place.resource for place in every if place not in self._missing}
        return len(listed) == len(resources.WATCHED)

    async def _list_in_turn(self, place: Place) -> bool:
        async with self._waiting if place.namespace in self._silent else self._lanes:
            return await self._list(place)

    async def _list(self, place: Place) -> bool:
        """List a place; tell whether that went well and a watch of it can begin, too."""
        verb = "list"
        try:
            version = await self._world.read(*place, self._api.pages(*place))
            self._world.prove(*place)
            self._missing.discard(place)
            self._fresh.add(place)
            if self.served.is_set():  # the first lists are waited for, so they come without
                verb = "watch"
                await self._api.try_watch(*place, version)
        except (ForbiddenError, NotFoundError) as error:
            self._refused.add(place)
            self._troubles.begin(place, str(error))
        except ApiError as error:
            if isinstance(error, UnreachableError):
                self._silent.add(place.namespace)
            self._troubles.begin(place, f"cannot {verb} {place}: {error}")
        else:
            self._refused.discard(place)
            self._troubles.end(place)
            self._silent.discard(place.namespace)
            return True
        return False
