"""What a preview shows is what the operator does: one plan, from manifests and from a world."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onair.aims import Aims
from onair.cluster import resources
from onair.model.campaigns import CampaignSpec
from onair.model.targets import TargetSetSpec
from onair.plan.aims import Named
from onair.plan.observed import TargetKey
from onair.plans import Plans
from onair.preview.announced import announce
from onair.preview.plans import preview
from onair.preview.windows import Window
from onair.usual import History
from tests.unit.plan.example import at
from tests.unit.preview.announcing import TARGET_SETS, inline
from tests.unit.worlds import API, CHAT, body, example
from tests.unit.worlds import announce as apply

if TYPE_CHECKING:
    from datetime import datetime

    from onair.world import World

OTHER: dict[str, Any] = {
    "airtimes": [{"name": "quiz", "start": "2027-01-09T21:00:00", "duration": "30m"}],
    "load": {"shape": "TVSpot", "requestsPerSecond": "900"},
}


@pytest.mark.parametrize(
    "campaigns",
    [
        pytest.param([{}], id="the example"),
        pytest.param([{}, OTHER], id="two that overlap"),
        pytest.param([{}, OTHER | {"suspend": True}], id="one of them suspended"),
        pytest.param([{"targetSets": [{"name": "small"}]}], id="limited by a target set"),
        pytest.param([{"targetSets": None, "targets": inline(40)}, OTHER], id="one limited alone"),
        pytest.param(
            [{"load": {"shape": "Episode", "multiplier": "9"}}, OTHER], id="beside a multiple"
        ),
    ],
)
@pytest.mark.parametrize("key", [API, CHAT], ids=["api", "chat"])
@pytest.mark.parametrize("clock", ["12:00", "20:40"], ids=["before", "on air"])
def test_the_operator_plans_the_same(
    campaigns: list[dict[str, Any]],
    key: TargetKey,
    clock: str,
) -> None:
    """The steps are those of the operator's own plan, for as long as that is good."""
    world = example(**campaigns[0])
    world.observe(resources.TARGET_SETS, body("small", TARGET_SETS["small"]))
    for number, campaign in enumerate(campaigns[1:]):
        apply(world, f"other-{number}", **campaign)
    planned = Plans(world, Aims(world), History(), 500).of(key, at(clock))
    window = Window(at(clock), planned.until)
    shown = _preview(world, window, {key: planned.usual}).get(key, [])
    operators = [(step.at, step.floor) for step in planned.timeline.steps]
    assert shown[bool(shown and shown[0][0] == window.after) :] == [
        (when, floor) for when, floor in operators if window.after < when < window.before
    ]
    for minute in range(0, 600, 7):
        instant = window.after + timedelta(minutes=minute)
        if instant < window.before:
            floors = [floor for when, floor in shown if when <= instant]
            assert (floors or [0])[-1] == planned.timeline.at(instant).floor


def _preview(
    world: World, window: Window, usual: dict[TargetKey, int]
) -> dict[TargetKey, list[tuple[datetime, int]]]:
    """Return the steps of every target, as seen by somebody who has only the manifests."""
    campaigns = {
        Named(each.namespace, each.name): each.spec
        for each in world.campaigns()
        if isinstance(each.spec, CampaignSpec)
    }
    announced, refused = announce(campaigns, lambda _namespace, name: _target_set(world, name))
    assert not refused
    plan = preview(announced, usual, 500, window)
    return {
        TargetKey(target.namespace, target.kind, target.name): [
            (s.at, s.floor) for s in target.steps
        ]
        for target in plan.targets
    }


def _target_set(world: World, name: str) -> TargetSetSpec | None:
    found = world.target_set("tv", name)
    return found.spec if found and isinstance(found.spec, TargetSetSpec) else None
