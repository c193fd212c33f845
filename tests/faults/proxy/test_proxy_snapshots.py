"""Views of the past, and a clock that is wrong."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest

from tests.faults.proxy.client import Client
from tests.faults.proxy.faults import Answer, OldSnapshot, ShiftDate
from tests.faults.proxy.rules import Match, Rule

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant
    from tests.faults.proxy.client import Body
    from tests.faults.proxy.proxy import Proxy

REVISIONS = Match(verbs=("list", "watch"), resource="controllerrevisions")


def past(client: Client) -> int:
    """Let an object change and another come; returns the resource version before."""
    client.create("one")
    version = client.create("two").body["metadata"]["resourceVersion"]
    client.revise("one", 2)
    client.create("three")
    return int(version)


def told(event: Body) -> tuple[str, str]:
    """Return what happened to which object."""
    return event["type"], event["object"]["metadata"]["name"]


def test_lists(client: Client, proxy: Proxy) -> None:
    """Lists are as of then, a single object is read as it is, and lists are new again after."""
    version = past(client)
    proxy.rules = [Rule(REVISIONS, OldSnapshot(version))]
    assert client.list() == client.list(resourceVersion="0") == {"one": 1, "two": 1}
    assert client.ask("GET", "").body["metadata"]["resourceVersion"] == str(version)
    assert client.get("one").body["revision"] == 2
    proxy.rules = []
    assert client.list() == {"one": 2, "two": 1, "three": 1}


def test_pages(client: Client, proxy: Proxy) -> None:
    """All pages of a list are as of then."""
    proxy.rules = [Rule(REVISIONS, OldSnapshot(past(client)))]
    page = client.ask("GET", "", limit="1").body
    onward = page["metadata"]["continue"]
    (rest,) = client.ask("GET", "", limit="1", **{"continue": onward}).body["items"]
    assert (page["items"][0]["revision"], rest["metadata"]["name"]) == (1, "two")


def test_new_watch(client: Client, proxy: Proxy, tenant: Tenant) -> None:
    """A watch begins at the past and stays there until the rule is taken away."""
    version = past(client)
    proxy.rules = [Rule(REVISIONS, OldSnapshot(version))]
    with pytest.raises(TimeoutError):
        next(Client(proxy.kubeconfig, tenant.namespace, silent=1).watch(version + 1000))
    events = client.watch(version + 1000)
    proxy.rules = []
    assert [told(next(events)), told(next(events))] == [("MODIFIED", "one"), ("ADDED", "three")]


def test_open_watch(client: Client, proxy: Proxy, tenant: Tenant) -> None:
    """A watch that is open stands still and misses nothing in the end."""
    version = past(client)
    events = client.watch(version)
    assert told(next(events)) == ("MODIFIED", "one")
    assert told(next(events)) == ("ADDED", "three")
    proxy.rules = [Rule(REVISIONS, OldSnapshot(version))]
    tenant.create(
        {"apiVersion": "apps/v1", "kind": "ControllerRevision", "revision": 1}
        | {"metadata": {"name": "four"}, "data": {}}
    )
    before = len(proxy.events)
    assert client.get("four").status == 200
    assert len(proxy.events) == before
    proxy.rules = []
    assert told(next(events)) == ("ADDED", "four")


@pytest.mark.parametrize("seconds", [300, -300], ids=["later", "earlier"])
@pytest.mark.parametrize("fault", [None, Answer(503)], ids=["alone", "with an error"])
def test_date(client: Client, proxy: Proxy, seconds: int, fault: Answer | None) -> None:
    """The date of every answer is another, whatever else befalls it."""
    client.create("one")
    now = parsedate_to_datetime(client.get("one").headers["Date"])
    others = [Rule(Match(), fault)] if fault else []
    proxy.rules = [*others, Rule(Match(), ShiftDate(seconds))]
    said = client.get("one")
    shifted = parsedate_to_datetime(said.headers["Date"]) - now
    assert abs(shifted - timedelta(seconds=seconds)) < timedelta(seconds=30)
    assert said.status == (503 if fault else 200)
