"""Who holds the Lease, as a person's command sees it with a clock of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from onair.cli import leases
from onair.cluster import resources
from onair.cluster.errors import ForbiddenError, NotFoundError
from tests.unit.cli.clusters import Server
from tests.unit.plan.imagined import T0

if TYPE_CHECKING:
    from onair.preview.holds import Operator


def seen(monkeypatch: pytest.MonkeyPatch, server: Server) -> Operator:
    """Return who is seen to hold the Lease."""
    monkeypatch.setattr(leases, "UNTIL_RENEWED", 0.01)
    monkeypatch.setattr("onair.clock.Clock.real_now", lambda: T0)
    return asyncio.run(leases.operator_of(server, "tv"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("since", "want"),
    [
        pytest.param(0, "onair-7f", id="just now"),
        pytest.param(5, "onair-7f", id="as long as it lasts"),
        pytest.param(-5, "onair-7f", id="by a clock ahead of ours"),
        pytest.param(6, None, id="longer ago"),
        pytest.param(-60, None, id="by a clock far ahead, and not again"),
    ],
)
def test_a_record(monkeypatch: pytest.MonkeyPatch, since: float, want: str | None) -> None:
    """Who has renewed it lately holds it; who has not is given the time to."""
    server = Server(T0)
    server.lease("onair-7f", since)
    assert seen(monkeypatch, server).holder == want


def test_clocks_that_are_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever renews it while it is looked at holds it, whatever time it says."""
    server = Server(T0)
    server.lease("onair-7f", since=3600)
    renewals = iter((3600, 3599))
    plain = server.get

    async def get(path: str) -> dict[str, object]:
        server.lease("onair-7f", since=next(renewals))
        return await plain(path)

    monkeypatch.setattr(server, "get", get)
    assert seen(monkeypatch, server).holder == "onair-7f"


@pytest.mark.parametrize("there", [pytest.param(True, id="let go"), pytest.param(False, id="none")])
def test_nobody(monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
    """A Lease that was let go, or that was never there, is nobody's."""
    server = Server(T0)
    server.lease("")
    if not there:
        server.refused = {resources.LEASES.plural: NotFoundError("no such lease", 404)}
    found = seen(monkeypatch, server)
    assert (found.lease, found.holder, found.unknown) == ("tv/onair", None, None)
    (note,) = leases.nobody_at_work(found)
    assert note.startswith("no process holds the Lease tv/onair, so nothing is raised or given")


def test_what_may_not_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is claimed about a Lease that may not be read."""
    server = Server(T0)
    server.refused = {resources.LEASES.plural: ForbiddenError("no right", 403)}
    found = seen(monkeypatch, server)
    assert (found.holder, found.unknown) == (None, "no right")
    assert not list(leases.nobody_at_work(found))


def test_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is to be told while a process is at work."""
    assert not list(leases.nobody_at_work(seen(monkeypatch, Server(T0))))
