"""Who holds the Lease, and what to tell a person if nobody does."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from onair.clock import Clock
from onair.cluster.errors import ApiError
from onair.cluster.lease_record import DURATION, NAME, LeaseRecord
from onair.preview.holds import Operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onair.cluster.client import KubeApi

UNTIL_RENEWED: Final = 2.0
"""Seconds within which whoever holds the Lease and runs has renewed it: twice its usual time."""


async def operator_of(api: KubeApi, namespace: str) -> Operator:
    """Return who holds the Lease in a namespace and renews it."""
    record, lease = LeaseRecord(api, namespace, "", Clock.real_now), f"{namespace}/{NAME}"
    try:
        said = await record.read()
        renewed = said.get("renewTime")
        if record.holder and not (renewed and _is_fresh(renewed)):
            # Clocks may be apart: only who does not renew it now holds it no more.
            await asyncio.sleep(UNTIL_RENEWED)
            if await record.read() == said:
                return Operator(lease=lease, holder=None, unknown=None)
    except ApiError as error:
        return Operator(lease=lease, holder=None, unknown=str(error))
    return Operator(lease=lease, holder=record.holder or None, unknown=None)


def _is_fresh(renewed: str) -> bool:
    apart = abs(Clock.real_now() - datetime.fromisoformat(renewed))
    return apart <= timedelta(seconds=DURATION)


def nobody_at_work(operator: Operator) -> Iterator[str]:
    """Yield that no operator is at work, where that could be seen."""
    if operator.holder is None and operator.unknown is None:
        yield (
            f"no process holds the Lease {operator.lease}, so nothing is raised or given back:"
            " start the operator, name another Lease with --lease-namespace, or run `onair restore`"
        )
