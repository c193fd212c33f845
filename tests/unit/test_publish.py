"""When a campaign's status is written, and when not yet."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from onair import publish
from onair.aims import Aims
from onair.campaigns import Campaigns
from onair.clock import wall_clock
from onair.cluster import resources
from onair.model import reasons
from onair.plan.observed import TargetKey
from onair.plan.situation import Decision
from onair.plan.unseen import not_looked_after
from onair.publish import NOT_LOOKED_AT, CampaignKey, Publisher
from onair.reports import Report, Reports
from onair.schedule.zones import zone
from onair.scheduler import Scheduler
from onair.skew import Skew
from onair.troubles import Troubles
from onair.world import World
from tests.unit.plan.example import CAMPAIGN, TARGET_SET, at
from tests.unit.worlds import example

MOL = CampaignKey("tv", "mol")


class Server:
    """An API server that notes the statuses that it is given."""

    def __init__(self) -> None:
        self.statuses: list[Any] = []

    async def merge(self, _: str, body: dict[str, Any]) -> dict[str, Any]:
        """Take a status in."""
        self.statuses.append(body["status"])
        stored = declared(CAMPAIGN) | body
        stored["metadata"]["resourceVersion"] = str(1 + len(self.statuses))
        return stored


def declared(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest as the API server has it."""
    metadata = {"name": "mol", "namespace": "tv", "uid": "mol", "resourceVersion": "1"}
    return {"metadata": metadata | {"generation": 1}, "spec": spec}


def publisher(
    reports: Reports,
    *,
    listed: bool = True,
    campaigns: Campaigns | None = None,
    **status: object,
) -> tuple[Publisher, Server]:
    """Return a publisher of the example's campaign, in a namespace that was listed or not."""
    world, server, clock = World(), Server(), wall_clock()
    world.observe(resources.TARGET_SETS, declared(TARGET_SET))
    world.observe(resources.CAMPAIGNS, declared(CAMPAIGN) | {"status": status})
    for resource in resources.WATCHED if listed else ():
        world.prove(resource, "tv")
    aims = Aims(world)
    scheduler: Scheduler[CampaignKey] = Scheduler(clock, lambda _: None)
    made = Publisher(
        api=server,  # type: ignore[arg-type]
        world=world,
        aims=aims,
        reports=reports,
        campaigns=campaigns or Campaigns(aims, reports, lambda _: "", observing=False),
        unread=lambda _: "no list of HPAs",
        scheduler=scheduler,
        clock=clock,
        skew=Skew(clock, lambda: None, lambda: None),
        leader=SimpleNamespace(valid=True),  # type: ignore[arg-type]
        troubles=Troubles(),
    )
    return made, server


def test_no_status_is_written_before_every_target_was_looked_at() -> None:
    """A process that has just started says nothing of targets that it does not know yet."""
    reports = Reports()
    made, server = publisher(reports)
    looked_at = Report(Decision(reasons.TARGET_MISSING), None, None)
    reports[TargetKey("tv", "Deployment", "mol-api")] = looked_at
    assert asyncio.run(made.publish(MOL)) == publish.LOOK_AGAIN
    assert not server.statuses
    reports[TargetKey("tv", "StatefulSet", "mol-chat")] = looked_at
    assert asyncio.run(made.publish(MOL)) is None
    assert len(server.statuses) == 1


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        pytest.param(False, "no list of HPAs", id="not listed"),
        pytest.param(True, NOT_LOOKED_AT, id="not looked at"),
    ],
)
def test_of_what_is_not_known_nothing_is_claimed(
    monkeypatch: pytest.MonkeyPatch, *, listed: bool, why: str
) -> None:
    """After a while the status says what it waits for, and neither Ready nor Restored."""
    monkeypatch.setattr(publish, "LONGEST_WAIT", 0.0)
    made, server = publisher(Reports(), listed=listed)
    assert asyncio.run(made.publish(MOL)) is None
    (status,) = server.statuses
    assert status["phase"] == "Unknown"
    said = {c["type"]: (c["status"], c["reason"], c["message"]) for c in status["conditions"]}
    assert said == dict.fromkeys(("Ready", "Restored"), ("Unknown", reasons.CANNOT_READ, why))


def test_what_was_known_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that cannot list yet takes back only what may be wrong by now."""
    monkeypatch.setattr(publish, "LONGEST_WAIT", 0.0)
    limited = {"type": "Feasible", "status": "False", "message": "limited to 80"}
    conditions = [{"type": "Restored", "status": "False", "message": "api is kept"}, limited]
    before: dict[str, Any] = {"phase": "OnAir", "targets": [{"name": "api", "floor": 111}]}
    made, server = publisher(Reports(), listed=False, **before, conditions=conditions)
    asyncio.run(made.publish(MOL))
    (status,) = server.statuses
    assert {key: status[key] for key in before} == before
    assert limited in status["conditions"]
    assert [c["status"] for c in status["conditions"]] == ["Unknown", "False", "Unknown"]


def test_what_a_restore_has_left_is_overwritten() -> None:
    """An operator that comes back takes the place of nobody."""
    status = not_looked_after(1, zone("UTC"), {}, wall_clock().now())
    looked_at = Report(Decision(reasons.TARGET_MISSING), None, None)
    keys = [TargetKey("tv", "Deployment", "mol-api"), TargetKey("tv", "StatefulSet", "mol-chat")]
    made, server = publisher(Reports(dict.fromkeys(keys, looked_at)), **status)
    assert asyncio.run(made.publish(MOL)) is None
    (written,) = server.statuses
    assert reasons.NO_OPERATOR not in {c["reason"] for c in written["conditions"]}
    assert "not looked after" not in written["summary"]


def test_what_is_new_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A target that comes late is waited for as those of the beginning were."""
    monkeypatch.setattr(publish, "LONGEST_WAIT", 0.1)
    looked_at = Report(Decision(reasons.TARGET_MISSING), None, None)
    keys = [TargetKey("tv", "Deployment", "mol-api"), TargetKey("tv", "StatefulSet", "mol-chat")]
    reports = Reports(dict.fromkeys(keys, looked_at))
    made, server = publisher(reports)

    async def scenario() -> None:
        await made.publish(MOL)
        await asyncio.sleep(0.2)
        del reports[keys[1]]
        assert await made.publish(MOL) == publish.LOOK_AGAIN

    asyncio.run(scenario())
    assert len(server.statuses) == 1


def test_what_is_not_known_yet_is_waited_for() -> None:
    """A process that has just started does not take back at once what an earlier one said."""
    made, server = publisher(Reports(), listed=False)
    assert asyncio.run(made.publish(MOL)) == publish.LOOK_AGAIN
    assert not server.statuses


def test_a_campaign_that_is_gone_is_forgotten() -> None:
    """What was worked out for one that is not there any more is not kept."""
    world = example()
    views = Campaigns(Aims(world), Reports(), lambda _: "", observing=False)
    campaign = world.campaign("tv", "wie-is-de-mol")
    assert campaign is not None
    shown = views.view(campaign, at("12:00")).upcoming
    made, server = publisher(Reports(), campaigns=views)
    assert asyncio.run(made.publish(CampaignKey("tv", "wie-is-de-mol"))) is None
    assert not server.statuses
    assert views.view(campaign, at("12:00")).upcoming is not shown
