"""Complete lists of every watched kind: the proof of what is there, and of what is not.

They also find the deletions that watches lose, and say what cannot be read and why.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from onair.cluster import resources
from onair.cluster.errors import ApiError, ForbiddenError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from onair.cluster.client import KubeApi
    from onair.cluster.resources import Resource
    from onair.troubles import Troubles
    from onair.world import World

LIST_EVERY = 60.0
"""Real seconds between two complete lists."""

RETRY_LISTS = 2.0
"""Real seconds until what could not be listed is tried again."""

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

    `listed` is called when something has been listed, `changed` when something else cannot be.
    """

    def __init__(
        self,
        api: KubeApi,
        world: World,
        namespaces: tuple[str, ...],
        troubles: Troubles,
        *,
        listed: Callable[[], None],
        changed: Callable[[], None],
    ) -> None:
        self._api = api
        self._world = world
        self._troubles = troubles
        self._listed = listed
        self._changed = changed
        self._places = [
            Place(resource, namespace)
            for resource in resources.WATCHED
            for namespace in namespaces or (None,)
        ]
        self._missing = set(self._places)
        self._refused: set[Place] = set()
        self._failed: set[Place] = set()
        self._fresh = False
        self.served = asyncio.Event()

    def unread(self, namespace: str | None = None) -> str:
        """Return all that keeps a namespace, None for any, from being read, "" if nothing does.

        A list that only fails, as those of a server that is away do, counts until it first worked.
        """
        places = [p for p in self._places if namespace is None or p.namespace in {None, namespace}]
        first = "" if self._missing.isdisjoint(places) else NOT_YET
        unread = self._missing | self._refused
        texts = (self._troubles.of(place) for place in places if place in unread)
        why = "; ".join(dict.fromkeys(filter(None, texts)))
        return ": ".join(filter(None, (first, why)))

    async def run(self) -> None:
        """List everything again and again, for ever, and what failed more often.

        `served` is set as soon as every kind is known to be served: from then on it is watched. A
        namespace that may not be read keeps only itself waiting.
        """
        while not self._is_served():
            await self._look(self._places)
            if not self._is_served():
                await asyncio.sleep(RETRY_LISTS)
        self.served.set()
        due = monotonic()
        while True:
            if monotonic() >= due:
                await self._look(self._places)
                due = monotonic() + LIST_EVERY
            elif self._failed:
                await self._look(self._failed)
            await asyncio.sleep(RETRY_LISTS)

    def _is_served(self) -> bool:
        listed = {place.resource for place in self._places if place not in self._missing}
        return len(listed) == len(resources.WATCHED)

    async def _look(self, places: Collection[Place]) -> None:
        before = self.unread()
        ordered = [place for place in self._places if place in places]
        self._failed = {place for place in ordered if not await self._list(place)}
        if self._fresh:
            self._fresh = False
            self._listed()
        if self.unread() != before:
            self._changed()

    async def _list(self, place: Place) -> bool:
        """List a place; tell whether that went well and a watch of it can begin, too."""
        verb = "list"
        try:
            bodies, version = await self._api.list(*place)
            self._world.replace(*place, bodies, version)
            self._world.prove(*place)
            self._missing.discard(place)
            self._fresh = True
            if self.served.is_set():  # the first lists are waited for, so they come without
                verb = "watch"
                await self._api.try_watch(*place, version)
        except (ForbiddenError, NotFoundError) as error:
            self._refused.add(place)
            self._troubles.begin(place, str(error))
        except ApiError as error:
            self._troubles.begin(place, f"cannot {verb} {place}: {error}")
        else:
            self._refused.discard(place)
            self._troubles.end(place)
            return True
        return False
