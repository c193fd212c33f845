"""How one operator process ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from onair.clock import wall_clock
from onair.cluster.client import KubeApi
from onair.cluster.errors import UnreachableError
from onair.runtime import Runtime
from onair.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import pytest


class Away(KubeApi):
    """An API server that never answers."""

    def __init__(self) -> None:
        super().__init__(None)  # type: ignore[arg-type]

    def urgent(self, *_: float) -> KubeApi:
        """Return the same server."""
        return self

    async def _request(self, *_: Any, **__: Any) -> Any:  # noqa: ANN401 - as its own
        raise UnreachableError("no answer")


def ending(said: list[str], what: str) -> Callable[..., Awaitable[None]]:
    """Return a part that runs until it is ended, takes a while for that, and then says so."""

    async def run(*_: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            said.append(what)

    return run


def test_no_write_is_under_way_when_the_lease_is_released(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes it is alone; a watch that takes long to end does not keep them waiting."""
    said: list[str] = []

    async def release(_: object) -> None:
        said.append("released")

    monkeypatch.setattr("onair.runtime.WorkQueue.run", ending(said, "writer"))
    monkeypatch.setattr("onair.runtime.Lists.run", ending(said, "lists"))
    monkeypatch.setattr("onair.runtime.Lease.release", release)
    settings = Settings(("tv",), "tv", "us", wall_clock(), listen="127.0.0.1:0")

    async def scenario() -> None:
        stop = asyncio.Event()
        stop.set()
        await Runtime(Away(), settings).run(stop)

    asyncio.run(scenario())
    assert said == ["writer", "writer", "released", "lists"]
