"""Health and metrics over HTTP: `/healthz`, `/readyz`, `/metrics`."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from onair.metrics import Metrics


@asynccontextmanager
async def serve(listen: str, metrics: Metrics, waits_for: Callable[[], str]) -> AsyncIterator[None]:
    """Answer on `listen` (host:port) while the context lasts.

    An empty host is every address, of IPv4 and of IPv6, whichever of them the machine has.

    `/healthz` says that the loop turns, by answering; `/readyz` what `waits_for` returns, which is
    "" once every watched kind has been listed, can be watched, and the Lease is held.
    """

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        text = waits_for()
        return web.Response(text=f"{text or 'ok'}\n", status=503 if text else 200)

    async def page(_: web.Request) -> web.Response:
        metrics.works(ready=not waits_for())
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
