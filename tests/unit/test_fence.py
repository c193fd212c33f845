"""Writes that may only be begun, and go on, for a while."""

from __future__ import annotations

import asyncio
from time import monotonic
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from onair.cluster.client import KubeApi
from onair.cluster.errors import UnreachableError
from onair.cluster.lease import LapsedError
from onair.cluster.resources import CAMPAIGNS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    Ask = Callable[[KubeApi], Coroutine[None, None, object]]

PATH = CAMPAIGNS.path("tv", "show")


class Client:
    """An ApiClient that notes what it is asked for; each answer takes `pause` seconds."""

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause
        self.asked: list[str] = []

    async def param_serialize(
        self, method: str, path: str, *, query_params: list[tuple[str, str]], **_: object
    ) -> tuple[Any, ...]:
        """Return what `call_api` takes, with the query in the URL."""
        query = "&".join(f"{key}={value}" for key, value in query_params)
        return method, f"{path}?{query}", {}, None, None

    async def call_api(self, method: str, *_: object) -> SimpleNamespace:
        """Return an empty object."""
        self.asked.append(method)
        await asyncio.sleep(self.pause)
        return SimpleNamespace(status=200, getheaders=dict, read=self._read)

    async def _read(self) -> bytes:
        return b"{}"


def lapsed() -> float:
    """Allow nothing."""
    raise LapsedError("not ours")


def fenced(client: Client, until: Callable[[], float], places: int = 1) -> KubeApi:
    """Return a way to the client's server on which writes are fenced."""
    return KubeApi(client, places=places).fenced(until)  # type: ignore[arg-type]


WRITES: list[Any] = [
    pytest.param(lambda api: api.create(PATH, {}), id="create"),
    pytest.param(lambda api: api.replace(PATH, {}), id="replace"),
    pytest.param(lambda api: api.patch(PATH, []), id="patch"),
    pytest.param(lambda api: api.merge(PATH, {}), id="merge"),
    pytest.param(lambda api: api.delete(PATH, "uid", "7"), id="delete"),
]


@pytest.mark.parametrize("write", WRITES)
def test_without_the_right_no_write_is_sent(write: Ask) -> None:
    """Whoever may not write any more is stopped at the last place before the wire."""
    client = Client()
    with pytest.raises(LapsedError):
        asyncio.run(write(fenced(client, lapsed)))
    assert client.asked == []


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda api: api.get(PATH), id="read"),
        pytest.param(lambda api: api.try_create(PATH, {}), id="dry run"),
    ],
)
def test_what_changes_nothing_passes(ask: Ask) -> None:
    """Who stands by reads, and may ask what a write would come to."""
    client = Client()
    asyncio.run(ask(fenced(client, lapsed)))
    assert len(client.asked) == 1


@pytest.mark.parametrize("write", WRITES)
def test_a_write_is_given_up_when_the_right_ends(write: Ask) -> None:
    """An answer that does not come in time is not waited for, however patient requests are."""
    began = monotonic()
    with pytest.raises(UnreachableError):
        asyncio.run(write(fenced(Client(pause=9.0), lambda: began + 0.1)))
    assert monotonic() - began < 1.0


def test_the_right_is_asked_for_when_a_write_leaves() -> None:
    """A write that has waited for others is sent only if that is still allowed."""
    allowed = [monotonic() + 9.0]

    def until() -> float:
        return allowed.pop() if allowed else lapsed()

    async def scenario() -> list[object]:
        api = fenced(client, until)
        writes = (api.merge(PATH, {}) for _ in range(2))
        return list(await asyncio.gather(*writes, return_exceptions=True))

    client = Client(pause=0.05)
    first, second = asyncio.run(scenario())
    assert first == {}
    assert isinstance(second, LapsedError)
    assert client.asked == ["PATCH"]


def test_a_fence_is_of_one_way_only() -> None:
    """Requests beside it, such as those for the Lease itself, go through."""
    client = Client()
    api = KubeApi(client)  # type: ignore[arg-type]
    api.fenced(lapsed)
    asyncio.run(api.merge(PATH, {}))
    assert client.asked == ["PATCH"]
