"""Watching for ever: kopf in a thread of its own, begun again whenever it ends.

kopf ends by any error in a stream but 410, and then cancels every task of its loop that was made
after it (kubernetes-notes, section 1). In a loop of its own these are none of ours.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from itertools import islice
from threading import Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, NamedTuple

from onair import handlers

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.cluster.client import Body, KubeApi
    from onair.cluster.resources import Resource
    from onair.observer import Observer

    Tell = Callable[..., None]
    _News = tuple[Resource, str | None, Body]

log = logging.getLogger(__name__)

AGAIN = 0.5
"""Real seconds until kopf begins again."""

AT_ONCE = 50
"""Objects that are taken in in one go: as long the floors that are due have to wait."""

SETTLED = 1.0
"""Real seconds without another object of it after which a list of kopf's own is over."""

A_WHILE = 0.02
"""Real seconds after which kopf's thread looks again whether the rush is over."""

OFTEN = 10.0
AGAIN_LATER = 2.0
"""Real seconds: what lasted no longer than the first begins again after the second."""


class Watching:
    """Feeds an observer with what happens in some namespaces, all of them if there are none.

    `relisted` is called with a kind and a namespace, None for any, of which kopf has made a list
    of its own: what was deleted before that is reported by nobody. `rush` returns for how many
    seconds at most others go first.
    """

    def __init__(
        self,
        api: KubeApi,
        observer: Observer,
        namespaces: tuple[str, ...],
        relisted: Callable[[Resource | None, str | None], None],
        rush: Callable[[], float],
    ) -> None:
        self._api = api
        self._observer = observer
        self._namespaces = namespaces
        self._relisted = relisted
        self._rush = rush
        self._listed: dict[tuple[Resource, str], float] = {}

    async def run(self) -> None:
        """Watch for ever."""
        while True:
            began = monotonic()
            error = await self._once()
            log.warning("the watches have ended and begin again: %s", error)
            self._relisted(None, None)
            await asyncio.sleep(AGAIN if monotonic() - began > OFTEN else AGAIN_LATER)

    async def _once(self) -> str:
        """Watch until kopf ends; returns by which error."""
        ours = asyncio.get_running_loop()
        ended = ours.create_future()
        begun: Future[_Kopf] = Future()

        def tell(what: Callable[..., object], *about: object) -> None:
            with suppress(RuntimeError):  # our loop is closed: nobody wants to know
                ours.call_soon_threadsafe(what, *about)

        def finish(error: str) -> None:
            if not ended.done():
                ended.set_result(error)

        async def access() -> dict[str, Any]:
            asked = asyncio.run_coroutine_threadsafe(self._api.access(), ours)
            return await asyncio.wrap_future(asked)

        inbox = _Inbox(lambda: tell(self._drain, inbox))
        feed = partial(self._feed, inbox, tell)

        async def operate() -> None:
            stop = asyncio.Event()
            begun.set_result(_Kopf(asyncio.get_running_loop(), stop))
            try:
                await handlers.operate(access, feed, self._namespaces, stop)
            except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - it is over
                tell(finish, str(error))
            else:
                tell(finish, "kopf has stopped")

        # Whatever kopf leaves behind is ended with its loop, while another one begins.
        Thread(target=asyncio.run, args=(operate(),), name="watching", daemon=True).start()
        try:
            return str(await ended)
        finally:
            kopf = begun.result()
            with suppress(RuntimeError):  # it has ended already
                kopf.loop.call_soon_threadsafe(kopf.stop.set)

    def _feed(
        self, inbox: _Inbox, tell: Tell, resource: Resource, kind: str | None, body: Body
    ) -> None:
        """Take in, in kopf's thread, what our own lists have not told already.

        All of kopf waits in a rush: half of the interpreter's time was spent on what the floors
        that were just raised had caused, while others were still to be raised.
        """
        while (rush := self._rush()) > 0:
            sleep(min(rush, A_WHILE))
        if kind is None:
            place = (resource, body["metadata"]["namespace"])
            begins = place not in self._listed
            self._listed[place] = monotonic()
            if begins:
                tell(self._end_list, place)
        if kind == "DELETED" or self._observer.is_news(resource, body):
            inbox.put(resource, kind, body)

    def _drain(self, inbox: _Inbox) -> None:
        """Take in what came, some of it now and the rest when others had their turn."""
        for resource, kind, body in inbox.take(AT_ONCE):
            try:
                self._observer.see(resource, body, deleted=kind == "DELETED")
            except Exception:
                log.exception("what a watch of %s said was not understood", resource.plural)
        if inbox:
            asyncio.get_running_loop().call_soon(self._drain, inbox)

    def _end_list(self, place: tuple[Resource, str]) -> None:
        """Tell of a list when it is over: to list again for each of its objects takes for ever."""
        ends = self._listed[place] + SETTLED - monotonic()
        if ends > 0:
            asyncio.get_running_loop().call_later(ends, self._end_list, place)
            return
        del self._listed[place]
        self._relisted(*place)


class _Inbox:
    """What kopf's thread has seen and our loop has not: of each object the last that was said.

    `first` is called, by kopf's thread, with the first of them. While our loop is busy much may
    come, and all raw bodies one after the other would be most of our memory.
    """

    def __init__(self, first: Callable[[], None]) -> None:
        self._first = first
        self._lock = Lock()
        self._news: dict[tuple[Resource, str, str], _News] = {}

    def __bool__(self) -> bool:
        """Tell whether anything is in it."""
        return bool(self._news)

    def put(self, resource: Resource, kind: str | None, body: Body) -> None:
        """Add an object in the place of what was said of it before."""
        metadata = body["metadata"]
        key = (resource, metadata["namespace"], metadata["name"])
        with self._lock:
            is_first = not self._news
            # An object and its successor of the same name may come in any order.
            if key not in self._news or _version(self._news[key][2]) <= _version(body):
                self._news[key] = (resource, kind, body)
        if is_first:
            self._first()

    def take(self, most: int) -> list[_News]:
        """Take out so many at most, the first of them first."""
        with self._lock:
            keys = list(islice(self._news, most))
            return [self._news.pop(key) for key in keys]


def _version(body: Body) -> int:
    return int(body["metadata"]["resourceVersion"])


class _Kopf(NamedTuple):
    loop: asyncio.AbstractEventLoop
    stop: asyncio.Event
