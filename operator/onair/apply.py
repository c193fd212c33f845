"""Carries out one step and takes the answer into the world, so that the next look sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onair.cluster import ledger, resources
from onair.cluster.errors import ChangedError, ExistsError, MutatedError, NotFoundError
from onair.model.names import MANAGER
from onair.plan.claims import live_limits
from onair.plan.ledger import Entry
from onair.plan.observed import Autoscaler, Limits, Workload
from onair.plan.situation import Annotate, Confirm, Erase, Put, Record, Release, Step
from onair.proof import Proof
from onair.targets import hpa, scale
from onair.targets.registry import STEERINGS, Releasing

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from onair.cluster.client import Body, KubeApi
    from onair.plan.ledger import Notes
    from onair.plan.observed import Number, ObjectId, TargetKey
    from onair.world import World

STEERED = resources.WORKLOADS | {resources.HPAS.kind: resources.HPAS}


AGAIN = 3
"""How often a write is tried again at once when the object's version alone has moved."""


class Applier:
    """Executes steps against one API server."""

    def __init__(self, api: KubeApi, world: World) -> None:
        self._api = api
        self._world = world
        self._proof = Proof(api, world)
        self.confirmed = self._proof.confirmed
        self.forget = self._proof.doubt

    async def execute(self, key: TargetKey, step: Step, now: datetime) -> None:
        """Carry out a step for a target.

        Raises:
            ApiError: when the API server did not do it; the world has then been read again where
                a precondition failed.
        """
        match step:
            case Record(entry=entry):
                await self._record(key, entry)
            case Annotate(entry=entry, notes=notes):
                await self._annotate(key, entry, notes)
            case Put():
                await self._proof.acknowledge(key)
                await self._put(key, step, now)
            case Release(steered=steered):
                await self._release(key.namespace, steered)
            case Confirm():
                await self._proof.confirm(key, now)
            case Erase():
                self._proof.doubt(key)
                await self._erase(key.namespace, step)

    async def _record(self, key: TargetKey, entry: Entry) -> None:
        """Note a baseline, after an uncached look: what a first list has told may be long over."""
        namespace, steered = key.namespace, entry.steered
        await self._proof.as_known(STEERED[steered.kind], namespace, steered.name)
        try:
            seen = entry.seen.together(self._world.newest())
            body = await ledger.record(self._api, namespace, replace(entry, seen=seen))
        except ExistsError as error:
            body = await self._api.get(resources.REVISIONS.path(namespace, entry.name))
            if not ledger.is_entry(body):
                label = resources.REVISIONS.selector
                raise ChangedError(
                    f"the ledger entry {entry.name} has lost its label {label}; put it back"
                ) from error
        else:
            self._proof.acknowledged(key, entry.name)
        self._world.observe(resources.REVISIONS, body)

    async def _annotate(self, key: TargetKey, entry: Entry, notes: Notes) -> None:
        known = self._proof.doubt(key)
        try:
            seen = entry.seen.together(self._world.newest())
            body = await ledger.annotate(self._api, key.namespace, entry, notes, seen)
        except (ChangedError, NotFoundError):
            await self._proof.read_again(resources.REVISIONS, key.namespace, entry.name)
            raise
        self._world.observe(resources.REVISIONS, body)
        if known:
            self._proof.acknowledged(key, known)

    async def _put(self, key: TargetKey, step: Put, now: datetime) -> None:
        namespace, resource = key.namespace, STEERED[step.steered.kind]
        body = await self._patched(namespace, step)
        if resource is resources.HPAS:
            self._world.observe(resource, body)
            written = live_limits(hpa.read(body))
        else:
            await self._proof.read_again(resource, namespace, step.steered.name)
            written = Limits(body["spec"].get("replicas", 0))  # a Scale omits zero
        if written != step.after:
            entry = self._world.entry(key)
            # Ours, too, or it would be taken for the owner's.
            if isinstance(entry, Entry) and not entry.notes.intends(written):
                await self._annotate(key, entry, entry.notes.with_write(written, now))
            what = f"{step.steered.kind} {step.steered.name}"
            raise MutatedError(
                f"an admission plugin or policy of the cluster changes what is written to {what}: "
                f"{_said(step.after)} became {_said(written)}; exempt the operator from it"
            )

    async def _patched(self, namespace: str, step: Put) -> Body:
        """Write a step and return the answer.

        A write that names a resource version is tried again where nothing else has changed: status
        and labels move it all the time.
        """
        steering, resource = STEERINGS[step.steered.kind], STEERED[step.steered.kind]
        path = steering.path(namespace, step.steered.name)
        for last in (*[False] * AGAIN, True):
            try:
                return await self._api.patch(path, steering.put(step))
            except (ChangedError, NotFoundError):
                body = await self._proof.as_known(resource, namespace, step.steered.name)
                if last or body is None or not step.version:
                    raise
                step = replace(step, version=body["metadata"]["resourceVersion"])
        raise AssertionError("the last try returns or raises")

    async def _release(self, namespace: str, steered: ObjectId) -> None:
        resource, steering = STEERED[steered.kind], STEERINGS[steered.kind]
        if not isinstance(steering, Releasing):
            raise TypeError(f"{steered.kind} has nothing to release")
        body = await self._proof.as_known(resource, namespace, steered.name)
        if body is not None:
            path = resource.path(namespace, steered.name)
            self._world.observe(resource, await self._api.merge(path, steering.release(body)))

    async def _erase(self, namespace: str, step: Erase) -> None:
        """Erase after an uncached look that finds nothing of ours left in place."""
        steered = step.entry.steered
        body = await self._proof.as_known(STEERED[steered.kind], namespace, steered.name)
        if body is not None and body["metadata"]["uid"] == steered.uid and not step.superseded:
            ours = left_of_ours(_view(steered.kind, body), step.entry)
            if ours:
                raise ChangedError(f"{steered.kind} {steered.name} still has our {ours}")
        try:
            gone = await ledger.erase(self._api, namespace, step.entry)
        except ChangedError:
            await self._proof.read_again(resources.REVISIONS, namespace, step.entry.name)
            raise
        for name in gone:
            self._world.forget(resources.REVISIONS, namespace, name)


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
    if number.wish is not None:  # what stands is not what its owner wants
        return True
    return number.value in written and not number.managers - {MANAGER}


def _said(limits: Limits) -> str:
    maximum = "" if limits.maximum is None else f" to {limits.maximum}"
    return f"{limits.minimum}{maximum}"
