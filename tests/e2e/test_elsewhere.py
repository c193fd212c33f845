"""The end-to-end tests run in somebody else's cluster and leave it as they found it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.cluster.control_plane import ControlPlane
from tests.e2e.crds import install_crds
from tests.e2e.elsewhere import AUDIT_LOG, KUBECONFIG, Elsewhere, ElsewhereError
from tests.e2e.manifests import deployment
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = "nodes,namespaces,customresourcedefinitions,clusterrolebindings"


class NodesStay(Elsewhere):
    """A cluster that refuses to delete nodes."""

    def _delete(self, *what: str) -> None:
        if what[0] == "nodes":
            raise ElsewhereError("the nodes stay")
        super()._delete(*what)


@pytest.fixture(scope="module")
def theirs() -> Iterator[ControlPlane]:
    """A cluster without nodes, which stands for somebody else's."""
    with ControlPlane.start(metrics=False) as plane:
        plane.kubectl("delete", "nodes", "--all")
        yield plane


def names(plane: ControlPlane) -> set[str]:
    """Return what the cluster has of everything that the tests make, their namespaces aside."""
    items = json.loads(plane.kubectl("get", KINDS, "--output=json"))["items"]
    found = {f"{item['kind']}/{item['metadata']['name']}" for item in items}
    return {name for name in found if not name.startswith("Namespace/e2e-")}


def test_used_and_left(theirs: ControlPlane, tmp_path: Path) -> None:
    """Pods get ready there under an operator's namespace, and nothing of ours stays."""
    before = names(theirs)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with Elsewhere(theirs.kubeconfig, theirs.audit_log).use(folder) as cluster:
        tenant = Tenant(cluster, f"e2e-{uuid4().hex[:8]}", tmp_path)
        tenant.create(deployment("app", 3))
        tenant.wait("its pods are ready", lambda: tenant.replicas("app") == (3, 3))
        (created,) = [r for r in tenant.audit() if (r.verb, r.name) == ("create", "app")]
        assert created.user == "system:serviceaccount:onair-e2e:admin"
        tenant.close()
    assert names(theirs) == before


def test_audit_log_of_another_cluster(theirs: ControlPlane, tmp_path: Path) -> None:
    """A file that does not show what the cluster is asked is refused by its name."""
    before = names(theirs)
    other = tmp_path / "other.log"
    other.touch()
    elsewhere = Elsewhere(theirs.kubeconfig, other)
    with pytest.raises(ElsewhereError, match=r"other\.log does not show"), elsewhere.use(tmp_path):
        pass
    assert names(theirs) == before


def test_refused_where_a_name_is_taken(theirs: ControlPlane, tmp_path: Path) -> None:
    """A namespace of the tests' own name is somebody else's, and stays."""
    theirs.kubectl("create", "namespace", "onair-e2e")
    before = names(theirs)
    elsewhere = Elsewhere(theirs.kubeconfig, theirs.audit_log)
    with (
        pytest.raises(ElsewhereError, match="has namespace/onair-e2e already"),
        elsewhere.use(tmp_path),
    ):
        pass
    assert names(theirs) == before
    theirs.kubectl("delete", "namespace", "onair-e2e")


def test_one_deletion_that_fails_keeps_no_other(theirs: ControlPlane, tmp_path: Path) -> None:
    """What can be removed at the end is removed, though something cannot, which is then said."""
    before = names(theirs)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with (
        pytest.raises(ElsewhereError, match="the nodes stay"),
        NodesStay(theirs.kubeconfig, theirs.audit_log).use(folder),
    ):
        pass
    left = names(theirs) - before
    theirs.kubectl("delete", "nodes", "--all")
    assert left
    assert all(name.startswith("Node/") for name in left)


def test_refused_where_onair_is_used(theirs: ControlPlane, tmp_path: Path) -> None:
    """A cluster that has the CRDs is left alone: the tests would delete them."""
    install_crds(theirs)
    before = names(theirs)
    elsewhere = Elsewhere(theirs.kubeconfig, theirs.audit_log)
    with (
        pytest.raises(ElsewhereError, match=r"has \S*/campaigns\.onair\.dev, .* already"),
        elsewhere.use(tmp_path),
    ):
        pass
    assert names(theirs) == before


@pytest.mark.parametrize(
    ("kubeconfig", "audit_log", "want"),
    [
        pytest.param(
            "", "there", f"{KUBECONFIG} must name a file, not nothing", id="one is missing"
        ),
        pytest.param("there", "absent", f"{AUDIT_LOG} must name a file, not ", id="no such file"),
    ],
)
def test_half_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kubeconfig: str, audit_log: str, want: str
) -> None:
    """A cluster that is named only by half is refused with the variable's name."""
    (tmp_path / "there").touch()
    for variable, name in ((KUBECONFIG, kubeconfig), (AUDIT_LOG, audit_log)):
        monkeypatch.setenv(variable, str(tmp_path / name) if name else "")
    with pytest.raises(ElsewhereError, match=want):
        Elsewhere.named()


def test_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variables there is no other cluster."""
    for variable in (KUBECONFIG, AUDIT_LOG):
        monkeypatch.delenv(variable, raising=False)
    assert Elsewhere.named() is None
