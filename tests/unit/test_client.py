"""Answers of the API server as errors of ours."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import pytest

from onair.cluster.client import KubeApi
from onair.cluster.errors import BusyError, UnreachableError
from onair.cluster.resources import REVISIONS, WATCHED, Resource


class Client:
    """An ApiClient whose server is busy, and after `pause` seconds says when to come back."""

    def __init__(self, retry_after: str | None = None, pause: float = 0.0) -> None:
        self.retry_after = retry_after
        self.pause = pause

    async def param_serialize(self, method: str, path: str, **_: object) -> tuple[Any, ...]:
        """Return what `call_api` takes."""
        return method, path, {}, None, None

    async def call_api(self, *_: object) -> SimpleNamespace:
        """Return the answer."""
        await asyncio.sleep(self.pause)
        return SimpleNamespace(
            status=429, reason="Busy", getheader=lambda _: self.retry_after, read=self._read
        )

    async def _read(self) -> bytes:
        return b"{}"


class Pages:
    """An ApiClient whose server answers a list in two pages; notes what each was asked with."""

    def __init__(self) -> None:
        self.queries: list[dict[str, str]] = []

    async def param_serialize(
        self, method: str, path: str, *, query_params: list[tuple[str, str]], **_: object
    ) -> tuple[Any, ...]:
        """Return what `call_api` takes."""
        self.queries.append(dict(query_params))
        return method, path, {}, None, None

    async def call_api(self, *_: object) -> SimpleNamespace:
        """Return a page with its number."""
        metadata = {"resourceVersion": "7", "continue": "more" if len(self.queries) == 1 else ""}
        page = {"items": [{"page": len(self.queries)}], "metadata": metadata}

        async def read() -> bytes:
            return json.dumps(page).encode()

        return SimpleNamespace(status=200, read=read)


@pytest.mark.parametrize("resource", [pytest.param(r, id=r.plural) for r in WATCHED])
def test_only_what_is_ours_is_listed(resource: Resource) -> None:
    """Of the revisions of all workloads, whole pod templates, none is asked for but our own."""
    client = Pages()
    items, version = asyncio.run(KubeApi(client).list(resource, "tv"))  # type: ignore[arg-type]
    assert (items, version) == ([{"page": 1}, {"page": 2}], 7)
    assert [query.get("continue") for query in client.queries] == [None, "more"]
    selector = "app.kubernetes.io/managed-by=onair" if resource is REVISIONS else None
    assert [query.get("labelSelector") for query in client.queries] == [selector] * 2


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        pytest.param("7", 7.0, id="seconds"),
        pytest.param(None, 1.0, id="nothing"),
        pytest.param("Sat, 09 Jan 2027 19:15:00 GMT", 1.0, id="a date"),
    ],
)
def test_a_busy_server_says_when_to_come_back(header: str | None, seconds: float) -> None:
    """Retry-After is read in whatever form a proxy sends it."""
    api = KubeApi(Client(header))  # type: ignore[arg-type]
    with pytest.raises(BusyError) as caught:
        asyncio.run(api.get("/apis"))
    assert caught.value.retry_after == seconds


def test_waiting_for_a_place_counts_as_waiting_for_an_answer() -> None:
    """A request behind a hung one is given up in time, too."""

    async def scenario() -> list[BaseException | dict[str, Any]]:
        api = KubeApi(Client(pause=9.0), within=0.3, places=1)  # type: ignore[arg-type]
        async with asyncio.timeout(0.8):
            return await asyncio.gather(*(api.get("/apis") for _ in "abcd"), return_exceptions=True)

    assert [type(error) for error in asyncio.run(scenario())] == [UnreachableError] * 4
