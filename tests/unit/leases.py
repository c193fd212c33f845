"""A Lease that exists only in a test, and whoever takes it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from onair.clock import Clock
from onair.cluster import lease, taking
from onair.cluster.errors import ChangedError, NotFoundError, UnreachableError
from onair.cluster.taking import TakingLease

if TYPE_CHECKING:
    import pytest

    from onair.cluster.lease import Lease


class Server:
    """One Lease; `refusals` are raised one by one before anything is done again.

    `duration` is what its record says, in seconds, and `renewed` since when; 0 and "" where it says
    nothing. So many next writes as `lost` says are carried out, and their answers lost.
    `acquired` says since when its holder has it; `changed_at` when it was written last (monotonic).
    """

    def __init__(self, holder: str = "", duration: float = 0, renewed: str = "") -> None:
        self.holder = holder
        self.duration = duration
        self.renewed = renewed
        self.acquired = ""
        self.changed_at = 0.0
        self.lost = 0
        self.there = True
        self.version = 1
        self.refusals: list[Exception] = []

    def urgent(self, *_: float) -> Server:
        """Return the same server."""
        return self

    async def get(self, _: str) -> dict[str, Any]:
        """Return the Lease."""
        self._refuse()
        if not self.there:
            raise NotFoundError("no such lease", 404)
        metadata = {"name": "onair", "resourceVersion": self.version}
        spec = {
            "holderIdentity": self.holder,
            "leaseDurationSeconds": self.duration,
            "renewTime": self.renewed,
            "acquireTime": self.acquired,
        }
        return {"metadata": metadata, "spec": spec}

    async def create(self, _: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create the Lease."""
        self._refuse()
        self.there = True
        return await self._write(body)

    async def replace(self, _: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace the Lease if it is the one that was read."""
        self._refuse()
        if not self.there:
            raise NotFoundError("no such lease", 404)
        if body["metadata"]["resourceVersion"] != self.version:
            raise ChangedError("it changed", 409)
        return await self._write(body)

    async def _write(self, body: dict[str, Any]) -> dict[str, Any]:
        self.holder = body["spec"]["holderIdentity"]
        self.duration = body["spec"]["leaseDurationSeconds"]
        self.renewed = body["spec"]["renewTime"]
        self.acquired = body["spec"].get("acquireTime", "")
        self.version += 1
        self.changed_at = monotonic()
        if self.lost:
            self.lost -= 1
            raise UnreachableError("no answer")
        return await self.get("")

    def _refuse(self) -> None:
        if self.refusals:
            raise self.refusals.pop(0)


def refusing(error: Exception) -> Server:
    """Return a server that refuses everything."""
    server = Server()
    server.refusals = [error] * 1000
    return server


def of(server: Server, identity: str = "us") -> TakingLease:
    """Return the Lease of a server as this process would see it."""
    return TakingLease(server, "tv", identity, Clock.real_now)  # type: ignore[arg-type]


async def taken(server: Server) -> TakingLease:
    """Return a Lease on which `us` is the holder."""
    lease = of(server)
    await lease.acquire()
    return lease


async def wait_for_a_while(lease: Lease) -> None:
    """Wait for the Lease for a fifth of a second."""
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            await lease.acquire()


async def renew(server: Server) -> None:
    """Renew somebody's Lease again and again."""
    for number in range(1_000):
        server.renewed = f"2027-01-09T19:00:00.{number:06}Z"
        await asyncio.sleep(0.01)


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the Lease be looked at and renewed every hundredth of a second."""
    for name in ("RENEW_EVERY", "RETRY", "LOOK_EVERY"):
        monkeypatch.setattr(lease, name, 0.01)
    monkeypatch.setattr(taking, "RETRY", 0.01)
