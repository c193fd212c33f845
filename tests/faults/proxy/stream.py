"""An open watch: passed on line by line as it comes, until it ends or something befalls it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.faults.proxy.events import Events
from tests.faults.proxy.exchange import ResetError
from tests.faults.proxy.faults import Cut, ErrorEvent, Hold
from tests.faults.proxy.statuses import error_event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import StreamReader, web

    from tests.faults.proxy.exchange import Exchange
    from tests.faults.proxy.journal import Journal
    from tests.faults.proxy.rulebook import Rulebook
    from tests.faults.proxy.rules import Rule


class Stream:
    """What one watch says, and the response that says it to the operator."""

    def __init__(
        self, exchange: Exchange, response: web.StreamResponse, book: Rulebook, journal: Journal
    ) -> None:
        self._exchange = exchange
        self._response = response
        self._book = book
        self._journal = journal
        self._events = Events(book, journal, exchange.asked)
        self._known: tuple[Rule, ...] = ()

    async def pass_on(self, content: StreamReader) -> None:
        """Pass on what the API server says until the watch ends.

        Raises:
            ResetError: when a rule breaks it off.
        """
        lines = _lines(content)
        coming = asyncio.ensure_future(anext(lines, b""))
        try:
            while not await self._suffer():
                changed = self._book.changed
                frozen = self._book.snapshot(self._exchange.asked)
                waited: tuple[asyncio.Future[Any], ...] = (
                    (changed,) if frozen else (changed, coming)
                )
                await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
                if changed.done():
                    continue
                if not coming.result():
                    return
                await self._say(self._events.deliver(coming.result()))
                coming = asyncio.ensure_future(anext(lines, b""))
        finally:
            coming.cancel()

    async def _suffer(self) -> bool:
        """Let happen what new rules say; tell whether the watch has come to its end."""
        if self._known == self._book.rules:
            return False
        rule = self._book.of_stream(self._exchange.asked, self._known)
        self._known = self._book.rules
        await self._say(self._events.released())
        if rule is None:
            return False
        self._journal.note(self._exchange.number, fault=rule.fault)
        match rule.fault:
            case Hold(seconds):
                await self._book.kept(rule, seconds)
                raise ResetError
            case Cut():
                raise ResetError
            case ErrorEvent(code):
                await self._say(error_event(code))
        return True

    async def _say(self, text: bytes) -> None:
        if text:
            await self._response.write(text)


async def _lines(content: StreamReader) -> AsyncIterator[bytes]:
    rest = b""
    async for chunk in content.iter_any():
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line + b"\n"
