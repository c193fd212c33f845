"""Watching goes on for ever, whatever ends kopf, in a thread that concerns nobody else."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from onair import handlers, watching
from onair.cluster import resources
from onair.watching import Watching

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = {"metadata": {"name": "api", "namespace": "tv", "resourceVersion": "7"}}
ERROR = RuntimeError("Error in the watch-stream: 500")


class Cluster:
    """What an operator notes of a kopf that feeds one object and then comes to its end."""

    def __init__(self, ends: Callable[[], None], *, kind: str | None = "MODIFIED") -> None:
        self.begun = 0
        self.tokens: list[str] = []
        self.seen: list[tuple[str, bool]] = []
        self.relisted: list[tuple[Any, str | None]] = []
        self.stopped = self.runs = False
        self.listed = 0
        self.all_said = Event()
        self.rushes: list[float] = []
        self._ends, self._kind = ends, kind

    async def access(self) -> dict[str, Any]:
        """Return the way to the server."""
        return {"token": "a token"}

    def is_news(self, _: object, body: dict[str, Any]) -> bool:
        """Tell whether an object is newer than what was listed."""
        return int(body["metadata"]["resourceVersion"]) > self.listed

    def see(self, _: object, body: dict[str, Any], *, deleted: bool) -> None:
        """Take in an object; one that is called busy takes as long as there is more to say."""
        if body["metadata"]["name"] == "busy":
            self.all_said.wait(10)
        self.seen.append((body["metadata"]["name"], deleted))

    async def operate(
        self, access: handlers.Access, feed: handlers.Feed, _: object, stop: asyncio.Event
    ) -> None:
        """Do as kopf does."""
        self.begun += 1
        self.tokens.append((await access())["token"])
        feed(resources.HPAS, self._kind, BODY)
        self._ends()
        self.runs = True
        await stop.wait()
        self.runs, self.stopped = False, True

    def run(self, until: Callable[[], object]) -> None:
        """Watch until something holds, and a moment longer: it may be followed by too much."""

        async def scenario() -> None:
            watch = Watching(
                self,  # type: ignore[arg-type]
                self,  # type: ignore[arg-type]
                (),
                lambda *said: self.relisted.append(said),
                lambda: self.rushes.pop() if self.rushes else 0.0,
            )
            watched = asyncio.create_task(watch.run())
            await holds(until)
            await asyncio.sleep(0.1)
            watched.cancel()
            with suppress(asyncio.CancelledError):
                await watched
            await holds(lambda: not self.runs)

        asyncio.run(scenario())


async def holds(state: Callable[[], object]) -> None:
    """Wait until something holds that another thread brings about."""
    async with asyncio.timeout(10):
        while not state():  # noqa: ASYNC110 - another thread's
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AGAIN", "AGAIN_LATER", "SETTLED"):
        monkeypatch.setattr(watching, name, 0.01)


def fails() -> None:
    """End as kopf does after an error in a stream."""
    raise ERROR


def started(
    monkeypatch: pytest.MonkeyPatch,
    cluster: Cluster,
    until: Callable[[Cluster], object] = lambda cluster: cluster.seen,
) -> Cluster:
    """Return a cluster that was watched until something held, at first that it saw an object."""
    monkeypatch.setattr(handlers, "operate", cluster.operate)
    cluster.run(lambda: until(cluster))
    return cluster


def test_what_ends_kopf_is_said_and_it_begins_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing else ends with it, and what was missed meanwhile is looked for."""
    cluster = started(monkeypatch, Cluster(fails), lambda cluster: cluster.begun > 1)
    assert cluster.begun > 1
    assert cluster.seen[0] == ("api", False)
    assert cluster.relisted[0] == (None, None)
    said = f"the watches have ended and begin again: {ERROR}"
    assert caplog.records[0].getMessage() == said


def test_it_logs_in_through_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that a pod reads from its file again is the same for both."""
    assert started(monkeypatch, Cluster(lambda: None)).tokens == ["a token"]


def test_it_waits_while_floors_are_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is seen is taken in as soon as the rush is over, not before."""
    cluster = Cluster(lambda: None)
    cluster.rushes = [0.001, 5.0, 5.0]
    assert started(monkeypatch, cluster).seen == [("api", False)]
    assert cluster.rushes == []


def test_it_is_stopped_with_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its thread comes to an end of its own, and nobody waits for it."""
    assert started(monkeypatch, Cluster(lambda: None)).stopped


@pytest.mark.parametrize(
    ("kind", "relisted", "deleted"),
    [
        pytest.param(None, [(resources.HPAS, "tv")], False, id="a list"),
        pytest.param("MODIFIED", [], False, id="a change"),
        pytest.param("DELETED", [], True, id="a deletion"),
    ],
)
def test_what_a_list_shows_may_have_left_something_out(
    monkeypatch: pytest.MonkeyPatch,
    kind: str | None,
    relisted: list[tuple[Any, str | None]],
    deleted: bool,  # noqa: FBT001 - a case
) -> None:
    """Where kopf had to list again, deletions may be missing; where it watched, none is."""
    cluster = started(
        monkeypatch,
        Cluster(lambda: None, kind=kind),
        lambda cluster: cluster.seen and len(cluster.relisted) >= len(relisted),
    )
    assert cluster.relisted == relisted
    assert cluster.seen == [("api", deleted)]


def test_what_is_not_understood_is_logged_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Of kopf nothing is heard, so a defect that one object brings to light is ours to say."""

    def stumble(*_: object, **__: object) -> None:
        raise KeyError("spec")

    cluster = Cluster(lambda: None)
    monkeypatch.setattr(cluster, "see", stumble)
    started(monkeypatch, cluster, lambda _: caplog.records)
    assert [record.name for record in caplog.records] == ["onair.watching"]
    assert "horizontalpodautoscalers" in caplog.text
    assert "KeyError: 'spec'" in caplog.text


def version(number: int, name: str = "api") -> dict[str, Any]:
    """Return an object at a resource version."""
    return {"metadata": {"name": name, "namespace": "tv", "resourceVersion": str(number)}}


def told(
    monkeypatch: pytest.MonkeyPatch,
    cluster: Cluster,
    *said: Any,  # noqa: ANN401
    seen: int,
    relisted: int = 0,
) -> Cluster:
    """Return what is noted of a kopf that says all this at once: kinds of event and objects.

    It is awaited that so many objects were seen and so many lists told of.
    """

    async def operate(_: object, feed: handlers.Feed, __: object, stop: asyncio.Event) -> None:
        for kind, body in said:
            feed(resources.HPAS, kind, body)
        cluster.all_said.set()
        await stop.wait()

    monkeypatch.setattr(handlers, "operate", operate)
    cluster.run(lambda: len(cluster.seen) >= seen and len(cluster.relisted) >= relisted)
    return cluster


def test_a_list_is_told_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """To list again for each object of a large one would never come to an end."""
    everything = [(None, version(1, f"api-{number}")) for number in range(200)]
    cluster = told(monkeypatch, Cluster(lambda: None), *everything, seen=200, relisted=1)
    assert cluster.relisted == [(resources.HPAS, "tv")]
    assert [name for name, _ in cluster.seen] == [
        body["metadata"]["name"] for _, body in everything
    ]


def test_what_our_own_list_has_told_is_not_taken_in_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten thousand objects that kopf lists few are news, but a deletion always is."""
    cluster = Cluster(lambda: None)
    cluster.listed = 5
    said = (None, version(5, "old")), (None, version(6, "new")), ("DELETED", version(5, "gone"))
    told(monkeypatch, cluster, *said, seen=2)
    assert cluster.seen == [("new", False), ("gone", True)]


@pytest.mark.parametrize(
    ("said", "want"),
    [
        pytest.param(
            [("ADDED", 5), ("MODIFIED", 6), ("DELETED", 7)], [("api", True)], id="a short life"
        ),
        pytest.param([("DELETED", 5), ("ADDED", 6)], [("api", False)], id="a successor"),
        pytest.param(
            [("ADDED", 6), ("DELETED", 5)], [("api", False)], id="a successor that came first"
        ),
    ],
)
def test_of_each_object_the_last_news_count(
    monkeypatch: pytest.MonkeyPatch, said: list[tuple[str, int]], want: list[tuple[str, bool]]
) -> None:
    """While the operator is busy, what it has not seen yet does not pile up."""
    monkeypatch.setattr(watching, "AT_ONCE", 1)
    events = [("ADDED", version(1, "busy")), *((kind, version(number)) for kind, number in said)]
    cluster = told(monkeypatch, Cluster(lambda: None), *events, seen=1 + len(want))
    assert cluster.seen == [("busy", False), *want]
