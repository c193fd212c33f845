"""An evening of the example with the operator as a pod of its chart, from install to uninstall."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.node import witness
from tests.node.evening import SHOW, assert_given_back, assert_held, is_raised, open_evening

if TYPE_CHECKING:
    from pathlib import Path

    from tests.node.stage import Stage

pytestmark = pytest.mark.node

READY_WITHIN = 20.0
KINDS = (
    "deployments,jobs,leases,networkpolicies,poddisruptionbudgets,"
    "rolebindings,roles,secrets,services"
)
"""What the chart and the operator make in the release's namespace, pods aside."""


def test_evening(stage: Stage, tmp_path: Path) -> None:
    """Installed, on air, a pod deleted, uninstalled on air: the floor holds, then all is back.

    Of OnAir itself the campaigns stay, and the Lease, which the operator made.
    """
    began = time.monotonic()
    stage.install()
    assert time.monotonic() - began <= READY_WITHIN

    open_evening(stage)
    stage.wait("everything is raised", lambda: is_raised(stage))
    stage.wait("its status says so", lambda: stage.says(SHOW, "Ready", "True"))

    first, both = stage.leader(), stage.names()
    assert stage.is_complete()
    stage.plane.kubectl("delete", "pod", first, f"--namespace={stage.system}")
    assert stage.wait("the standby leads", stage.leader) in both - {first}
    stage.wait("another pod stands by", stage.is_complete)
    assert_held(stage)

    with witness.hook_codes(stage, tmp_path) as codes:
        stage.uninstall("--wait")
        stage.wait("the hook's end is seen", codes)
    assert codes() == [0]
    assert_given_back(stage)
    assert stage.get("campaign", SHOW)["spec"]["suspend"] is False
    assert stage.pods() == []
    left = stage.plane.kubectl("get", KINDS, f"--namespace={stage.system}", "--output=name")
    assert left == "lease.coordination.k8s.io/onair\n"


@pytest.mark.long
def test_cluster_wide(stage: Stage) -> None:
    """With rights in every namespace it raises and gives back in the same way."""
    stage.install("namespaces=null", "clusterWide=true")
    open_evening(stage)
    stage.wait("everything is raised", lambda: is_raised(stage))
    stage.uninstall("--wait")
    assert_given_back(stage)


@pytest.mark.long
def test_upgraded_on_air(stage: Stage) -> None:
    """An upgrade of OnAir itself on air replaces its pods and nothing else: the floor holds."""
    stage.install()
    open_evening(stage)
    stage.wait("everything is raised", lambda: is_raised(stage))
    before = stage.names()
    stage.upgrade("maxReplicasPerTarget=400")
    stage.wait("the old pods are gone", stage.is_complete)
    assert stage.names().isdisjoint(before)
    assert_held(stage)
