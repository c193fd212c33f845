"""What the status of a campaign is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.campaigns import Campaigns
from onair.cluster import resources
from onair.model import reasons
from onair.plan import timeline
from onair.plan.blocks import BLOCK
from onair.plan.status import build
from tests.unit.looks import Looks
from tests.unit.plan.example import CAMPAIGN, TARGET_SET, at
from tests.unit.plan.imagined import held, on_air
from tests.unit.worlds import (
    API,
    NAME,
    announce,
    damage_entry,
    mark_hpa,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.world import World


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


def test_a_block_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever drew more than can be planned exactly is told so, and what to do about it."""
    monkeypatch.setattr(timeline, "MOST", 0)
    looks = Looks("20:30")
    looks.look()
    why = looks.target().why
    assert why is not None
    assert why.startswith(f"{BLOCK}; ")
    assert why.endswith("rounded up to 111")


def test_a_moment_before_the_start_is_explained() -> None:
    """A crowd may come hours before its airing, and its arithmetic is that of this time."""
    points = [{"at": f"start-{ahead}", "level": "100%"} for ahead in ("3h", "1h")]
    looks = Looks("12:00", load={"shape": "Custom", "points": points, "requestsPerSecond": "1k"})
    looks.look()
    why = looks.target().why
    assert why is not None
    assert why.startswith("1,000 requests/s x 80 % x 1.3 / 50 per replica = 21")


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


def test_what_cools_down_is_said_to() -> None:
    """Beside a floor that is still in force nobody reads that nothing is needed."""
    looks = Looks("21:46", airtimes=[CAMPAIGN["airtimes"][0] | {"repeat": "FREQ=DAILY;COUNT=1"}])
    looks.look()
    target = looks.target()
    assert target.due > 0
    assert target.why == "no demand at that time: it cools down after an airing"


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
    looks.look()
    assert [target.name for target in looks.view().targets] == ["chat"]


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


def test_a_campaign_that_is_gone_is_forgotten() -> None:
    """What was worked out for it is not kept for ever."""
    looks = Looks("12:00")
    looks.look()
    views = Campaigns(looks.aims, looks.reports, lambda _: "", observing=False)
    campaign = looks.world.campaign("tv", "wie-is-de-mol")
    assert campaign is not None
    shown = views.view(campaign, looks.now).upcoming
    assert views.view(campaign, looks.now).upcoming is shown
    views.forget("tv", "wie-is-de-mol")
    assert views.view(campaign, looks.now).upcoming is not shown


def test_far_ahead_is_not_over() -> None:
    """A campaign beyond what is shown is still to come."""
    airtime = {"name": "final", "start": "2029-01-06T20:30:00", "duration": "1h"}
    looks = Looks("12:00", airtimes=[airtime])
    looks.look()
    assert (looks.view().upcoming, looks.view().later) == ((), True)
