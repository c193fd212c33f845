"""Watches: like other requests until they are open, then streams."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import web

from tests.faults.proxy.stream import Stream

if TYPE_CHECKING:
    from tests.faults.proxy.exchange import Exchange
    from tests.faults.proxy.journal import Journal
    from tests.faults.proxy.replies import Replies
    from tests.faults.proxy.rulebook import Rulebook
    from tests.faults.proxy.upstream import Upstream


class Watches:
    """Carries out watches; what befalls other requests befalls their beginning."""

    def __init__(
        self, upstream: Upstream, book: Rulebook, journal: Journal, replies: Replies
    ) -> None:
        self._upstream = upstream
        self._book = book
        self._journal = journal
        self._replies = replies

    async def serve(self, exchange: Exchange) -> web.StreamResponse:
        """Return the response when the watch has come to its end.

        Raises:
            ResetError: when it is broken off.
        """
        early = await self._replies.before(exchange)
        if early:
            return early
        async with self._upstream.open(exchange) as answer:
            self._journal.note(exchange.number, served=answer.status)
            late = await self._replies.after(exchange)
            if late:
                return late
            headers = exchange.told(answer.headers)
            if answer.status != HTTPStatus.OK:
                body = await answer.read()
                return web.Response(status=answer.status, body=body, headers=headers)
            response = web.StreamResponse(headers=headers)
            response.enable_chunked_encoding()
            await response.prepare(exchange.request)
            self._journal.note(exchange.number, answered=answer.status)
            await Stream(exchange, response, self._book, self._journal).pass_on(answer.content)
        return response
