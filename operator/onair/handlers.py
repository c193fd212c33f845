"""kopf's decorators only: unpack an event, hand it on. kopf watches; it writes nothing here."""

from __future__ import annotations

import asyncio
import logging
from itertools import count, repeat
from typing import TYPE_CHECKING, Any

import kopf

from onair.cluster import resources
from onair.model.names import MANAGED_BY_LABEL

if TYPE_CHECKING:
    from collections.abc import Collection, Coroutine

    from onair.cluster.client import KubeApi
    from onair.cluster.resources import Resource
    from onair.observer import Observer

log = logging.getLogger(__name__)

RETRY_WATCH = 2.0
"""Real seconds until a refused or unanswered request of kopf's is sent again, however often."""


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


async def spawn(
    api: KubeApi, observer: Observer, namespaces: tuple[str, ...], stop: asyncio.Event
) -> Coroutine[None, None, None]:
    """Start watching some namespaces (empty: all); returns what ends when watching does.

    It raises a RuntimeError if kopf ended by an error of its own.
    """
    ours = asyncio.all_tasks()
    tasks = await kopf.spawn_tasks(
        registry=make_registry(api, observer),
        settings=make_settings(),
        clusterwide=not namespaces,
        namespaces=list(namespaces),
        stop_flag=stop,
    )
    return _run(tasks, ours)


async def _run(tasks: Collection[asyncio.Task[None]], ignored: set[asyncio.Task[Any]]) -> None:
    try:
        await kopf.run_tasks(tasks, ignored=ignored)
    except Exception as error:
        raise RuntimeError(f"watching has ended: {error}") from error
    finally:
        await asyncio.gather(*tasks, return_exceptions=True)  # none is asked for its error else


def make_settings() -> kopf.OperatorSettings:
    """Return kopf's settings for watching alone (kubernetes-notes, section 1)."""
    settings = kopf.OperatorSettings()
    settings.posting.enabled = False
    settings.scanning.disabled = True
    settings.peering.standalone = True
    settings.networking.error_backoffs = repeat(RETRY_WATCH)
    settings.persistence.diffbase_storage = NullDiffBase()
    settings.persistence.progress_storage = NullProgress()
    settings.queueing.idle_timeout = 0.2
    settings.watching.chunk_size = 500
    settings.watching.inactivity_timeout = 70.0
    return settings


def make_registry(api: KubeApi, observer: Observer) -> kopf.OperatorRegistry:
    """Return handlers that feed the observer with every watched kind.

    kopf logs in as `api` does, and again when a token is refused: a pod's lasts an hour.
    """
    registry = kopf.OperatorRegistry()
    logins = count()

    @kopf.on.login(registry=registry)
    async def login(**_: object) -> kopf.ConnectionInfo:
        earlier = next(logins)
        if earlier:
            await asyncio.sleep(RETRY_WATCH)
        # kopf takes nothing again that equals what was refused, and a token may be right after all.
        return kopf.ConnectionInfo(**await api.access(), priority=earlier)

    for resource in resources.WATCHED:
        _watch(registry, observer, resource)
    return registry


def _watch(registry: kopf.OperatorRegistry, observer: Observer, resource: Resource) -> None:
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
        try:
            observer.see(resource, dict(event["object"]), deleted=event["type"] == "DELETED")
        except Exception:
            log.exception("what a watch of %s said was not understood", resource.plural)
