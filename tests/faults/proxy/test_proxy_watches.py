"""What befalls watches, those that are open already too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.proxy.client import Client
from tests.faults.proxy.faults import (
    Answer,
    Cut,
    DropEvents,
    DuplicateEvents,
    ErrorEvent,
    Hold,
    ReorderEvents,
)
from tests.faults.proxy.rules import Match, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.tenant import Tenant
    from tests.faults.proxy.client import Body
    from tests.faults.proxy.faults import Fault
    from tests.faults.proxy.proxy import Proxy

WATCH = Match(verbs=("watch",), resource="controllerrevisions")
ONE = Match(verbs=("watch",), resource="controllerrevisions", name="one")

Seen = list[tuple[str, int]]


def opened(client: Client) -> Iterator[Body]:
    """Return a watch that has said something."""
    version = int(client.create("first").body["metadata"]["resourceVersion"])
    events = client.watch(version - 1)
    assert next(events)["object"]["metadata"]["name"] == "first"
    return events


def seen(events: Iterator[Body], last: str = "last") -> Seen:
    """Return name and revision of each object that a watch tells of before it tells of the last."""
    told: Seen = []
    for event in events:
        name = event["object"]["metadata"]["name"]
        if name == last:
            break
        told.append((name, event["object"]["revision"]))
    return told


def change(client: Client) -> None:
    """Let three revisions of an object come about, and then something else."""
    client.create("one")
    client.revise("one", 2)
    client.revise("one", 3)
    client.create("last")


def test_cut(client: Client, proxy: Proxy) -> None:
    """A watch that is open is reset as soon as the rule is there, and the next one is not."""
    events = opened(client)
    proxy.rules = [Rule(WATCH, Cut(), times=1)]
    with pytest.raises(ConnectionError):
        next(events)
    assert opened_again(client) == "again"


def opened_again(client: Client) -> str:
    """Return the name that a new watch tells."""
    version = int(client.create("again").body["metadata"]["resourceVersion"])
    return str(next(client.watch(version - 1))["object"]["metadata"]["name"])


def test_held(proxy: Proxy, tenant: Tenant) -> None:
    """A watch that is open, and one that is opened, stay so and say no more."""
    client = Client(proxy.kubeconfig, tenant.namespace, silent=1)
    events = opened(client)
    proxy.rules = [Rule(WATCH, Hold(60))]
    version = int(client.create("one").body["metadata"]["resourceVersion"])
    for watch in (events, client.watch(version - 1)):
        with pytest.raises(TimeoutError):
            next(watch)


def test_held_and_reset(client: Client, proxy: Proxy) -> None:
    """A silent watch is reset when its time is over, or when the rule is taken away."""
    events = opened(client)
    proxy.rules = [Rule(WATCH, Hold(0.3))]
    with pytest.raises(ConnectionError):
        next(events)
    proxy.rules = [Rule(WATCH, Hold(3600))]
    events = client.watch(proxy.journal[0].version)
    proxy.rules = []
    with pytest.raises(ConnectionError):
        next(events)


@pytest.mark.parametrize("code", [410, 429, 500], ids=str)
def test_error(client: Client, proxy: Proxy, code: int) -> None:
    """An open watch tells of an error and comes to its end."""
    events = opened(client)
    proxy.rules = [Rule(WATCH, ErrorEvent(code), times=1)]
    (event,) = events
    assert (event["type"], event["object"]["code"]) == ("ERROR", code)


@pytest.mark.parametrize(
    ("carried_out", "served"),
    [pytest.param(False, 0, id="before"), pytest.param(True, 200, id="after")],
)
def test_refused(client: Client, proxy: Proxy, carried_out: bool, served: int) -> None:  # noqa: FBT001 - a case
    """A watch that is refused gets a Status like any request."""
    proxy.rules = [Rule(WATCH, Answer(410, carried_out=carried_out))]
    assert client.ask("GET", "", watch="true").body["reason"] == "Expired"
    assert (proxy.journal[0].served, proxy.journal[0].answered) == (served, 410)


@pytest.mark.parametrize(
    ("fault", "which", "want"),
    [
        pytest.param(DropEvents(), {}, [], id="all lost"),
        pytest.param(DropEvents(), {"first": 2, "times": 1}, [1, 3], id="one lost"),
        pytest.param(DuplicateEvents(), {"times": 1}, [1, 1, 2, 3], id="one twice"),
        pytest.param(ReorderEvents(), {"times": 1}, [2, 1, 3], id="one late"),
        pytest.param(ReorderEvents(), {"first": 3}, [1, 2], id="one waiting for the next"),
    ],
)
def test_events(
    client: Client, proxy: Proxy, fault: Fault, which: dict[str, int], want: list[int]
) -> None:
    """The events of one object are lost, doubled or late; those of others are not."""
    events = opened(client)
    proxy.rules = [Rule(ONE, fault, **which)]
    change(client)
    assert seen(events) == [("one", revision) for revision in want]
    noted = [event.fault for event in proxy.events if event.name == "one"]
    assert noted == [fault if proxy.rules[0].applies(n) else None for n in (1, 2, 3)]


def test_late_event_released(client: Client, proxy: Proxy) -> None:
    """An event that waits for the next one comes when the rule is taken away."""
    events = opened(client)
    proxy.rules = [Rule(ONE, ReorderEvents(), first=3)]
    change(client)
    assert seen(events) == [("one", 1), ("one", 2)]
    proxy.rules = []
    assert next(events)["object"]["revision"] == 3
