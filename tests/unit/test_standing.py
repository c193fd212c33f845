"""When a status says all there is to say, so that it is not built again every minute."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onair import publish
from onair.campaigns import Campaigns
from onair.cluster import resources
from onair.cluster.lease import LapsedError
from onair.model import reasons
from onair.plan.observed import TargetKey
from onair.plan.situation import Decision
from onair.reports import Report, Reports
from onair.upcoming import SHOWN_FOR
from tests.unit.looks import Looks
from tests.unit.plan.example import at
from tests.unit.test_publish import MOL, Server, declared, publisher
from tests.unit.worlds import announce, run

if TYPE_CHECKING:
    from collections.abc import Callable

TARGETS = (TargetKey("tv", "Deployment", "mol-api"), TargetKey("tv", "StatefulSet", "mol-chat"))
MISSING = Report(Decision(reasons.TARGET_MISSING), None, None)


def views(looks: Looks) -> Campaigns:
    """Return views of what was looked at."""
    return Campaigns(looks.aims, looks.reports, lambda _: looks.unread, observing=False)


def ground(looks: Looks) -> object:
    """Return the ground of the example's view."""
    campaign = looks.world.campaign("tv", "wie-is-de-mol")
    assert campaign is not None
    return views(looks).ground(campaign, "", timedelta(0))


def stands_until(looks: Looks) -> Any:  # noqa: ANN401
    """Return until when the example's view stays as it is."""
    campaign = looks.world.campaign("tv", "wie-is-de-mol")
    assert campaign is not None
    return views(looks).stands_until(campaign, looks.view(), looks.now)


def edits(looks: Looks) -> None:
    """Let the campaign be another one."""
    announce(looks.world, "wie-is-de-mol", 2, headroom="10%")


def edits_set(looks: Looks) -> None:
    """Let its target set be another one."""
    looks.target_set(coolDown={"hold": "1m"})


def joins(looks: Looks) -> None:
    """Let another campaign need the same."""
    announce(looks.world, "another")
    looks.look()


def scales(looks: Looks) -> None:
    """Let more replicas be ready."""
    run(looks.world, resources.DEPLOYMENTS, "mol-api", 9)
    looks.look()


def hides(looks: Looks) -> None:
    """Let something not be readable."""
    looks.unread = "no right to list HPAs"


@pytest.mark.parametrize(
    "change",
    [pytest.param(f, id=f.__name__) for f in (edits, edits_set, joins, scales, hides)],
)
def test_the_ground_moves_with_what_is_shown(change: Callable[[Looks], None]) -> None:
    """Whatever a status depends on beside time."""
    looks = Looks("12:00")
    looks.look()
    before = ground(looks)
    change(looks)
    assert ground(looks) != before


def test_the_ground_stays_when_nothing_new_is_seen() -> None:
    """Every minute everything is looked at again."""
    looks = Looks("12:00")
    looks.look()
    before = ground(looks)
    for key, report in list(looks.reports.items()):
        assert report.situation is not None
        later = replace(report.situation, now=looks.now + timedelta(minutes=1))
        looks.reports[key] = replace(report, situation=later)
    assert ground(looks) == before


@pytest.mark.parametrize(
    ("clock", "want"),
    [
        pytest.param("12:00", at("12:00") + SHOWN_FOR, id="long before"),
        pytest.param("19:00", at("19:05"), id="soon"),
        pytest.param("20:30", at("20:30"), id="on air"),
    ],
)
def test_until_when_a_view_stands(clock: str, want: object) -> None:
    """Until it warms up; on air it may move with every minute."""
    looks = Looks(clock)
    looks.look()
    assert stands_until(looks) == want


def test_a_view_stands_no_longer_than_a_floor_of_others() -> None:
    """What a target needs for another campaign is shown by every one that aims at it."""
    later = {"name": "later", "start": "2027-06-01T20:00:00", "duration": "1h"}
    looks = Looks("19:00", airtimes=[later])
    announce(looks.world, "another")
    looks.look()
    timelines = [r.planned.timeline for r in looks.reports.values() if r.planned]
    changes = [timeline.next_change(looks.now) for timeline in timelines]
    assert stands_until(looks) == min(filter(None, changes)) < looks.now + SHOWN_FOR


class Published:
    """A campaign whose status was just written, and what would be written next."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reports = Reports(dict.fromkeys(TARGETS, MISSING))
        self.publisher, self.server = publisher(self.reports)
        monkeypatch.setattr(publish, "BETWEEN_WRITES", 0.0)
        self.again()
        monkeypatch.setattr(publish, "build", lambda *_: {"phase": "built again"})

    def again(self) -> None:
        """Look at it again."""
        asyncio.run(self.publisher.publish(MOL))

    @property
    def built_again(self) -> bool:
        """Whether another status than that of the beginning has been written."""
        return {"phase": "built again"} in self.server.statuses


def test_a_status_that_says_everything_is_not_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as its ground, its time and what the API server has are the same."""
    published = Published(monkeypatch)
    for key in TARGETS:
        published.reports[key] = replace(MISSING)
    published.again()
    assert not published.built_again


def others_write(published: Published) -> None:
    """Let somebody else write a status."""
    body = declared({}) | {"status": {"phase": "Ended"}}
    body["metadata"]["resourceVersion"] = "99"
    published.publisher._world.observe(resources.CAMPAIGNS, body)  # noqa: SLF001


def targets_move(published: Published) -> None:
    """Let a target be another one than it was."""
    published.reports[TARGETS[0]] = replace(MISSING, decision=Decision(reasons.AT_ZERO))


@pytest.mark.parametrize(
    "change", [pytest.param(f, id=f.__name__) for f in (others_write, targets_move)]
)
def test_a_status_with_news_is_built_again(
    change: Callable[[Published], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others wrote over it is put right, too."""
    published = Published(monkeypatch)
    change(published)
    published.again()
    assert published.built_again


def test_a_status_is_built_again_when_its_time_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """A view that may move at any time is never taken for granted."""
    monkeypatch.setattr(Campaigns, "stands_until", lambda *said: said[-1])
    published = Published(monkeypatch)
    published.again()
    assert published.built_again


def test_a_status_that_could_not_be_written_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made is not yet said."""
    merge = Server.merge

    async def fail(*_: object) -> dict[str, Any]:
        raise LapsedError("not ours")

    monkeypatch.setattr(Server, "merge", fail)
    published = Published(monkeypatch)
    monkeypatch.setattr(Server, "merge", merge)
    published.again()
    assert published.built_again
