"""Work beside the loop: one thread, one piece after another, and the loop goes on."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING

import pytest

from onair.beside import Beside

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 30.0


class Loop:
    """A loop with work beside it; `done` gets the keys of what is finished."""

    def __init__(self) -> None:
        self.done: asyncio.Queue[str] = asyncio.Queue()
        self.beside: Beside[str, int] = Beside(self.done.put_nowait)

    async def made(self, key: str, work: Callable[[], int]) -> int | None:
        """Ask for work, and again when it is finished."""
        assert self.beside.ask(key, work) is None
        async with asyncio.timeout(PATIENCE):
            assert await self.done.get() == key
        return self.beside.ask(key, work)


def test_it_tells_when_it_is_done() -> None:
    """What was asked for is there when its key is told, and next time it is made anew."""

    async def scenario() -> list[int | None]:
        loop = Loop()
        return [await loop.made("a", lambda: 1), await loop.made("a", lambda: 2)]

    assert asyncio.run(scenario()) == [1, 2]


def test_the_loop_goes_on_meanwhile() -> None:
    """Nobody waits, neither for one that takes long nor for those behind it; the order is kept."""

    async def scenario() -> list[str]:
        loop, end = Loop(), Event()

        def last() -> int:
            end.wait(PATIENCE)
            return 1

        assert loop.beside.ask("long", last) is None
        assert loop.beside.ask("short", lambda: 2) is None
        for _ in range(3):
            await asyncio.sleep(0)
            assert loop.beside.ask("long", last) is None
        assert loop.done.empty()
        end.set()
        async with asyncio.timeout(PATIENCE):
            return [await loop.done.get(), await loop.done.get()]

    assert asyncio.run(scenario()) == ["long", "short"]


def test_what_fails_fails_for_whoever_asked() -> None:
    """A defect that one key brings to light is told there, and the thread goes on with others."""

    async def scenario() -> None:
        loop = Loop()
        with pytest.raises(ZeroDivisionError):
            await loop.made("a", lambda: 1 // 0)
        assert await loop.made("b", lambda: 3) == 3

    asyncio.run(scenario())


def test_what_is_forgotten_is_asked_for_anew() -> None:
    """Its result is of no use to whoever has the name next."""

    async def scenario() -> int | None:
        loop = Loop()
        assert loop.beside.ask("a", lambda: 1) is None
        loop.beside.forget("a")
        loop.beside.forget("a")
        assert loop.beside.ask("a", lambda: 2) is None
        async with asyncio.timeout(PATIENCE):
            assert [await loop.done.get(), await loop.done.get()] == ["a", "a"]
        return loop.beside.ask("a", lambda: 3)

    assert asyncio.run(scenario()) == 2
