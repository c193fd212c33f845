"""Answers of the API server as errors of ours."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
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
        self.dated: dict[str, str] = {}
        self.asked: list[str] = []

    async def param_serialize(self, method: str, path: str, **_: object) -> tuple[Any, ...]:
        """Return what `call_api` takes."""
        return method, path, {}, None, None

    async def call_api(self, _: str, path: str, *__: object) -> SimpleNamespace:
        """Return the answer."""
        self.asked.append(path)
        await asyncio.sleep(self.pause)
        headers = {"Retry-After": self.retry_after} if self.retry_after else {}
        return SimpleNamespace(
            status=429, reason="Busy", getheaders=lambda: headers | self.dated, read=self._read
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

        return SimpleNamespace(status=200, getheaders=dict, read=read)


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
    ],
)
def test_a_busy_server_says_when_to_come_back(header: str | None, seconds: float) -> None:
    """Retry-After is read, and without one it is a second."""
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


def test_what_shall_come_back_later_is_not_sent_before() -> None:
    """Whoever asks again meanwhile gets the same answer without a request; others are let go."""

    async def scenario() -> list[str]:
        client = Client("7")
        api = KubeApi(client)  # type: ignore[arg-type]
        for path in ("/one", "/one", "/two", "/one"):
            with pytest.raises(BusyError):
                await api.get(path)
        return client.asked

    assert asyncio.run(scenario()) == ["/one", "/two"]


def test_a_watch_is_not_tried_before_its_list_is_wanted_again() -> None:
    """Both are one request to the server: what it said of the one goes for the other."""

    async def scenario() -> list[str]:
        client = Client("7")
        api = KubeApi(client)  # type: ignore[arg-type]
        for request in (api.try_watch(REVISIONS, "tv", 7), api.list(REVISIONS, "tv")):
            with pytest.raises(BusyError):
                await request
        return client.asked

    assert asyncio.run(scenario()) == [REVISIONS.path("tv")]


@pytest.mark.parametrize("urgent", [pytest.param(False, id="any"), pytest.param(True, id="urgent")])
def test_every_answer_tells_the_time(urgent: bool) -> None:  # noqa: FBT001 - a case
    """Answers to the Lease, which are the most frequent ones, count as well."""

    async def scenario() -> float | None:
        client = Client()
        client.dated = {"Date": "Sat, 09 Jan 2027 19:15:00 GMT"}
        api = KubeApi(client)  # type: ignore[arg-type]
        for path in "abc":
            with pytest.raises(BusyError):
                await (api.urgent(1.0, 60.0) if urgent else api).get(path)
        return api.server_clock.now()

    quarter_past = datetime(2027, 1, 9, 19, 15, tzinfo=UTC).timestamp()
    assert asyncio.run(scenario()) == pytest.approx(quarter_past + 0.5, abs=0.5)
