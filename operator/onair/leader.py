"""Whether this process leads: every replica lists, watches, plans and judges; the leader writes.

A standby knows everything but may know it late: a watch can be behind what its predecessor wrote
last. Targets may be seen late, since every write to them names what it read. The ledger may not: it
says whose numbers those are. So it is listed again at the beginning of every tenure, before
anything is written.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from onair.cluster.errors import ApiError
from onair.cluster.lease import LeaseLostError
from onair.cluster.resources import REVISIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.cluster.client import KubeApi
    from onair.cluster.lease import Lease
    from onair.troubles import Troubles
    from onair.world import World

log = logging.getLogger(__name__)

RETRY_LEDGER = 2.0
"""Real seconds until a ledger that could not be listed is tried again."""


class Leader:
    """Holds the Lease again and again; in between this process stands by.

    `began` is called when a tenure begins, `resume` when writing begins or may go on.
    """

    def __init__(  # noqa: PLR0913 - one place where the parts meet
        self,
        api: KubeApi,
        world: World,
        lease: Lease,
        namespaces: tuple[str, ...],
        troubles: Troubles,
        *,
        began: Callable[[], None],
        resume: Callable[[], None],
    ) -> None:
        self._api = api
        self._world = world
        self._lease = lease
        self._places: tuple[str | None, ...] = namespaces or (None,)
        self._troubles = troubles
        self._began = began
        self._resume = resume
        self._unread: set[str | None] = set()
        self.leads = False

    @property
    def valid(self) -> bool:
        """Tell whether a write may begin now."""
        return self.leads and self._lease.valid

    @property
    def waits_for(self) -> str:
        """What keeps this process from leading and from standing by, "" if nothing does."""
        if self.leads and not self._lease.valid:
            return "the Lease is not renewed, so nothing may be written"
        return self._lease.waits_for

    @property
    def stands_by_for(self) -> str:
        """Who leads instead, "" if nobody is seen to."""
        return self._lease.holder

    def knows(self, namespace: str) -> bool:
        """Tell whether the ledger of a namespace is known as the predecessor has left it."""
        return self._unread.isdisjoint({namespace, None})

    async def run(self) -> None:
        """Hold the Lease whenever nobody else does, for ever."""
        while True:
            await self._lease.acquire()
            self._unread = set(self._places)
            self._began()
            self.leads = True
            try:
                await self._lease.keep()
            except LeaseLostError as error:
                log.warning("%s; standing by", error)
            finally:
                self.leads = False

    async def follow(self) -> None:
        """Read what a tenure needs to know, and resume what waits for the Lease; for ever."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(RETRY_LEDGER if self._unread else None):
                    await self._lease.begun.wait()
            self._lease.begun.clear()
            if self.leads:
                await self._read(self._unread)
                self._resume()

    async def _read(self, unread: set[str | None]) -> None:
        """List the ledger where one tenure has not read it yet."""
        for namespace in [place for place in self._places if place in unread]:
            about = ("ledger", namespace)
            try:
                pages = self._api.pages(REVISIONS, namespace)
                await self._world.read(REVISIONS, namespace, pages)
            except ApiError as error:
                self._troubles.begin(about, f"cannot list the ledger before writing: {error}")
            else:
                self._troubles.end(about)
                unread.discard(namespace)
