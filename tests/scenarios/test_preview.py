"""What `onair plan` shows of every story is what the operator will do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.aims import Named
from onair.preview.announced import aimed, announce
from onair.preview.plans import preview
from onair.preview.windows import Window
from tests.scenarios.planner import MOST
from tests.scenarios.stories import stories

if TYPE_CHECKING:
    from onair.model.campaigns import CampaignSpec
    from onair.model.targets import TargetSetSpec
    from tests.scenarios.stories import Entry, Story

Body = dict[str, Any]


@pytest.mark.parametrize("story", [pytest.param(story, id=story.name) for story in stories()])
def test_as_told(story: Story) -> None:
    """Offline, from the manifests alone, the floors are those of the story."""
    for entry in story.timeline:
        expected = {workload: {replicas} for workload, replicas in entry.floors.items()}
        assert floors(story, entry) == expected, f"{entry.at}: {entry.because}"


def floors(story: Story, entry: Entry) -> dict[str, set[int]]:
    """Return the floors that a preview shows of each workload over an entry's stretch of time."""
    campaigns: dict[Named, CampaignSpec] = {}
    target_sets: dict[tuple[str, str], TargetSetSpec] = {}
    for body in story.manifests:
        space, name = body["metadata"]["namespace"], body["metadata"]["name"]
        if body["kind"] == "Campaign":
            campaigns[Named(space, name)] = parse_campaign(body)
        else:
            target_sets[space, name] = parse_target_set(body)
    announced, _ = announce(campaigns, lambda space, name: target_sets.get((space, name)))
    shown = {key: story.running.get(key.name, 1) for key in aimed(announced)}
    window = Window(entry.at, entry.until or entry.at + timedelta(seconds=1))
    plan = preview(announced, shown, MOST, window)
    found = {}
    for target in plan.targets:
        steps = {step.floor for step in target.steps}
        rests = bool(target.steps) and target.steps[0].at == window.after
        found[target.name] = steps if rests else {0, *steps}
    return {workload: found.get(workload, {0}) for workload in entry.floors}
