"""Suspending a campaign in a cluster, as the user whose kubeconfig it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from onair.cluster.errors import ApiError, ChangedError, NotFoundError
from onair.cluster.resources import CAMPAIGNS, REVISIONS
from onair.model import names
from onair.model.errors import InvalidManifest
from onair.schedule.zones import zone
from onair.world import World

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from onair.cluster.client import Body, KubeApi

MANAGER: Final = "onair-stop"
"""The field manager of a suspension: a person's, and none of the operator's writes."""

TRIES: Final = 5
"""An operator that writes a status in between moves the resource version, once a second at most."""

_CONFLICT: Final = 409
"""HTTP's status of an object that is not any more as it was read."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """What there was when a campaign was suspended: its zone, and the ledger of its namespace.

    `unread` is why the ledger could not be read, "" if it could; `sayers` the field managers beside
    us that have said before whether it is suspended.
    """

    zone: ZoneInfo
    world: World
    unread: str
    sayers: tuple[str, ...]


async def suspend(api: KubeApi, namespace: str, name: str, *, at_once: bool) -> Suspended:
    """Suspend a campaign, and tell the operator to leave out the cool-down if it is to end at once.

    Raises:
        click.ClickException: there is no such campaign, or it is suspended already.
        ApiError: when the API server refuses it or cannot be reached.
    """
    for last in (*(False,) * (TRIES - 1), True):
        body = await _read(api, namespace, name)
        _refuse_twice(body, at_once=at_once)
        world, unread = await _ledger(api, namespace)  # before the operator acts
        try:
            await api.merge(CAMPAIGNS.path(namespace, name), _patch(body, at_once=at_once), MANAGER)
        except ChangedError as error:
            if last or error.status != _CONFLICT:
                raise
        else:
            return Suspended(_zone(body), world, unread, _sayers(body))
    raise AssertionError("the last try returns or raises")


async def _read(api: KubeApi, namespace: str, name: str) -> Body:
    try:
        return await api.get(CAMPAIGNS.path(namespace, name))
    except NotFoundError as error:
        if f'"{name}"' in str(error):
            raise click.ClickException(
                f"there is no campaign {namespace}/{name}; `kubectl get campaigns"
                " --all-namespaces` lists those that are there"
            ) from error
        raise click.ClickException(
            "this cluster serves no campaigns; are the CRDs there? `onair restore` gives back"
            " without them"
        ) from error


def _refuse_twice(body: Body, *, at_once: bool) -> None:
    """Refuse to suspend what is suspended already, unless it is to go on faster."""
    metadata = body["metadata"]
    if not body["spec"].get("suspend"):
        return
    ends_at_once = (metadata.get("annotations") or {}).get(names.STOP) == names.AT_ONCE
    if at_once and not ends_at_once:
        return
    namespace, name = metadata["namespace"], metadata["name"]
    faster = "" if ends_at_once else "; --now leaves out what is left of its cool-down"
    raise click.ClickException(
        f"campaign {namespace}/{name} is suspended already; `onair holds -n {namespace}` shows"
        f" what is still held{faster}"
    )


async def _ledger(api: KubeApi, namespace: str) -> tuple[World, str]:
    world = World()
    try:
        bodies, _ = await api.list(REVISIONS, namespace)
    except ApiError as error:
        return world, str(error)
    for body in bodies:
        world.observe(REVISIONS, body)
    return world, ""


def _patch(body: Body, *, at_once: bool) -> dict[str, Any]:
    """Return the merge patch that suspends a campaign if it is as it was read.

    A word of an earlier stop is taken away: this one has a cool-down.
    """
    metadata = body["metadata"]
    changes: dict[str, Any] = {"resourceVersion": metadata["resourceVersion"]}
    if at_once:
        changes["annotations"] = {names.STOP: names.AT_ONCE}
    elif names.STOP in (metadata.get("annotations") or {}):
        changes["annotations"] = {names.STOP: None}
    return {"metadata": changes, "spec": {"suspend": True}}


def _zone(body: Body) -> ZoneInfo:
    """Return the campaign's zone; UTC where it names none that there is."""
    try:
        return zone(body["spec"].get("timeZone") or "UTC")
    except InvalidManifest:
        return zone("UTC")


def _sayers(body: Body) -> tuple[str, ...]:
    owners = body["metadata"].get("managedFields") or ()
    said = {
        owner.get("manager", "")
        for owner in owners
        if "f:suspend" in (owner.get("fieldsV1") or {}).get("f:spec", {})
    }
    return tuple(sorted(said - {MANAGER}))
