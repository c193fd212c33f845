"""When a campaign's status is written, and when not yet."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from onair import publish
from onair.aims import Aims
from onair.campaigns import Campaigns
from onair.clock import wall_clock
from onair.cluster import resources
from onair.model import reasons
from onair.plan.observed import TargetKey
from onair.plan.situation import Decision
from onair.publish import CampaignKey, Publisher
from onair.reports import Report
from onair.scheduler import Scheduler
from onair.troubles import Troubles
from onair.world import World
from tests.unit.plan.example import CAMPAIGN, TARGET_SET

if TYPE_CHECKING:
    import pytest

MOL = CampaignKey("tv", "mol")


class Server:
    """An API server that notes the statuses that it is given."""

    def __init__(self) -> None:
        self.statuses: list[Any] = []

    async def merge(self, _: str, body: dict[str, Any]) -> dict[str, Any]:
        """Take a status in."""
        self.statuses.append(body["status"])
        return declared(CAMPAIGN) | body


def declared(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest as the API server has it."""
    metadata = {"name": "mol", "namespace": "tv", "uid": "mol", "resourceVersion": "1"}
    return {"metadata": metadata | {"generation": 1}, "spec": spec}


def publisher(reports: dict[TargetKey, Report]) -> tuple[Publisher, Server]:
    """Return a publisher of the example's campaign."""
    world, server, clock = World(), Server(), wall_clock()
    world.observe(resources.TARGET_SETS, declared(TARGET_SET))
    world.observe(resources.CAMPAIGNS, declared(CAMPAIGN))
    aims = Aims(world)
    scheduler: Scheduler[CampaignKey] = Scheduler(clock, lambda _: None)
    made = Publisher(
        api=server,  # type: ignore[arg-type]
        world=world,
        aims=aims,
        reports=reports,
        campaigns=Campaigns(aims, reports, lambda _: "", observing=False),
        scheduler=scheduler,
        clock=clock,
        lease=SimpleNamespace(valid=True),  # type: ignore[arg-type]
        troubles=Troubles(),
    )
    return made, server


def test_no_status_is_written_before_every_target_was_looked_at() -> None:
    """A process that has just started says nothing of targets that it does not know yet."""
    reports: dict[TargetKey, Report] = {}
    made, server = publisher(reports)
    looked_at = Report(Decision(reasons.TARGET_MISSING), None, None)
    reports[TargetKey("tv", "Deployment", "mol-api")] = looked_at
    assert asyncio.run(made.publish(MOL)) == publish.LOOK_AGAIN
    assert not server.statuses
    reports[TargetKey("tv", "StatefulSet", "mol-chat")] = looked_at
    assert asyncio.run(made.publish(MOL)) is None
    assert len(server.statuses) == 1


def test_a_target_that_nobody_can_look_at_does_not_silence_its_campaign(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a while the status is written with what is known."""
    monkeypatch.setattr(publish, "LONGEST_WAIT", 0.0)
    made, server = publisher({})
    assert asyncio.run(made.publish(MOL)) is None
    assert len(server.statuses) == 1
