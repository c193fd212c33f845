"""A namespace of OnAir's is deleted, then OnAir: the road of docs/getting-everything-back.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cluster.cluster import HelmError
from tests.node import witness
from tests.node.evening import RAISED, assert_given_back, is_raised, open_evening

if TYPE_CHECKING:
    from tests.node.stage import Stage

pytestmark = [pytest.mark.node, pytest.mark.long]


def test_on_air(stage: Stage) -> None:
    """The refused uninstall lowers nothing; without that namespace the next gives all back."""
    gone = install_with_another(stage)
    open_evening(stage)
    stage.wait("everything is raised", lambda: is_raised(stage))
    delete_and_be_refused(stage, gone)
    with pytest.raises(HelmError, match=f'namespaces "{gone}" not found'):
        stage.roll_back(1, "--force-conflicts")
    assert witness.since(RAISED, witness.limits(stage, "mol-api")) == {RAISED}
    stage.upgrade()
    assert witness.since(RAISED, witness.limits(stage, "mol-api")) == {RAISED}
    stage.uninstall("--wait")
    assert_given_back(stage)


def test_observing(stage: Stage) -> None:
    """A rollback with its Job fails and bars the way to an upgrade; one without it opens it."""
    gone = install_with_another(stage, "mode=observe")
    delete_and_be_refused(stage, gone)
    with pytest.raises(HelmError, match="may not exist"):
        stage.roll_back(1, "--force-conflicts")
    with pytest.raises(HelmError, match="another operation"):
        stage.upgrade("mode=observe")
    with pytest.raises(HelmError, match=f'namespaces "{gone}" not found'):
        stage.roll_back(1, "--force-conflicts", "--no-hooks")
    stage.upgrade("mode=observe")
    stage.uninstall("--wait")
    assert stage.pods() == []


def install_with_another(stage: Stage, *values: str) -> str:
    """Install the chart for one more namespace beside that of the workloads; returns its name."""
    another = f"{stage.namespace}-gone"
    stage.plane.kubectl("create", "namespace", another)
    stage.install(f"namespaces={{{stage.namespace},{another}}}", *values)
    return another


def delete_and_be_refused(stage: Stage, gone: str) -> None:
    """Delete a namespace of OnAir's; an uninstall then fails, and names it."""
    stage.plane.kubectl("delete", "namespace", gone)
    with pytest.raises(HelmError, match=f"in namespace {gone}; the namespace may not exist"):
        stage.uninstall("--wait")
