"""A TLS proxy with an authority of its own between one operator and its API server."""

from __future__ import annotations

import asyncio
import threading
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Self, TypeVar

from tests.cluster.certificates import make_certificates
from tests.faults.proxy.journal import Journal
from tests.faults.proxy.replies import Replies
from tests.faults.proxy.rulebook import Rulebook
from tests.faults.proxy.server import Server
from tests.faults.proxy.upstream import Upstream
from tests.faults.proxy.watches import Watches

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable
    from pathlib import Path
    from types import TracebackType

    from tests.faults.proxy.journal import Entry, Event
    from tests.faults.proxy.rules import Rule

T = TypeVar("T")


class Proxy:
    """`with Proxy(kubeconfig, folder) as proxy:` an operator with `proxy.kubeconfig` goes through.

    It runs in a thread of its own; `folder` is for its certificates and that kubeconfig. `kill` is
    called, in yet another thread, when a rule says that the operator dies: it must have ended the
    process when it returns.
    """

    def __init__(
        self, kubeconfig: Path, folder: Path, kill: Callable[[], None] = lambda: None
    ) -> None:
        self.kill = kill
        self.kubeconfig = folder / "proxy.kubeconfig"
        self._folder = folder
        self._upstream = Upstream(kubeconfig)
        self._journal = Journal()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._at_end = AsyncExitStack()

    def __enter__(self) -> Self:
        """Listen, and write the kubeconfig."""
        self._folder.mkdir(exist_ok=True)
        make_certificates(self._folder)
        self._thread.start()
        self._book = self._do(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Break off whatever goes on."""
        self._do(self._at_end.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force; those that are set are in force at once."""
        return self._book.rules

    @rules.setter
    def rules(self, rules: Iterable[Rule]) -> None:
        self._do(self._replace(rules))

    @property
    def journal(self) -> tuple[Entry, ...]:
        """The requests so far, in the order in which they came."""
        return tuple(self._journal.entries)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of watches so far, in the order in which the API server sent them."""
        return tuple(self._journal.events)

    def _do(self, what: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result()

    def _kill(self) -> None:
        self.kill()  # the one of now: who kills a restarted operator sets it anew

    async def _replace(self, rules: Iterable[Rule]) -> None:
        self._book.replace(rules)

    async def _start(self) -> Rulebook:
        book = Rulebook()
        self._at_end.push_async_callback(self._loop.shutdown_default_executor)
        await self._upstream.start()
        self._at_end.push_async_callback(self._upstream.stop)
        replies = Replies(self._upstream, book, self._journal, self._kill)
        watches = Watches(self._upstream, book, self._journal, replies)
        server = Server(book, self._journal, replies, watches)
        self._at_end.push_async_callback(server.stop)
        url = await server.start(self._folder)
        self._upstream.write_kubeconfig(self.kubeconfig, url, self._folder / "ca.crt")
        return book
