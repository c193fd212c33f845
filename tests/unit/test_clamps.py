"""Finding out where the cluster keeps others from undoing floors."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onair.clamps import (
    AT_ONCE,
    PROBE_EVERY,
    PROBE_SELDOM,
    SOON,
    STANDS_FOR,
    Clamps,
    raised_soon,
)
from onair.cluster.errors import ApiError, ForbiddenError, UnreachableError
from onair.plan.situation import Decision
from onair.plan.timeline import Pattern, Run, Timeline
from onair.plans import Planned
from onair.reports import Report, Reports
from onair.troubles import Troubles
from tests.unit.plan.example import at
from tests.unit.worlds import API, example

if TYPE_CHECKING:
    from onair.cluster.client import Body

MARK = {"annotations": {"onair.dev/clamp": "1"}}


class Server:
    """An API server in which a clamp is in force or not, or that gives no answer."""

    def __init__(self, *, clamps: bool = False) -> None:
        self.clamps = clamps
        self.error: ApiError | None = None
        self.tried: list[str] = []

    async def try_create(self, path: str, body: Body) -> Body:
        """Answer a dry run."""
        self.tried.append(path)
        if self.error:
            raise self.error
        marks: dict[str, Any] = MARK if self.clamps else {}
        return body | {"metadata": body["metadata"] | marks}


def planned(clock: str, hours: int = 1) -> Planned:
    """Return the plan of a floor that is up for some hours from a time on."""
    rises = at(clock)
    pattern = Pattern((0, hours * 3600), (5, 0), (5, 0), (None, None))
    timeline = Timeline((Run(int(rises.timestamp()), pattern),))
    until = rises + timedelta(days=2)
    return Planned((), 0, (), "", 0, timeline, (), until, aimed=True)


class Probing:
    """A probe of a world with campaigns in the namespace `tv`."""

    def __init__(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world, self.troubles = example(), Troubles()
        self.seconds, self.news = 5.0, 0
        monkeypatch.setattr("onair.clamps.monotonic", lambda: self.seconds)
        self.leads, self.reports, self.now = True, Reports(), at("12:00")
        self.clamps = Clamps(
            server,  # type: ignore[arg-type]
            self.world,
            self.reports,
            self,  # type: ignore[arg-type]
            lambda: self.now,
            self.troubles,
            changed=self._changed,
        )

    def raise_at(self, clock: str) -> None:
        """Let a floor of `tv` rise at a time of the next day."""
        self.reports[API] = Report(Decision(""), None, planned(clock))

    def look(self, after: float = 0) -> bool | None:
        """Look so many seconds later; return what is known then."""
        self.seconds += after
        asyncio.run(self.clamps.look())
        return self.world.clamped("tv")

    def _changed(self) -> None:
        self.news += 1


@pytest.mark.parametrize(
    "clamps", [pytest.param(True, id="a clamp"), pytest.param(False, id="none")]
)
def test_the_answer_carries_the_mark(*, clamps: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dry run that comes back with the mark shows a clamp, any other that there is none."""
    probing = Probing(Server(clamps=clamps), monkeypatch)
    assert probing.world.clamped("tv") is None
    assert probing.look() is clamps


@pytest.mark.parametrize(
    ("rises", "now", "pause"),
    [
        pytest.param("20:00", "19:00", PROBE_EVERY, id="soon"),
        pytest.param("20:00", "20:30", PROBE_EVERY, id="on air"),
        pytest.param("20:00", "21:30", PROBE_SELDOM, id="over"),
        pytest.param(None, "19:00", PROBE_SELDOM, id="nothing planned"),
    ],
)
def test_how_often(
    rises: str | None, now: str, pause: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the first campaign, then each minute where a floor is due within a day, else hourly."""
    server = Server()
    probing = Probing(server, monkeypatch)
    probing.now = at(now)
    if rises:
        probing.raise_at(rises)
    probing.look()
    probing.look(after=pause - 1)
    path = "/apis/apps/v1/namespaces/tv/controllerrevisions"
    assert server.tried == [path]
    probing.look(after=1)
    assert server.tried == [path, path]


def test_a_rise_a_week_ahead_is_not_soon() -> None:
    """Only what rises within a day is worth a probe a minute."""
    reports = {API: Report(Decision(""), None, planned("20:00"))}
    rise = at("20:00")
    assert raised_soon(reports, rise - SOON) == {"tv"}
    assert raised_soon(reports, rise - SOON - timedelta(seconds=1)) == set()


def test_a_floor_that_stands_for_days_is_up() -> None:
    """Nothing changes within a day, and still somebody could undo it."""
    report = Report(Decision(""), None, planned("20:00", hours=72))
    assert raised_soon({API: report}, at("20:00") + SOON) == {"tv"}


def test_a_standby_probes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two replicas are no two probes; whoever begins to lead asks anew."""
    server = Server()
    probing = Probing(server, monkeypatch)
    probing.leads = False
    assert probing.look() is None
    assert server.tried == []
    probing.leads = True
    assert probing.look() is False
    probing.leads = False
    probing.look()
    probing.leads = True
    probing.look(after=1)
    assert len(server.tried) == 2


def test_only_news_are_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is looked at again when a clamp appears or goes, and not for the same answer."""
    server = Server()
    probing = Probing(server, monkeypatch)
    for clamps in (False, False, True, True, False):
        server.clamps = clamps
        probing.look(after=PROBE_SELDOM)
    assert probing.news == 3


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(UnreachableError("no answer"), id="away"),
        pytest.param(ForbiddenError("exceeded quota", 403), id="refused"),
    ],
)
def test_no_answer_changes_nothing(error: ApiError, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was known stays known, and the trouble is there until the next answer."""
    server = Server(clamps=True)
    probing = Probing(server, monkeypatch)
    probing.look()
    server.error = error
    assert probing.look(after=PROBE_SELDOM) is True
    said = f"cannot find out whether the clamp in tv is in force: {error}"
    assert probing.troubles.of("the clamp in tv") == said
    server.error = None
    probing.look(after=PROBE_EVERY)
    assert probing.troubles.of("the clamp in tv") == ""


def test_an_answer_does_not_stand_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """When no probe has been answered for five minutes nobody knows any more, which is news."""
    server = Server(clamps=True)
    probing = Probing(server, monkeypatch)
    probing.look()
    server.error = UnreachableError("no answer")
    assert probing.look(after=PROBE_SELDOM) is True
    assert probing.look(after=STANDS_FOR - 1) is True
    assert not probing.world.is_unclear("tv")
    assert probing.look(after=PROBE_EVERY) is None
    assert probing.world.is_unclear("tv")
    assert probing.news == 2
    server.error = None
    assert probing.look(after=PROBE_EVERY) is True
    assert not probing.world.is_unclear("tv")


def test_no_answer_at_all_is_news(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first probe fails nothing keeps others from undoing floors, as far as is known."""
    server = Server()
    server.error = ForbiddenError("a policy refuses it", 403)
    probing = Probing(server, monkeypatch)
    assert probing.look() is None
    assert probing.world.is_unclear("tv")
    probing.look(after=PROBE_EVERY)
    assert probing.news == 1


def test_a_namespace_without_campaigns_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left of it: neither an answer nor a trouble."""
    server = Server()
    server.error = UnreachableError("no answer")
    probing = Probing(server, monkeypatch)
    probing.look()
    monkeypatch.setattr(probing.world, "announced", set)
    probing.look()
    assert not probing.world.is_unclear("tv")
    assert probing.troubles.of("the clamp in tv") == ""
    assert len(server.tried) == 1


def test_one_that_hangs_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the others say is known while a namespace has not answered."""
    server = Server(clamps=True)
    probing = Probing(server, monkeypatch)
    probing.world.announced = lambda: {"a", "tv"}  # type: ignore[method-assign]
    answer = server.try_create

    async def hang(path: str, body: Body) -> Body:
        if "/namespaces/a/" in path:
            await asyncio.Event().wait()
        return await answer(path, body)

    async def known() -> bool | None:
        looking = asyncio.create_task(probing.clamps.look())
        for _ in range(10):
            await asyncio.sleep(0)
        looking.cancel()
        return probing.world.clamped("tv")

    monkeypatch.setattr(server, "try_create", hang)
    assert AT_ONCE > 1
    assert asyncio.run(known()) is True
