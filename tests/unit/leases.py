"""A Lease that exists only in a test, and whoever takes it."""

from __future__ import annotations

from typing import Any

from onair.clock import Clock
from onair.cluster.errors import ChangedError, NotFoundError, UnreachableError
from onair.cluster.lease import Lease


class Server:
    """One Lease; `refusals` are raised one by one before anything is done again.

    `duration` is what its record says, in seconds, and `renewed` since when; 0 and "" where it says
    nothing. So many next writes as `lost` says are carried out, and their answers lost.
    """

    def __init__(self, holder: str = "", duration: float = 0, renewed: str = "") -> None:
        self.holder = holder
        self.duration = duration
        self.renewed = renewed
        self.lost = 0
        self.there = True
        self.version = 1
        self.refusals: list[Exception] = []

    def urgent(self, _: float) -> Server:
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
        self.version += 1
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


def of(server: Server, identity: str = "us") -> Lease:
    """Return the Lease of a server as this process would see it."""
    return Lease(server, "tv", identity, Clock.real_now)  # type: ignore[arg-type]


async def taken(server: Server) -> Lease:
    """Return a Lease on which `us` is the holder."""
    lease = of(server)
    await lease.acquire()
    return lease
