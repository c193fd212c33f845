"""`onair restore` gives everything back without the operator, without the CRDs, without both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from onair.targets.registry import STEERINGS
from tests.cluster.control_plane import ControlPlane
from tests.e2e.crds import CRDS, install_crds
from tests.e2e.manifests import airtime, campaign, deployment, hpa, stateful_set, target
from tests.e2e.operators import restore
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.operators import OperatorProcess

SHOW = airtime("2027-01-09T19:00:00Z", "4h")
BEFORE = "2027-01-09T18:52:00Z"
COOL_DOWN = {"hold": "4h"}
STEERED = {"HorizontalPodAutoscaler": "api", "Deployment": "web", "StatefulSet": "chat"}
"""The target of these tests that is steered through an object of each kind."""
OWNED = {"api": (4, 28), "web": 3, "chat": 2}
RAISED = {"api": (24, 30), "web": 24, "chat": 24}


@pytest.fixture(scope="module")
def own_plane() -> Iterator[ControlPlane]:
    """A control plane whose CRDs are this module's to delete."""
    with ControlPlane.start(metrics=False) as plane:
        yield plane


@pytest.fixture
def crdless(own_plane: ControlPlane, tmp_path: Path) -> Iterator[Tenant]:
    """A namespace in a cluster whose CRDs may be deleted."""
    install_crds(own_plane)
    tenant = Tenant(own_plane, f"e2e-{uuid4().hex[:8]}", tmp_path)
    try:
        yield tenant
    finally:
        tenant.close()
        delete_crds(tenant)


def test_every_kind_is_restored_here() -> None:
    """A new way of steering gets its target in these tests."""
    assert STEERED.keys() == STEERINGS.keys()
    assert set(STEERED.values()) == OWNED.keys() == RAISED.keys()


def test_operator_gone(tenant: Tenant) -> None:
    """After an operator's sudden end every number is restored, the ledger empty, and it is said."""
    operator = raise_all(tenant)
    wait_for_status(tenant)
    operator.kill()
    assert_restores(tenant)
    status = tenant.get("Campaign", "show")["status"]
    assert (status["phase"], status["ready"], status["targets"]) == ("Unknown", "-", [])
    assert status["summary"].startswith("not looked after since ")
    assert condition(tenant, "Ready") == ("Unknown", "NoOperator")
    assert condition(tenant, "Restored") == ("True", "Restored")


def test_crds_gone(crdless: Tenant) -> None:
    """Without the CRDs an operator lowers nothing; once it is stopped everything is restored."""
    raise_all(crdless).stop()
    delete_crds(crdless)
    operator = crdless.start_operator()
    crdless.wait("it misses the CRDs", lambda: "are the CRDs there?" in operator.said())
    assert numbers(crdless) == RAISED
    operator.stop()
    assert_restores(crdless)


def test_crds_deleted_under_an_operator(crdless: Tenant) -> None:
    """Deleting the CRDs on air cuts nobody: the floors keep their hold, and can be restored."""
    operator = raise_all(crdless)
    delete_crds(crdless)
    crdless.wait("the operator ends", lambda: not operator.running)
    assert numbers(crdless) == RAISED
    assert_restores(crdless)


def test_operator_and_crds_gone(crdless: Tenant) -> None:
    """After an operator's sudden end the CRDs are not needed to restore every number."""
    operator = raise_all(crdless)
    operator.kill()
    delete_crds(crdless)
    assert_restores(crdless)


def test_refused_while_an_operator_runs(tenant: Tenant) -> None:
    """It says who runs and what to do, ends with 1, and leaves every floor in place."""
    operator = raise_all(tenant)
    before = tenant.writes("horizontalpodautoscalers")
    done = tenant.restore()
    assert done.returncode == 1
    assert "e2e is running" in done.stderr
    assert "stop the operator first" in done.stderr
    assert operator.running
    assert numbers(tenant) == RAISED
    assert tenant.writes("horizontalpodautoscalers") == before
    assert len(tenant.ledger()) == len(RAISED)


def test_repeated(tenant: Tenant) -> None:
    """Where there is nothing to restore it ends with 0 and writes nothing to any workload."""
    tenant.create(deployment("api", 4), hpa("api", 4, 28))
    done = tenant.restore()
    assert (done.returncode, done.stderr) == (0, "")
    assert not tenant.writes("horizontalpodautoscalers")


def test_one_namespace_that_cannot_be_read(tenant: Tenant) -> None:
    """The others are given back, and an operator finds what their usual load was."""
    operator = raise_all(tenant)
    wait_for_status(tenant)
    before = tenant.ledger()
    operator.stop()
    done = tenant.restore(f"--namespaces={tenant.namespace},elsewhere")
    assert done.returncode == 1
    unread, error = done.stderr.splitlines()
    assert unread.startswith("elsewhere: OnAir has no right to list controllerrevisions.apps in ")
    assert error == "Error: not everything is back; run `onair restore` again later"
    assert numbers(tenant) == OWNED
    assert [e["data"] for e in tenant.ledger()] == [e["data"] for e in before]
    assert "not looked after" not in tenant.get("Campaign", "show")["status"]["summary"]
    tenant.start_operator()
    tenant.wait("everything is raised again", lambda: numbers(tenant) == RAISED)
    assert [e["data"] for e in tenant.ledger()] == [e["data"] for e in before]


def test_no_namespace_for_the_lease(tenant: Tenant) -> None:
    """Where the operator's namespace is gone, the message says how to do without it."""
    gone = f"{tenant.namespace}-gone"
    done = restore(tenant.cluster.kubeconfig, tenant.namespace, f"--lease-namespace={gone}")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f'Error: namespaces "{gone}" not found; name a namespace that exists with --lease-namespace'
    )


def raise_all(tenant: Tenant) -> OperatorProcess:
    """Start an operator and wait until it has raised an HPA, a Deployment and a StatefulSet."""
    tenant.create(deployment("api", 4), hpa("api", 4, 28))
    tenant.create(deployment("web", 3), stateful_set("chat", 2))
    targets = [target(name, replicas=24) for name in ("api", "web")]
    targets.append(target("chat", kind="StatefulSet", replicas=24))
    spec: dict[str, Any] = {"targets": targets, "warmUp": {"lead": "3m"}, "coolDown": COOL_DOWN}
    tenant.create(campaign("show", SHOW, **spec))
    assert numbers(tenant) == OWNED
    tenant.set_calendar(BEFORE)
    operator = tenant.start_operator()
    tenant.wait("everything is raised", lambda: numbers(tenant) == RAISED)
    return operator


def delete_crds(tenant: Tenant) -> None:
    """Delete both CRDs, and with them every campaign and target set of the cluster."""
    tenant.cluster.kubectl("delete", "--ignore-not-found", "--filename", str(CRDS))


def assert_restores(tenant: Tenant) -> None:
    """Check that one run of `onair restore` brings back every number and leaves no entry behind."""
    done = tenant.restore()
    assert done.returncode == 0, done.stderr
    assert numbers(tenant) == OWNED
    assert_no_trace(tenant)
    assert not tenant.ledger()
    assert len(done.stdout.splitlines()) == len(OWNED)


def wait_for_status(tenant: Tenant) -> None:
    """Wait until the show says that its targets are held."""
    held = ("False", "Holding")
    tenant.wait("its status says so", lambda: condition(tenant, "Restored") == held)


def condition(tenant: Tenant, kind: str) -> tuple[str | None, str | None]:
    """Return status and reason of a condition of the show."""
    found = tenant.condition("show", kind)
    return found.get("status"), found.get("reason")


def assert_no_trace(tenant: Tenant) -> None:
    """Check that the HPA has neither an annotation of ours nor a field that belongs to us."""
    metadata = tenant.get("HorizontalPodAutoscaler", "api")["metadata"]
    assert not [key for key in metadata.get("annotations") or {} if key.startswith("onair.dev/")]
    assert "onair" not in {entry["manager"] for entry in metadata["managedFields"]}


def numbers(tenant: Tenant) -> dict[str, object]:
    """Return the HPA's limits and the other workloads' replicas."""
    return {
        "api": tenant.limits("api"),
        "web": tenant.replicas("web")[0],
        "chat": tenant.replicas("chat", "StatefulSet")[0],
    }
