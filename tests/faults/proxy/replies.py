"""What befalls a request before it is carried out, and its answer after."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from tests.faults.proxy.exchange import ResetError
from tests.faults.proxy.faults import Answer, Cut, Delay, DropReply, Hold, KillAfter, KillBefore
from tests.faults.proxy.statuses import status

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.proxy.exchange import Exchange
    from tests.faults.proxy.journal import Journal
    from tests.faults.proxy.rulebook import Rulebook
    from tests.faults.proxy.upstream import Upstream


class Replies:
    """Carries out ordinary requests; `kill` ends the operator."""

    def __init__(
        self, upstream: Upstream, book: Rulebook, journal: Journal, kill: Callable[[], None]
    ) -> None:
        self._upstream = upstream
        self._book = book
        self._journal = journal
        self._kill = kill

    async def reply(self, exchange: Exchange) -> web.Response:
        """Return the answer, the API server's or another.

        Raises:
            ResetError: when there is to be none.
        """
        early = await self.before(exchange)
        if early:
            return early
        async with self._upstream.open(exchange) as answer:
            body = await answer.read()
        self._journal.note(exchange.number, served=answer.status, version=_version(body))
        late = await self.after(exchange)
        if late:
            return late
        headers = exchange.told(answer.headers)
        if isinstance(exchange.fault, Cut):
            await _half(exchange, web.StreamResponse(status=answer.status, headers=headers), body)
        return web.Response(status=answer.status, body=body, headers=headers)

    async def before(self, exchange: Exchange) -> web.Response | None:
        """Let happen what comes before a request is carried out; returns an answer instead of it.

        Raises:
            ResetError: when there is to be none.
        """
        match exchange.fault:
            case KillBefore():
                await asyncio.to_thread(self._kill)
                raise ResetError
            case Hold(seconds) if exchange.rule:
                await self._book.kept(exchange.rule, seconds)
                raise ResetError
            case Delay(there=seconds):
                await asyncio.sleep(seconds)
            case Answer(carried_out=False) as answer:
                return _status(exchange, answer)
        return None

    async def after(self, exchange: Exchange) -> web.Response | None:
        """Let happen what comes after it; returns an answer instead of the API server's.

        Raises:
            ResetError: when there is to be none.
        """
        match exchange.fault:
            case KillAfter():
                await asyncio.to_thread(self._kill)
                raise ResetError
            case DropReply():
                raise ResetError
            case Delay(back=seconds):
                await asyncio.sleep(seconds)
            case Answer() as answer:
                return _status(exchange, answer)
        return None


def _status(exchange: Exchange, answer: Answer) -> web.Response:
    headers = {"Content-Type": "application/json"}
    if answer.retry_after:
        headers["Retry-After"] = answer.retry_after
    body = json.dumps(status(answer.code)).encode()
    return web.Response(status=answer.code, body=body, headers=exchange.told(headers))


async def _half(exchange: Exchange, response: web.StreamResponse, body: bytes) -> None:
    response.content_length = len(body)
    await response.prepare(exchange.request)
    await response.write(body[: len(body) // 2])
    raise ResetError


def _version(body: bytes) -> int:
    """Return the resource version of an object or a list, 0 where there is none."""
    try:
        return int(json.loads(body)["metadata"]["resourceVersion"])
    except (ValueError, KeyError, TypeError):
        return 0
