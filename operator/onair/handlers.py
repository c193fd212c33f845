"""kopf's decorators only: unpack an event, hand it on. kopf watches; it writes nothing here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count, repeat
from typing import TYPE_CHECKING, Any

import kopf
from kopf._core.reactor.inventory import ResourceMemories, ResourceMemory

from onair.cluster import resources
from onair.model.names import MANAGED_BY_LABEL

if TYPE_CHECKING:
    from kopf._cogs.structs.bodies import RawBody

    from onair.cluster.client import Body
    from onair.cluster.resources import Resource

Access = Callable[[], Awaitable[dict[str, Any]]]
"""Returns the way to the API server, in the words of kopf's ConnectionInfo."""

Feed = Callable[["Resource", str | None, "Body"], None]
"""Takes in an object: `DELETED`, None if it comes from a list, anything else if it changed."""

RETRY_WATCH = 2.0
"""Real seconds until a refused or unanswered request of kopf's is sent again, however often."""

REQUEST = 30.0
"""Seconds until a list, or the beginning of a watch, is given up; kopf's own five minutes would
outlast any silent watch."""


class NullDiffBase(kopf.DiffBaseStorage):
    """No last-handled configuration: the operator is level-triggered."""

    def build(self, **_: object) -> kopf.BodyEssence:
        """Return nothing to compare."""
        return kopf.BodyEssence({})

    def fetch(self, **_: object) -> None:
        """Return nothing stored."""

    def store(self, **_: object) -> None:
        """Store nothing."""


class NullProgress(kopf.ProgressStorage):
    """No progress: event handlers have none."""

    def fetch(self, **_: object) -> None:
        """Return nothing stored."""

    def store(self, **_: object) -> None:
        """Store nothing."""

    def purge(self, **_: object) -> None:
        """Purge nothing."""

    def touch(self, **_: object) -> None:
        """Touch nothing."""

    def clear(self, *, essence: kopf.BodyEssence) -> kopf.BodyEssence:
        """Return the essence as it is."""
        return essence


class NoMemories(ResourceMemories):
    """No memory of any object: nothing is kept from one event to the next.

    kopf keeps about a kilobyte of each object that it ever saw, for handlers of other kinds.
    """

    async def recall(self, raw_body: RawBody, **said: Any) -> ResourceMemory:  # noqa: ANN401
        """Return the memory of an object that was never seen before."""
        return await super().recall(raw_body, **said | {"ephemeral": True})


async def operate(
    access: Access, feed: Feed, namespaces: tuple[str, ...], stop: asyncio.Event
) -> None:
    """Watch some namespaces (empty: all) until `stop` is set.

    Tasks of kopf's may be left in the loop, for whoever ends that: kopf itself would wait five
    seconds for the watches that still work when another one has failed.

    Raises:
        Exception: whatever ended one of kopf's tasks.
    """
    tasks = await kopf.spawn_tasks(
        registry=make_registry(access, feed),
        settings=make_settings(),
        memories=NoMemories(),
        clusterwide=not namespaces,
        namespaces=list(namespaces),
        stop_flag=stop,
    )
    ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in ended:
        task.result()


def make_settings() -> kopf.OperatorSettings:
    """Return kopf's settings for watching alone (kubernetes-notes, section 1)."""
    settings = kopf.OperatorSettings()
    settings.posting.enabled = False
    settings.scanning.disabled = True
    settings.peering.standalone = True
    settings.networking.error_backoffs = repeat(RETRY_WATCH)
    settings.networking.request_timeout = REQUEST
    settings.persistence.diffbase_storage = NullDiffBase()
    settings.persistence.progress_storage = NullProgress()
    settings.queueing.idle_timeout = 0.2
    settings.watching.chunk_size = 100
    settings.watching.inactivity_timeout = 70.0
    return settings


def make_registry(access: Access, feed: Feed) -> kopf.OperatorRegistry:
    """Return handlers that hand on what happens to objects of every watched kind.

    kopf logs in with what `access` returns, and again when a token is refused: a pod's lasts an
    hour.
    """
    registry = kopf.OperatorRegistry()
    logins = count()

    @kopf.on.login(registry=registry)
    async def login(**_: object) -> kopf.ConnectionInfo:
        earlier = next(logins)
        if earlier:
            await asyncio.sleep(RETRY_WATCH)
        # kopf takes nothing again that equals what was refused, and a token may be right after all.
        return kopf.ConnectionInfo(**await access(), priority=earlier)

    for resource in resources.WATCHED:
        _watch(registry, feed, resource)
    return registry


def _watch(registry: kopf.OperatorRegistry, feed: Feed, resource: Resource) -> None:
    labels: Any = MANAGED_BY_LABEL if resource is resources.REVISIONS else None

    @kopf.on.event(
        resource.group,
        resource.version,
        resource.plural,
        registry=registry,
        labels=labels,
        id=f"see-{resource.plural}",
    )
    async def see(event: kopf.RawEvent, **_: object) -> None:
        feed(resource, event["type"], dict(event["object"]))
