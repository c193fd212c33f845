"""kopf's decorators only: unpack an event, hand it on. kopf watches; it writes nothing here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import kopf

from onair.cluster import resources
from onair.model.names import MANAGED_BY_LABEL

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from onair.cluster.resources import Resource
    from onair.observer import Observer


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
    observer: Observer, namespaces: tuple[str, ...], stop: asyncio.Event
) -> Coroutine[None, None, None]:
    """Start watching some namespaces (empty: all); returns what ends when watching does."""
    ours = asyncio.all_tasks()
    tasks = await kopf.spawn_tasks(
        registry=make_registry(observer),
        settings=make_settings(),
        clusterwide=not namespaces,
        namespaces=list(namespaces),
        stop_flag=stop,
    )
    return kopf.run_tasks(tasks, ignored=ours)


def make_settings() -> kopf.OperatorSettings:
    """Return kopf's settings for watching alone (kubernetes-notes, section 1)."""
    settings = kopf.OperatorSettings()
    settings.posting.enabled = False
    settings.scanning.disabled = True
    settings.peering.standalone = True
    settings.persistence.diffbase_storage = NullDiffBase()
    settings.persistence.progress_storage = NullProgress()
    settings.queueing.idle_timeout = 0.2
    settings.watching.chunk_size = 500
    settings.watching.inactivity_timeout = 70.0
    return settings


def make_registry(observer: Observer) -> kopf.OperatorRegistry:
    """Return handlers that feed the observer with every watched kind."""
    registry = kopf.OperatorRegistry()

    @kopf.on.login(registry=registry)
    def login(**kwargs: Any) -> kopf.ConnectionInfo | None:  # noqa: ANN401 - kopf's own
        return kopf.login_with_service_account(**kwargs) or kopf.login_with_kubeconfig(**kwargs)

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
        observer.see(resource, dict(event["object"]), deleted=event["type"] == "DELETED")
