"""What the status of a campaign is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from onair.aims import Aims
from onair.campaigns import Campaigns
from onair.cluster import resources
from onair.gather import Gatherer, Reassertion
from onair.model import reasons
from onair.plan.decide import decide
from onair.plan.status import build
from onair.plans import Plans
from onair.reports import Report
from onair.usual import History
from tests.unit.plan.example import TARGET_SET, at
from tests.unit.plan.imagined import held, on_air
from tests.unit.worlds import API, CHAT, NAME, announce, damage_entry, example, mark_hpa, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.plan.observed import TargetKey
    from onair.plan.status import CampaignView, TargetView
    from onair.world import World


class Looks:
    """A world and a report of each of its targets at a time of day."""

    def __init__(self, clock: str, **campaign: object) -> None:
        self.now = at(clock)
        self.world = example(**campaign)
        self.aims = Aims(self.world)
        self.reports: dict[TargetKey, Report] = {}
        self.unread = ""
        self.observing = False

    def look(self) -> None:
        """Look at both targets."""
        plans = Plans(self.world, self.aims, History(), 500)
        gatherer = Gatherer(self.world, self.aims, plans, observes=self.observing)
        for key in (API, CHAT):
            reassertion = Reassertion(allowed=True, echo=timedelta(0))
            situation = gatherer.situation(key, self.now, None, reassertion)
            self.reports[key] = Report(decide(situation), situation, plans.of(key, self.now))

    def view(self, name: str = "wie-is-de-mol") -> CampaignView:
        """Return the view of a campaign."""
        campaign = self.world.campaign("tv", name)
        assert campaign is not None
        views = Campaigns(self.aims, self.reports, lambda _: self.unread, observing=self.observing)
        return views.view(campaign, self.now)

    def target(self, name: str = "api") -> TargetView:
        """Return the view of one of its targets."""
        return next(target for target in self.view().targets if target.name == name)


def test_the_next_airings_are_shown() -> None:
    """Five of them, each with its warm-up, its moments and what they take together."""
    looks = Looks("12:00")
    looks.look()
    upcoming = looks.view().upcoming
    assert len(upcoming) == 5
    assert upcoming[0].warm_up == at("19:05")
    assert upcoming[0].moments == ((at("19:15"), 32 + 12), (at("20:36"), 111 + 12))
    assert upcoming[0].peak == 123
    assert looks.view().counts == "9 airings: 10 less 1 excluded"


def test_a_target_is_shown_with_its_arithmetic() -> None:
    """Whoever pays for replicas can see where they come from."""
    looks = Looks("20:30")
    looks.look()
    target = looks.target()
    assert (target.due, target.ready) == (111, 4)
    assert target.steered_by == "HorizontalPodAutoscaler/mol-api"
    assert target.why is not None
    assert target.why.endswith("rounded up to 111")


def test_a_target_that_nobody_looked_at_is_shown_empty() -> None:
    """Nothing is claimed of it."""
    target = Looks("20:30").target()
    assert (target.due, target.ready, target.reason, target.why) == (0, 0, "", None)


def test_others_that_need_it_at_the_same_time_are_named() -> None:
    """Two campaigns on one target know of each other."""
    looks = Looks("20:30")
    announce(looks.world, "another")
    looks.look()
    assert looks.target().overlapping == ("tv/another",)


def test_a_limit_that_will_bite_is_said_ahead() -> None:
    """Long before air there is time to raise it."""
    target = {"name": "api", "scaleTargetRef": {"name": "mol-api"}, "perReplica": "50"}
    looks = Looks("12:00", targetSets=None, targets=[target | {"maxReplicas": 80}])
    looks.look()
    limited = looks.target().limited
    assert limited is not None
    assert limited[0] == reasons.LIMITED_BY_MAX_REPLICAS
    assert f"by maxReplicas of {NAME}" in limited[1]


@pytest.mark.parametrize(
    ("campaign", "field"),
    [
        pytest.param({"suspend": True}, "suspended", id="suspended"),
        pytest.param({"timeZone": "Europe/Hilversum"}, "invalid", id="invalid"),
    ],
)
def test_nothing_is_planned_for(campaign: dict[str, object], field: str) -> None:
    """A campaign that is suspended or cannot be planned has no airings to show, and says so."""
    looks = Looks("12:00", **campaign)
    looks.look()
    assert getattr(looks.view(), field)
    assert looks.view().upcoming == ()


def test_a_hold_of_a_target_that_is_not_aimed_at_any_more_is_shown() -> None:
    """Until it is given back a campaign answers for what was raised for it."""
    looks = Looks("20:30", targetSets=None, targets=TARGET_SET["targets"][1:])
    looks.look()
    entry = on_air().ledger[-1]
    entry = replace(entry, notes=replace(entry.notes, campaigns=((NAME, held()),)))
    situation = looks.reports[API].situation
    assert situation is not None
    looks.reports[API] = replace(looks.reports[API], situation=replace(situation, entry=entry))
    assert looks.target("mol-api").held
    assert looks.target("mol-api").baseline == "min 4, max 20"
    assert not looks.target("chat").held


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda world: mark_hpa(world, 111, 139), id="the entry is gone"),
        pytest.param(damage_entry, id="the entry is damaged"),
    ],
)
def test_a_hold_whose_entry_is_lost_is_not_called_well(damage: Callable[[World], None]) -> None:
    """On air, with every replica there, neither Ready nor Restored is True, and both say why."""
    looks = Looks("20:36")
    damage(looks.world)
    run(looks.world, resources.DEPLOYMENTS, API.name, 111)
    looks.look()
    target = looks.target()
    assert (target.due, target.ready, target.reason) == (111, 111, reasons.LEDGER_DAMAGED)
    conditions = build(looks.view(), {}, looks.now)["conditions"]
    said = {c["type"]: (c["status"], c["reason"], c["message"]) for c in conditions}
    assert said["Ready"][:2] == ("False", reasons.LEDGER_DAMAGED)
    assert said["Restored"][:2] == ("Unknown", reasons.LEDGER_DAMAGED)
    assert "ledger entry" in said["Ready"][2]
    assert "mol-api" in said["Restored"][2]


def test_what_this_process_may_not_do_is_passed_on() -> None:
    """Mode and missing rights are what conditions are about."""
    looks = Looks("12:00")
    looks.observing, looks.unread = True, "no right"
    assert (looks.view().observing, looks.view().unread) == (True, "no right")


def test_far_ahead_is_not_over() -> None:
    """A campaign beyond what is shown is still to come."""
    airtime = {"name": "final", "start": "2029-01-06T20:30:00", "duration": "1h"}
    looks = Looks("12:00", airtimes=[airtime])
    looks.look()
    assert (looks.view().upcoming, looks.view().later) == ((), True)
