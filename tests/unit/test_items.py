"""One object that brings a defect to light never keeps the others from being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onair import items
from onair.cluster import resources
from onair.model import reasons
from onair.model.errors import InvalidManifest
from onair.plan.ledger import DamagedEntryError
from onair.plan.observed import TargetKey, Workload
from onair.world import World
from tests.unit.model.manifests import CAMPAIGN

if TYPE_CHECKING:
    from onair.model.campaigns import CampaignSpec

BODY = CAMPAIGN | {"metadata": {"namespace": "tv", "name": "show", "uid": "u", "generation": 1}}


def test_defect(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A campaign on which the calendar fails is invalid, says so, and is in the log."""

    def fail(_spec: CampaignSpec) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(items, "check", fail)
    declared = items.read(resources.CAMPAIGNS, BODY, None)
    assert isinstance(declared, items.Declared)
    assert isinstance(declared.spec, InvalidManifest)
    assert declared.spec.reason == reasons.DEFECT
    assert "operator's log" in declared.spec.message
    assert "tv/show" in caplog.text
    assert "list index out of range" in caplog.text


@pytest.mark.parametrize(
    ("resource", "spec", "target"),
    [
        pytest.param(
            resources.HPAS,
            {"maxReplicas": "many", "scaleTargetRef": {"kind": "Deployment", "name": "app"}},
            TargetKey("tv", "Deployment", "app"),
            id="an HPA",
        ),
        pytest.param(resources.HPAS, {"maxReplicas": 5}, None, id="an HPA of nothing"),
        pytest.param(
            resources.WORKLOADS["Deployment"],
            {"replicas": "many"},
            TargetKey("tv", "Deployment", "odd"),
            id="a workload",
        ),
    ],
)
def test_an_object_that_cannot_be_read(
    resource: resources.Resource,
    spec: items.Body,
    target: TargetKey | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It stops its own target, is said once, and keeps neither list nor watch from the others."""
    world = World()
    odd, whole = body("odd", spec), body("whole", WHOLE)
    for _ in range(2):
        world.replace(resource, "tv", [odd, whole], 7)
        world.observe(resource, odd)
    item = world.item(resource, "tv", "odd")
    assert isinstance(item, items.Recorded)
    assert isinstance(item.entry, DamagedEntryError)
    assert item.target == target
    assert "set right what is odd about it" in str(item.entry)
    assert isinstance(world.item(resource, "tv", "whole"), items.Steered | Workload)
    assert [r.message.partition(";")[0] for r in caplog.records] == [
        f"{resource.kind} tv/odd cannot be read"
    ]


def test_an_object_that_can_be_read_again() -> None:
    """Whoever puts it right has the target back."""
    world = World()
    world.observe(resources.HPAS, body("app", WHOLE | {"maxReplicas": "many"}))
    key = TargetKey("tv", "Deployment", "app")
    assert isinstance(world.entry(key), DamagedEntryError)
    right = body("app", WHOLE)
    right["metadata"]["resourceVersion"] = "6"
    world.observe(resources.HPAS, right)
    assert world.entry(key) is None
    assert [autoscaler.id.name for autoscaler in world.autoscalers(key)] == ["app"]


WHOLE = {"maxReplicas": 5, "scaleTargetRef": {"kind": "Deployment", "name": "app"}}


def body(name: str, spec: items.Body) -> items.Body:
    """Return an HPA or a workload."""
    metadata = {"namespace": "tv", "name": name, "uid": "u", "resourceVersion": "5"}
    return {"metadata": metadata, "spec": spec}
