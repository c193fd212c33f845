"""Carries out one step and takes the answer into the world, so that the next look sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.cluster import ledger, resources
from onair.cluster.errors import ChangedError, ExistsError, NotFoundError
from onair.model.names import MANAGER
from onair.plan.claims import live_limits
from onair.plan.observed import Autoscaler, Limits, Workload
from onair.plan.situation import Annotate, Confirm, Erase, Put, Record, Release, Step
from onair.targets import hpa, scale
from onair.targets.registry import STEERINGS, Releasing

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from onair.cluster.client import Body, KubeApi
    from onair.cluster.resources import Resource
    from onair.plan.ledger import Entry, Notes
    from onair.plan.observed import Number, ObjectId, TargetKey
    from onair.world import World

STEERED = resources.WORKLOADS | {resources.HPAS.kind: resources.HPAS}


class Applier:
    """Executes steps against one API server."""

    def __init__(self, api: KubeApi, world: World) -> None:
        self._api = api
        self._world = world
        self._confirmed: dict[str, tuple[int, datetime]] = {}

    def confirmed(self, namespace: str) -> datetime | None:
        """Return when an uncached list last agreed with what is known now, None if none did."""
        revision, at = self._confirmed.get(namespace, (-1, None))
        return at if revision == self._world.revision(namespace) else None

    async def execute(self, key: TargetKey, step: Step, now: datetime) -> None:
        """Carry out a step for a target.

        Raises:
            ApiError: when the API server did not do it; the world has then been read again where
                a precondition failed.
        """
        match step:
            case Record(entry=entry):
                await self._record(key.namespace, entry)
            case Annotate(entry=entry, notes=notes):
                await self._annotate(key.namespace, entry, notes)
            case Put():
                await self._put(key.namespace, step)
            case Release(steered=steered):
                await self._release(key.namespace, steered)
            case Confirm():
                await self._confirm(key.namespace, now)
            case Erase():
                await self._erase(key.namespace, step)

    async def _record(self, namespace: str, entry: Entry) -> None:
        try:
            body = await ledger.record(self._api, namespace, entry)
        except ExistsError as error:
            body = await self._api.get(resources.REVISIONS.path(namespace, entry.name))
            if not ledger.is_entry(body):
                label = resources.REVISIONS.selector
                raise ChangedError(
                    f"the ledger entry {entry.name} has lost its label {label}; put it back"
                ) from error
        self._world.observe(resources.REVISIONS, body)

    async def _annotate(self, namespace: str, entry: Entry, notes: Notes) -> None:
        try:
            body = await ledger.annotate(self._api, namespace, entry, notes)
        except (ChangedError, NotFoundError):
            await self._read_again(resources.REVISIONS, namespace, entry.name)
            raise
        self._world.observe(resources.REVISIONS, body)

    async def _put(self, namespace: str, step: Put) -> None:
        steering, resource = STEERINGS[step.steered.kind], STEERED[step.steered.kind]
        path = steering.path(namespace, step.steered.name)
        try:
            body = await self._api.patch(path, steering.put(step))
        except (ChangedError, NotFoundError):
            await self._read_again(resource, namespace, step.steered.name)
            raise
        if resource is resources.HPAS:
            self._world.observe(resource, body)
            written = live_limits(hpa.read(body))
        else:
            await self._read_again(resource, namespace, step.steered.name)
            written = Limits(body["spec"].get("replicas", 0))  # a Scale omits zero
        if written != step.after:
            what = f"{step.steered.kind} {step.steered.name}"
            raise ChangedError(
                f"an admission plugin or policy of the cluster changes what is written to {what}: "
                f"{_said(step.after)} became {_said(written)}; exempt the operator from it"
            )

    async def _release(self, namespace: str, steered: ObjectId) -> None:
        resource, steering = STEERED[steered.kind], STEERINGS[steered.kind]
        if not isinstance(steering, Releasing):
            raise TypeError(f"{steered.kind} has nothing to release")
        path = resource.path(namespace, steered.name)
        body = await self._api.get(path)
        self._world.observe(resource, await self._api.merge(path, steering.release(body)))

    async def _confirm(self, namespace: str, now: datetime) -> None:
        for resource in (resources.TARGET_SETS, resources.CAMPAIGNS):
            bodies, version = await self._api.list(resource, namespace)
            self._world.replace(resource, namespace, bodies, version)
        self._confirmed[namespace] = (self._world.revision(namespace), now)

    async def _erase(self, namespace: str, step: Erase) -> None:
        """Erase after an uncached look that finds nothing of ours left in place."""
        steered = step.entry.steered
        body = await self._read_again(STEERED[steered.kind], namespace, steered.name)
        if body is not None and body["metadata"]["uid"] == steered.uid and not step.superseded:
            ours = left_of_ours(_view(steered.kind, body), step.entry)
            if ours:
                raise ChangedError(f"{steered.kind} {steered.name} still has our {ours}")
        for name in await ledger.erase(self._api, namespace, step.entry):
            self._world.forget(resources.REVISIONS, namespace, name)

    async def _read_again(self, resource: Resource, namespace: str, name: str) -> Body | None:
        try:
            body = await self._api.get(resource.path(namespace, name))
        except NotFoundError:
            self._world.forget(resource, namespace, name)
            return None
        self._world.observe(resource, body)
        return body


def _view(kind: str, body: Body) -> Autoscaler | Workload:
    return hpa.read(body) if kind == resources.HPAS.kind else scale.read(body, kind)


def left_of_ours(steered: Autoscaler | Workload, entry: Entry) -> str:
    """Name the live value that this hold wrote and nobody else stands behind, "" if there is none.

    Fields are judged one by one, as `onair.plan.claims` does: one may be the owner's already.
    """
    baseline, written = entry.baseline, [write.limits for write in entry.notes.written]
    minimums = {limits.minimum for limits in written} - {baseline.minimum}
    if isinstance(steered, Workload):
        ours = _is_ours(steered.replicas, minimums)
        return f"{steered.replicas.value} replicas" if ours else ""
    if _is_ours(steered.minimum, minimums):
        return f"minimum of {steered.minimum.value}"
    maximums = {limits.maximum for limits in written} - {baseline.maximum}
    return f"maximum of {steered.maximum.value}" if _is_ours(steered.maximum, maximums) else ""


def _is_ours(number: Number, written: AbstractSet[int | None]) -> bool:
    return number.value in written and not number.managers - {MANAGER}


def _said(limits: Limits) -> str:
    maximum = "" if limits.maximum is None else f" to {limits.maximum}"
    return f"{limits.minimum}{maximum}"
