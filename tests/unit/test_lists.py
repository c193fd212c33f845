"""Complete lists: what they prove, what they find missing, and for whom."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from onair import lists
from onair.cluster import resources
from onair.cluster.errors import ApiError, ForbiddenError, NotFoundError, UnreachableError
from onair.lists import AT_ONCE, NOT_YET, Lists
from onair.troubles import Troubles
from onair.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

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
        self.listed: list[tuple[str, str | None]] = []
        self.hangs = ""
        self.silent: dict[str | None, int] = {}

    async def pages(
        self, resource: Resource, namespace: str | None
    ) -> AsyncIterator[tuple[list[Any], int]]:
        """Yield an empty list."""
        self._refuse("list", resource, namespace)
        if namespace == self.hangs:
            await asyncio.Event().wait()
        if namespace in self.silent:
            self.silent[namespace] += 1
            await asyncio.sleep(0.001)
            raise UnreachableError("no answer")
        self.listed.append((resource.kind, namespace))
        yield [], 1

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
            listed=lambda _: None,
            changed=self._change,
        )

    def refuse(self, verb: str, kind: str, namespace: str | None, error: ApiError) -> None:
        """Refuse a verb on a kind from now on."""
        self.server.refusals[verb, kind, namespace] = error

    def run(self, heal_after: float | None = None, then: Callable[[], None] = lambda: None) -> None:
        """Let the lists run for a while; refusals end in between, and something else happens."""

        async def scenario() -> None:
            loop = asyncio.get_running_loop()
            loop.call_later(0.1, then)
            if heal_after is not None:
                loop.call_later(heal_after, self.server.refusals.clear)
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    await self.lists.run()

        asyncio.run(scenario())

    def _change(self, _: str | None) -> None:
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


@pytest.mark.parametrize(
    ("asked", "want"),
    [
        pytest.param((resources.HPAS, "tv"), [(resources.HPAS.kind, "tv")], id="a kind in one"),
        pytest.param((None, "tv"), [(r.kind, "tv") for r in resources.WATCHED], id="all in one"),
        pytest.param(
            (None, None),
            [(r.kind, place) for place in ("radio", "tv") for r in resources.WATCHED],
            id="everything",
        ),
    ],
)
def test_what_may_have_changed_unseen_is_listed_again(
    asked: tuple[Resource | None, str | None],
    want: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Within seconds, and not only in the next round; nothing else is listed."""
    monkeypatch.setattr(lists, "LIST_EVERY", 60.0)
    cluster = Cluster("tv", "radio")

    def ask() -> None:
        cluster.server.listed.clear()
        cluster.lists.again(*asked)

    cluster.run(then=ask)
    assert sorted(cluster.server.listed) == sorted(want)


def test_a_namespace_whose_lists_hang_keeps_only_itself_waiting() -> None:
    """The others are listed and proven meanwhile, and everything is watched."""
    cluster = Cluster("tv", "radio")
    cluster.server.hangs = "radio"
    cluster.run()
    assert cluster.lists.served.is_set()
    assert (cluster.world.proven("tv"), cluster.world.proven("radio")) == (True, False)


def test_only_what_is_missing_is_asked_for_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While one kind is not served, campaigns are looked for to be told so, and nothing else."""
    monkeypatch.setattr(lists, "LIST_EVERY", 60.0)
    cluster = Cluster("tv")
    cluster.refuse("list", resources.HPAS.kind, "tv", NO_HPAS)
    cluster.run(heal_after=0.1)
    hpas = resources.HPAS.kind
    found = cluster.server.listed.index((hpas, "tv"))
    campaigns = resources.CAMPAIGNS.kind
    kinds = [kind for kind, _ in cluster.server.listed[:found]]
    assert kinds.count(campaigns) > 1
    others = [campaigns, *(kind for kind in kinds if kind != campaigns)]
    assert sorted(others) == sorted({r.kind for r in resources.WATCHED} - {hpas})
    assert cluster.lists.served.is_set()


def test_many_that_hang_hold_up_the_others_once() -> None:
    """However many give no answer, and however many kinds they have: the others wait for one."""
    silent = [f"silent-{number}" for number in range(AT_ONCE)]
    cluster = Cluster(*silent, "tv")
    cluster.server.silent = dict.fromkeys(silent, 0)

    async def until_listed() -> None:
        running = asyncio.create_task(cluster.lists.run())
        while not cluster.world.proven("tv"):  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0)
        running.cancel()

    asyncio.run(until_listed())
    assert max(cluster.server.silent.values()) < len(resources.WATCHED)
