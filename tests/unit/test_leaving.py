"""What campaigns say when everything is back and no operator is left."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from onair import leaving
from onair.cluster.errors import ApiError, MissingRightError, NotFoundError, UnreachableError
from onair.leaving import take_leave
from onair.model import reasons
from onair.plan.unseen import not_looked_after
from onair.schedule.zones import zone
from tests.unit.plan.imagined import T0
from tests.unit.plan.test_status import condition

if TYPE_CHECKING:
    from onair.cluster.resources import Resource

Body = dict[str, Any]

NO_RIGHT = MissingRightError("OnAir has no right to patch campaigns.onair.dev/status", 403)
UNTOLD = "not every campaign says that no operator looks after it"


class Server:
    """Campaigns of two namespaces by name, which need not take a status.

    What `refused` says of a verb is raised; an answer takes `pause` seconds.
    """

    def __init__(self, **campaigns: Body) -> None:
        self.campaigns: dict[str, dict[str, Body]] = {"tv": campaigns, "radio": {"news": {}}}
        self.statuses: dict[tuple[str, str], Body] = {}
        self.refused: dict[str, ApiError] = {}
        self.pause = 0.0

    async def list(self, _: Resource, namespace: str | None) -> tuple[list[Body], int]:
        """Return the campaigns of a namespace, None for both."""
        self._refuse("list")
        return [
            {
                "metadata": {"namespace": where, "name": name, "generation": 2},
                "spec": spec,
                "status": self.statuses.get((where, name)),
            }
            for where, campaigns in self.campaigns.items()
            for name, spec in campaigns.items()
            if namespace in {None, where}
        ], 1

    async def merge(self, path: str, body: Body) -> Body:
        """Take in a status."""
        await asyncio.sleep(self.pause)
        self._refuse("merge")
        _, _, _, _, _, namespace, _, name, subresource = path.split("/")
        assert subresource == "status"
        self.statuses[namespace, name] = body["status"]
        return body

    def _refuse(self, verb: str) -> None:
        if verb in self.refused:
            raise self.refused[verb]


def leave(server: Server, *namespaces: str, valid: bool = True) -> dict[tuple[str, str], Body]:
    """Take leave at T0; return every campaign's status."""
    lease = SimpleNamespace(valid=valid)
    asyncio.run(take_leave(server, lease, namespaces, T0))  # type: ignore[arg-type]
    return server.statuses


@pytest.mark.parametrize(
    ("namespaces", "want"),
    [
        pytest.param((), {("tv", "mol"), ("radio", "news")}, id="all"),
        pytest.param(("tv",), {("tv", "mol")}, id="one"),
    ],
)
def test_every_campaign_of_its_namespaces_says_so(
    namespaces: tuple[str, ...], want: set[tuple[str, str]]
) -> None:
    """Nobody reads for ever what the last operator said on air."""
    statuses = leave(Server(mol={}), *namespaces)
    assert statuses.keys() == want
    for status in statuses.values():
        assert status["phase"] == "Unknown"
        assert condition(status, "Ready") == ("Unknown", reasons.NO_OPERATOR)
        assert condition(status, "Restored") == ("True", reasons.RESTORED)


@pytest.mark.parametrize(
    ("spec", "want"),
    [
        pytest.param({"timeZone": "Europe/Amsterdam"}, "20:00", id="its own"),
        pytest.param({"timeZone": "Europe/Hilversum"}, "19:00", id="one that there is not"),
        pytest.param({}, "19:00", id="none"),
    ],
)
def test_the_time_is_that_of_the_campaigns_zone(spec: Body, want: str) -> None:
    """One that cannot be planned has no zone, and is told all the same."""
    status = leave(Server(mol=spec))["tv", "mol"]
    assert status["summary"].startswith(f"not looked after since Sat 9 Jan 2027 {want};")


def test_what_said_so_already_keeps_its_time() -> None:
    """A restore that is run again does not make it later."""
    server = Server(mol={})
    earlier = not_looked_after(2, zone("UTC"), {}, T0.replace(year=2026))
    server.statuses["tv", "mol"] = earlier
    assert leave(server)["tv", "mol"] == earlier


@pytest.mark.parametrize(
    ("verb", "error", "said"),
    [
        pytest.param("list", NotFoundError("are the CRDs there?", 404), 0, id="without CRDs"),
        pytest.param("merge", NotFoundError("no such campaign", 404), 0, id="deleted meanwhile"),
        pytest.param("list", NO_RIGHT, 1, id="no right to read"),
        pytest.param("merge", NO_RIGHT, 1, id="no right to write"),
        pytest.param("merge", UnreachableError("no answer"), 1, id="no answer"),
    ],
)
def test_what_cannot_be_said_is_no_failure(
    verb: str, error: ApiError, said: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Everything is back; a word about it that is missing is logged, once for all campaigns."""
    server = Server(mol={}, final={})
    server.refused[verb] = error
    assert leave(server) == {}
    assert [UNTOLD in record.getMessage() for record in caplog.records] == [True] * said


def test_an_end_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An uninstall does not hang on a server that answers slowly."""
    monkeypatch.setattr(leaving, "WITHIN", 0.05)
    server = Server(mol={})
    server.pause = 60.0
    assert leave(server) == {}
    assert UNTOLD in caplog.text


def test_nothing_is_said_without_the_lease(caplog: pytest.LogCaptureFixture) -> None:
    """Another process may look after the campaigns already."""
    assert leave(Server(mol={}), valid=False) == {}
    assert UNTOLD in caplog.text
