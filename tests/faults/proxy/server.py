"""The side that the operator sees: an HTTPS server on loopback."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from tests.cluster.ports import LOOPBACK
from tests.faults.proxy.exchange import Exchange, ResetError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.proxy.journal import Journal
    from tests.faults.proxy.replies import Replies
    from tests.faults.proxy.rulebook import Rulebook
    from tests.faults.proxy.watches import Watches

AT_END = 0.1
"""Seconds that requests have to end by themselves; to aiohttp none are for ever."""

_BROKEN = (ResetError, aiohttp.ClientError, OSError)
"""Why the operator's connection is reset: a rule, or the API server or the operator went away."""


class Server:
    """Answers each request by what the rules say."""

    def __init__(
        self, book: Rulebook, journal: Journal, replies: Replies, watches: Watches
    ) -> None:
        self._book = book
        self._journal = journal
        self._replies = replies
        self._watches = watches
        self._under_way: set[asyncio.Task[web.Response]] = set()
        server = web.Server(self._handle, handler_cancellation=True)
        self._runner = web.ServerRunner(server, shutdown_timeout=AT_END)

    async def start(self, certificates: Path) -> str:
        """Listen; returns the address."""
        trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        trust.load_cert_chain(certificates / "server.crt", certificates / "server.key")
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, 0, ssl_context=trust).start()
        return f"https://{LOOPBACK}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Break off all that is under way."""
        for task in self._under_way:
            task.cancel()
        await self._runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        exchange = await Exchange.begin(request, self._journal, self._book)
        try:
            watch = exchange.asked.verb == "watch"
            serve = self._watches.serve if watch else self._to_the_end
            response = await serve(exchange)
        except _BROKEN:
            exchange.reset()
            return web.Response()
        self._journal.note(exchange.number, answered=response.status)
        return response

    async def _to_the_end(self, exchange: Exchange) -> web.Response:
        """Carry a request out even if the operator goes away meanwhile."""
        task = asyncio.create_task(self._replies.reply(exchange))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[web.Response]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # nobody else asks for it where the operator is gone
