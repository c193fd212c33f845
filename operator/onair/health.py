"""Health and metrics over HTTP: `/healthz`, `/readyz`, `/metrics`."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from onair.metrics import Metrics


@dataclass(frozen=True, slots=True)
class State:
    """How a process is: what keeps it from its work, "" if nothing does, and its part in it.

    It leads, or stands by for the holder of the Lease with this name.
    """

    waits_for: str = ""
    leads: bool = True
    stands_by_for: str = ""

    @property
    def text(self) -> str:
        """One line for whoever asks."""
        standby = f"ok: standby, {self.stands_by_for} holds the Lease"
        return self.waits_for or (standby if self.stands_by_for else "ok")


@asynccontextmanager
async def serve(listen: str, metrics: Metrics, look: Callable[[], State]) -> AsyncIterator[None]:
    """Answer on `listen` (host:port) while the context lasts.

    An empty host is every address, of IPv4 and of IPv6, whichever of them the machine has.

    `/healthz` says that the loop turns, by answering; `/readyz` what it waits for, which is nothing
    once every watched kind has been listed, can be watched, and the Lease is held, by this process
    or by one that is seen to renew it.
    """

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        state = look()
        return web.Response(text=f"{state.text}\n", status=503 if state.waits_for else 200)

    async def page(_: web.Request) -> web.Response:
        state = look()
        metrics.works(ready=not state.waits_for, leads=state.leads)
        return web.Response(body=metrics.page(), content_type="text/plain", charset="utf-8")

    app = web.Application()
    app.add_routes(
        [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", page)]
    )
    host, _, port = listen.rpartition(":")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, int(port)).start()
        yield
    finally:
        await runner.cleanup()
