"""The usual load of workloads in a cluster: what a command knows of it, and what nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onair.cli.lookup import Cluster
from onair.cluster import resources
from onair.world import World
from tests.unit.worlds import API, CHAT, damage_entry, example, mark_hpa, run

if TYPE_CHECKING:
    from onair.cluster.resources import Resource


def test_what_runs_is_usual() -> None:
    """Of a workload without a floor it is what runs, or the minimum of its HPA."""
    world = example()
    run(world, resources.DEPLOYMENTS, "mol-api", 3)
    assert Cluster(world).usual([API, CHAT]) == {API: 4, CHAT: 2}


def test_what_is_not_there() -> None:
    """Of a workload that is not there, nobody knows a usual load."""
    assert Cluster(World()).usual([API]) == {}


def test_a_damaged_entry() -> None:
    """What runs may be a floor of ours, so nobody knows: that is not a usual load of 0."""
    world = example()
    damage_entry(world)
    assert Cluster(world).usual([API, CHAT]) == {CHAT: 2}


def test_marks_without_an_entry() -> None:
    """An HPA that we raised, and of which nobody recorded what it was, says nothing."""
    world = example()
    mark_hpa(world, 111, 139)
    assert Cluster(world).usual([API, CHAT]) == {CHAT: 2}


@pytest.mark.parametrize(
    ("unseen", "known"),
    [
        pytest.param(resources.REVISIONS, {API: 4}, id="the ledger"),
        pytest.param(resources.HPAS, {API: 4}, id="other HPAs"),
        pytest.param(resources.TARGET_SETS, {API: 4, CHAT: 2}, id="what says nothing of floors"),
    ],
)
def test_what_may_not_be_read(unseen: Resource, known: dict[object, int]) -> None:
    """Without HPA only the ledger tells a floor of ours from what runs otherwise."""
    assert Cluster(example(), ("no right",), frozenset({unseen})).usual([API, CHAT]) == known
