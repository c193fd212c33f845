"""Complete lists: what they prove, what they find missing, and for whom."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from onair import lists
from onair.cluster import resources
from onair.cluster.errors import ApiError, ForbiddenError, NotFoundError, UnreachableError
from onair.lists import NOT_YET, Lists
from onair.troubles import Troubles
from onair.world import World

if TYPE_CHECKING:
    from onair.cluster.resources import Resource

NO_HPAS = ForbiddenError("no right to list HPAs", 403)

EVERY_REFUSAL = pytest.mark.parametrize(
    "error",
    [
        pytest.param(NO_HPAS, id="no right"),
        pytest.param(NotFoundError("this cluster serves no HPAs", 404), id="no such kind"),
    ],
)
EVERY_FAILURE = pytest.mark.parametrize(
    "error",
    [
        pytest.param(UnreachableError("no answer"), id="away"),
        pytest.param(ApiError("etcdserver: request timed out", 500), id="an error of its own"),
    ],
)


class Server:
    """An API server without objects; `refusals` by verb, kind and namespace."""

    def __init__(self) -> None:
        self.refusals: dict[tuple[str, str, str | None], ApiError] = {}

    async def list(self, resource: Resource, namespace: str | None) -> tuple[list[Any], int]:
        """Return an empty list."""
        self._refuse("list", resource, namespace)
        return [], 1

    async def try_watch(self, resource: Resource, namespace: str | None, _: int) -> None:
        """Let a watch begin."""
        self._refuse("watch", resource, namespace)

    def _refuse(self, verb: str, resource: Resource, namespace: str | None) -> None:
        refusal = self.refusals.get((verb, resource.kind, namespace))
        if refusal:
            raise refusal


class Cluster:
    """Lists of two namespaces; `changed` counts how often what cannot be read has changed."""

    def __init__(self, *namespaces: str) -> None:
        self.server, self.world, self.changed = Server(), World(), 0
        self.lists = Lists(
            self.server,  # type: ignore[arg-type]
            self.world,
            namespaces,
            Troubles(),
            listed=lambda: None,
            changed=self._change,
        )

    def refuse(self, verb: str, kind: str, namespace: str | None, error: ApiError) -> None:
        """Refuse a verb on a kind from now on."""
        self.server.refusals[verb, kind, namespace] = error

    def run(self, heal_after: float | None = None) -> None:
        """Let the lists run for a while; refusals end in between, if they do."""

        async def scenario() -> None:
            if heal_after is not None:
                asyncio.get_running_loop().call_later(heal_after, self.server.refusals.clear)
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    await self.lists.run()

        asyncio.run(scenario())

    def _change(self) -> None:
        self.changed += 1


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "RETRY_LISTS", 0.01)
    monkeypatch.setattr(lists, "LIST_EVERY", 0.02)


def test_everything_listed_is_proof() -> None:
    """With every kind listed, watching can begin and what is absent is known to be absent."""
    cluster = Cluster("tv", "radio")
    cluster.run()
    assert cluster.lists.served.is_set()
    assert cluster.world.proven("tv")
    assert cluster.lists.unread() == ""


def test_all_namespaces_at_once_prove_each() -> None:
    """A list of all namespaces is the proof of any of them."""
    cluster = Cluster()
    cluster.run()
    assert cluster.world.proven("tv")


def test_a_namespace_that_may_not_be_read_keeps_only_itself_waiting() -> None:
    """A tenant who takes the operator's rights away harms no other tenant."""
    cluster = Cluster("tv", "radio")
    cluster.refuse("list", resources.HPAS.kind, "radio", NO_HPAS)
    cluster.run()
    assert cluster.lists.served.is_set()
    assert (cluster.world.proven("tv"), cluster.world.proven("radio")) == (True, False)
    assert cluster.lists.unread("tv") == ""
    assert cluster.lists.unread("radio") == cluster.lists.unread() == f"{NOT_YET}: {NO_HPAS}"


@EVERY_REFUSAL
def test_a_kind_that_is_nowhere_is_waited_for(error: ApiError) -> None:
    """Nothing is watched before every kind was seen; why is said to everybody."""
    cluster = Cluster("tv")
    cluster.refuse("list", resources.HPAS.kind, "tv", error)
    cluster.run()
    assert not cluster.lists.served.is_set()
    assert cluster.lists.unread("tv") == f"{NOT_YET}: {error}"


def test_before_the_first_look_nothing_is_claimed() -> None:
    """As long as a list takes, what it may show is not known."""
    assert Cluster("tv").lists.unread("tv") == NOT_YET


@EVERY_REFUSAL
def test_what_is_missing_is_found_when_it_comes(error: ApiError) -> None:
    """Without a restart the lists go on as soon as they may."""
    cluster = Cluster("tv")
    cluster.refuse("list", resources.HPAS.kind, "tv", error)
    cluster.run(heal_after=0.05)
    assert cluster.world.proven("tv")
    assert cluster.lists.unread("tv") == ""
    assert cluster.changed == 2


def test_a_watch_that_is_refused_is_found() -> None:
    """The right to watch is another one than to list: without it changes come late."""
    cluster = Cluster("tv")
    cluster.refuse("watch", resources.HPAS.kind, "tv", ForbiddenError("no right to watch", 403))
    cluster.run()
    assert cluster.world.proven("tv")
    assert cluster.lists.unread("tv") == "no right to watch"


@EVERY_FAILURE
def test_a_watch_that_fails_is_called_one(
    error: ApiError, caplog: pytest.LogCaptureFixture
) -> None:
    """What was listed was not missed: whoever reads the log looks at the right request."""
    cluster = Cluster("tv")
    cluster.refuse("watch", resources.HPAS.kind, "tv", error)
    cluster.run()
    what = "cannot watch horizontalpodautoscalers.autoscaling in namespace tv"
    assert [record.getMessage() for record in caplog.records] == [f"{what}: {error}"]


@EVERY_FAILURE
def test_a_list_that_never_worked_is_named(error: ApiError) -> None:
    """Whatever keeps a first list away is said of its namespace, and of no other."""
    cluster = Cluster("tv", "radio")
    cluster.refuse("list", resources.HPAS.kind, "tv", error)
    cluster.run()
    what = "cannot list horizontalpodautoscalers.autoscaling in namespace tv"
    assert cluster.lists.unread("tv") == f"{NOT_YET}: {what}: {error}"
    assert cluster.lists.unread("radio") == ""


@EVERY_FAILURE
def test_a_list_that_worked_once_may_fail(error: ApiError) -> None:
    """A server in trouble is no reason to doubt what is known already."""
    cluster = Cluster("tv")
    cluster.run()
    cluster.refuse("list", resources.HPAS.kind, "tv", error)
    cluster.run()
    assert cluster.lists.unread("tv") == ""
