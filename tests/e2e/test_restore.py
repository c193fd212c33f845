"""`onair restore` gives everything back without the operator, without the CRDs, without both."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from onair.targets.registry import STEERINGS
from tests.cluster.control_plane import ControlPlane
from tests.e2e.commands import onair
from tests.e2e.crds import CRDS, install_crds
from tests.e2e.every_kind import OWNED, RAISED, STEERED, numbers, raise_all
from tests.e2e.manifests import deployment, hpa
from tests.e2e.operators import restore
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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


@pytest.mark.fault_row(22)
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


@pytest.mark.fault_row(21)
def test_crds_gone(crdless: Tenant) -> None:
    """Without the CRDs an operator lowers nothing; once it is stopped everything is restored."""
    raise_all(crdless).stop()
    delete_crds(crdless)
    operator = crdless.start_operator()
    crdless.wait("it misses the CRDs", lambda: "are the CRDs there?" in operator.said())
    assert numbers(crdless) == RAISED
    operator.stop()
    assert_restores(crdless)


@pytest.mark.fault_row(21)
def test_crds_deleted_under_an_operator(crdless: Tenant) -> None:
    """Deleting the CRDs on air cuts nobody: it is said, floors stay up, and can be restored."""
    operator = raise_all(crdless)
    delete_crds(crdless)
    gone = "this cluster serves no campaigns"
    deadline = time.monotonic() + 60
    while gone not in operator.said():
        assert time.monotonic() < deadline, operator.said()
        time.sleep(0.1)
    assert operator.stop() == 0
    assert "Traceback" not in operator.said()
    assert numbers(crdless) == RAISED
    assert_restores(crdless)


def test_operator_and_crds_gone(crdless: Tenant) -> None:
    """After an operator's sudden end the CRDs are not needed to restore every number."""
    operator = raise_all(crdless)
    operator.kill()
    delete_crds(crdless)
    assert_restores(crdless)


def test_what_is_held_without_the_crds(crdless: Tenant) -> None:
    """`onair holds` shows every number that `onair restore` would bring back, and leaves it."""
    raise_all(crdless).kill()
    delete_crds(crdless)
    where = (f"--namespace={crdless.namespace}", f"--lease-namespace={crdless.namespace}")
    done = onair(crdless.cluster.kubeconfig, "holds", *where, "-o", "json")
    assert done.returncode == 0, done.stderr
    held = {hold["name"]: hold["baseline"] for hold in json.loads(done.stdout)["holds"]}
    assert held == {name: limits(owned) for name, owned in OWNED.items()}
    stopped = onair(crdless.cluster.kubeconfig, "stop", "show", *where)
    assert (stopped.returncode, stopped.stdout) == (1, "")
    assert "this cluster serves no campaigns; are the CRDs there?" in stopped.stderr
    assert numbers(crdless) == RAISED


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


def limits(owned: object) -> dict[str, object]:
    """Return what an owner had as `onair holds` says it."""
    minimum, maximum = owned if isinstance(owned, tuple) else (owned, None)
    return {"minimum": minimum, "maximum": maximum}


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
