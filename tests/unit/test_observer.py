"""Which targets and campaigns a change concerns."""

from __future__ import annotations

from typing import Any

import pytest

from onair.aims import Aims
from onair.cluster import resources
from onair.observer import Observer
from onair.plan.observed import TargetKey
from onair.publish import CampaignKey
from onair.world import World
from tests.unit.plan.example import CAMPAIGN, TARGET_SET

API = TargetKey("tv", "Deployment", "mol-api")
CHAT = TargetKey("tv", "StatefulSet", "mol-chat")
MOL = CampaignKey("tv", "mol")


class Cluster:
    """A world with an observer; `touched` is what it touched since it was last asked."""

    def __init__(self) -> None:
        self.world = World()
        self._touched: list[object] = []
        aims = Aims(self.world)
        self.observer = Observer(self.world, aims, self._touched.append, self._touched.append)

    def touched(self) -> set[object]:
        """Return what was touched since the last call."""
        touched = set(self._touched)
        self._touched.clear()
        return touched


def declared(name: str, spec: dict[str, Any], version: int) -> dict[str, Any]:
    """Return a manifest as the API server has it, a generation for each version."""
    metadata = {"name": name, "namespace": "tv", "uid": name}
    return {
        "metadata": metadata | {"resourceVersion": str(version), "generation": version},
        "spec": spec,
    }


def hpa_of(workload: str, version: int) -> dict[str, Any]:
    """Return an HPA."""
    reference = {"kind": "Deployment", "name": workload}
    return {
        "metadata": {
            "name": workload,
            "namespace": "tv",
            "uid": workload,
            "resourceVersion": str(version),
        },
        "spec": {"maxReplicas": 9, "scaleTargetRef": reference},
    }


@pytest.fixture
def cluster() -> Cluster:
    """Return a cluster in which the example's campaign is known and was touched."""
    made = Cluster()
    see = made.observer.see
    see(resources.TARGET_SETS, declared("mol", TARGET_SET, 1), deleted=False)
    see(resources.CAMPAIGNS, declared("mol", CAMPAIGN, 1), deleted=False)
    assert made.touched() == {API, CHAT, MOL}
    return made


def test_an_edit_that_an_answer_of_ours_brought_first_is_touched_later(cluster: Cluster) -> None:
    """What came into the world past the watch is found when changes are asked for."""
    edited = declared("mol", CAMPAIGN | {"suspend": True}, 2)
    cluster.world.observe(resources.CAMPAIGNS, edited)
    cluster.observer.touch_changes("tv")
    assert cluster.touched() == {API, CHAT, MOL}


def test_an_edit_that_an_answer_of_ours_brought_first_is_touched_by_the_watch(
    cluster: Cluster,
) -> None:
    """The watch event of what is known already still touches what was not touched for it."""
    edited = declared("mol", CAMPAIGN | {"suspend": True}, 2)
    cluster.world.observe(resources.CAMPAIGNS, edited)
    cluster.observer.see(resources.CAMPAIGNS, edited, deleted=False)
    assert cluster.touched() == {API, CHAT, MOL}


def test_a_deletion_that_a_list_of_ours_found_is_touched(cluster: Cluster) -> None:
    """A campaign that is missing in an uncached list lets go of its targets at once."""
    cluster.world.replace(resources.CAMPAIGNS, "tv", [], 5)
    cluster.observer.touch_changes("tv")
    assert cluster.touched() == {API, CHAT, MOL}


def test_nothing_is_touched_twice_for_the_same_change(cluster: Cluster) -> None:
    """Asking for changes when there are none touches nothing."""
    cluster.observer.touch_changes("tv")
    assert not cluster.touched()


def test_a_new_title_touches_the_campaign_alone(cluster: Cluster) -> None:
    """Every generation is observed in the status; the targets are none of its business."""
    edited = declared("mol", CAMPAIGN | {"title": "De Mol"}, 2)
    cluster.observer.see(resources.CAMPAIGNS, edited, deleted=False)
    assert cluster.touched() == {MOL}


@pytest.mark.parametrize(
    ("workload", "touched"),
    [
        pytest.param("mol-api", {API}, id="a target's"),
        pytest.param("other", set(), id="nobody's"),
    ],
)
def test_hpas_of_strangers_are_nobodys_business(
    cluster: Cluster, workload: str, touched: set[TargetKey]
) -> None:
    """An HPA is looked at if it scales a target."""
    cluster.observer.see(resources.HPAS, hpa_of(workload, 3), deleted=False)
    assert cluster.touched() == touched


def test_the_last_campaign_of_a_namespace_is_missed(cluster: Cluster) -> None:
    """Looking at everything again finds what a list of ours no longer had."""
    cluster.world.replace(resources.CAMPAIGNS, "tv", [], 5)
    cluster.observer.touch_all()
    assert cluster.touched() == {API, CHAT, MOL}


def test_everything_is_touched_on_demand(cluster: Cluster) -> None:
    """Looking at everything again means every campaign and every target."""
    cluster.observer.touch_all()
    assert cluster.touched() == {API, CHAT, MOL}
