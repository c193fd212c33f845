"""The last word on campaigns when everything has been given back and no operator is left.

Without it their status would say for ever what the last operator said on air.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from onair.cluster import resources
from onair.cluster.errors import ApiError, NotFoundError
from onair.model import conditions, reasons
from onair.model.errors import InvalidManifest
from onair.plan.unseen import not_looked_after
from onair.schedule.zones import zone
from onair.troubles import Troubles

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from onair.cluster.client import Body, KubeApi
    from onair.cluster.lease import Lease

WITHIN = 10.0
"""Seconds for all of them: everything is back already, and an uninstall waits for the end."""

UNTOLD = "not every campaign says that no operator looks after it"


async def take_leave(
    api: KubeApi, lease: Lease, namespaces: tuple[str, ...], now: datetime
) -> None:
    """Say in the status of campaigns of some namespaces (empty: all) that no operator is left.

    What cannot be read or written is logged and left: it changes no workload. Without the CRDs
    there is nothing to say.
    """
    troubles = Troubles()
    try:
        async with asyncio.timeout(WITHIN):
            for namespace in namespaces or (None,):
                await _take_leave_of(api, lease, namespace, now, troubles)
    except TimeoutError:
        troubles.begin("time", f"{UNTOLD}: that takes longer than {WITHIN:.0f} s")


async def _take_leave_of(
    api: KubeApi, lease: Lease, namespace: str | None, now: datetime, troubles: Troubles
) -> None:
    try:
        campaigns, _ = await api.list(resources.CAMPAIGNS, namespace)
    except NotFoundError:
        return
    except ApiError as error:
        troubles.begin(namespace, f"{UNTOLD}: {error}")
        return
    for body in campaigns:
        if not lease.valid:
            troubles.begin(namespace, f"{UNTOLD}: the Lease could not be renewed")
            return
        await _write(api, body, now, troubles)


async def _write(api: KubeApi, body: Body, now: datetime, troubles: Troubles) -> None:
    metadata, before = body["metadata"], body.get("status") or {}
    ready = conditions.get_condition(before.get("conditions") or (), conditions.READY)
    if ready.get("reason") == reasons.NO_OPERATOR:
        return  # and has been so for longer
    path = resources.CAMPAIGNS.path(metadata["namespace"], metadata["name"], "status")
    status = not_looked_after(int(metadata.get("generation", 0)), _zone(body), before, now)
    try:
        await api.merge(path, {"status": status})
    except NotFoundError:
        return
    except ApiError as error:
        troubles.begin(path, f"{UNTOLD}: {error}")


def _zone(body: Body) -> ZoneInfo:
    try:
        return zone((body.get("spec") or {}).get("timeZone") or "UTC")
    except InvalidManifest:
        return zone("UTC")
