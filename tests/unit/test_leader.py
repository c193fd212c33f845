"""Who leads, what it reads first, and how it stands by."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from onair import leader as leaders
from onair.cluster.errors import UnreachableError
from onair.leader import Leader
from onair.troubles import Troubles
from onair.world import World
from tests.unit.leases import Server, hurry, of, renew

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from onair.cluster.resources import Resource


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    monkeypatch.setattr(leaders, "RETRY_LEDGER", 0.02)


class Process:
    """One operator that looks after two namespaces, as far as leading goes; notes what it does."""

    def __init__(self, server: Server) -> None:
        self.done: list[str] = []
        self.refused: set[str | None] = set()
        self.lease = of(server)
        self.troubles = Troubles()
        self.leader = Leader(
            self,  # type: ignore[arg-type]
            World(),
            self.lease,
            ("tv", "radio"),
            self.troubles,
            began=lambda: self.done.append("began"),
            resume=lambda: self.done.append("resumed"),
        )

    async def pages(
        self, resource: Resource, namespace: str
    ) -> AsyncIterator[tuple[list[Any], int]]:
        """Yield an empty list, unless the namespace cannot be read."""
        await asyncio.sleep(0)
        if namespace in self.refused:
            raise UnreachableError("no answer")
        self.done.append(f"{resource.plural} of {namespace}")
        yield [], 7

    def run(self, scenario: Callable[[], Awaitable[None]]) -> None:
        """Lead while a scenario lasts."""

        async def both() -> None:
            tasks = [
                asyncio.ensure_future(part) for part in (self.leader.run(), self.leader.follow())
            ]
            try:
                await scenario()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

        asyncio.run(both())


async def until(look: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(5):
        while not look():  # noqa: ASYNC110 - anything may be looked at
            await asyncio.sleep(0.005)


def take(server: Server, holder: str) -> None:
    """Let somebody take the Lease."""
    server.holder, server.acquired, server.version = holder, "later", server.version + 1


LISTED = ["controllerrevisions of tv", "controllerrevisions of radio"]


def test_the_ledger_is_read_before_anything_is_resumed() -> None:
    """What a predecessor wrote last is known when the first write of a tenure is decided upon."""
    process = Process(Server())

    async def scenario() -> None:
        await until(lambda: "resumed" in process.done)
        assert process.leader.valid
        assert process.leader.knows("tv")

    assert not process.leader.valid
    process.run(scenario)
    assert process.done[:4] == ["began", *LISTED, "resumed"]


def test_a_ledger_that_cannot_be_read_keeps_its_own_namespace() -> None:
    """The others go on, and it is tried again until it works."""
    process = Process(Server())
    process.refused = {"tv"}

    async def scenario() -> None:
        await until(lambda: "resumed" in process.done)
        assert process.leader.knows("radio")
        assert not process.leader.knows("tv")
        assert "no answer" in process.troubles.of(("ledger", "tv"))
        process.refused = set()
        await until(lambda: process.leader.knows("tv"))
        assert process.troubles.of(("ledger", "tv")) == ""
        await until(lambda: process.done[-1] == "resumed")

    process.run(scenario)


def test_who_has_lost_the_lease_stands_by() -> None:
    """It goes on without a restart as soon as it may, and reads the ledger again first."""
    server = Server()
    process = Process(server)

    async def scenario() -> None:
        await until(lambda: "resumed" in process.done)
        take(server, "them")
        renewing = asyncio.ensure_future(renew(server))
        await until(lambda: process.leader.stands_by_for == "them")
        assert not process.leader.leads
        assert not process.leader.valid
        assert process.leader.waits_for == ""
        renewing.cancel()
        process.done.clear()
        take(server, "")
        await until(lambda: "resumed" in process.done)
        assert process.leader.stands_by_for == ""

    process.run(scenario)
    assert process.done[:4] == ["began", *LISTED, "resumed"]


def test_a_lease_that_lapses_and_is_renewed_is_no_new_tenure() -> None:
    """Nobody else has written meanwhile, so nothing is read again; what waited is resumed."""
    server = Server()
    process = Process(server)

    async def scenario() -> None:
        await until(lambda: "resumed" in process.done)
        process.done.clear()
        server.refusals = [UnreachableError("no answer")] * 20
        process.lease._valid_until = 0.1  # noqa: SLF001 - long ago: it has expired
        assert process.leader.leads
        assert not process.leader.valid
        assert "not renewed" in process.leader.waits_for
        await until(lambda: process.leader.valid)
        await until(lambda: bool(process.done))

    process.run(scenario)
    assert process.done == ["resumed"]
