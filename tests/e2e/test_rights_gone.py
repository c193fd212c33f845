"""All rights are taken on air, by accident or by an uninstall that gives nothing back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chart.rendering import rights
from tests.e2e.every_kind import OWNED, RAISED, numbers, raise_all
from tests.e2e.manifests import STOP_NOW, airtime, campaign, deployment, hpa, target
from tests.e2e.operators import restore
from tests.e2e.probes import Probes
from tests.e2e.tenant import ACCOUNT

if TYPE_CHECKING:
    from tests.e2e.tenant import Body, Tenant


KINDS = ("RoleBinding", "Role", "ServiceAccount")


def given(tenant: Tenant, *kinds: str) -> list[Body]:
    """Return what the chart gives the tenant's operator, of some kinds."""
    return [body for body in rights("enforce", tenant.namespace) if body["kind"] in kinds]


def take(tenant: Tenant, *kinds: str) -> None:
    """Delete it."""
    for body in given(tenant, *kinds):
        tenant.delete(body["kind"], body["metadata"]["name"])


@pytest.mark.fault_row(11)
def test_bindings_deleted_on_air(tenant: Tenant) -> None:
    """It says which right is missing, keeps what it knows, and is at work when they are back."""
    tenant.create(deployment("api", 4), hpa("api", 4, 28))
    targets = [target("api", replicas=24)]
    show = airtime("2027-01-09T19:00:00Z", "12h")
    tenant.create(campaign("show", show, targets=targets, warmUp={"lead": "3m"}))
    tenant.set_calendar("2027-01-09T18:59:00Z")
    probes = Probes()
    operator = tenant.start_operator(probes.option)
    tenant.wait("it is raised", lambda: tenant.limits("api") == (24, 30))
    before = tenant.ledger()
    take(tenant, "RoleBinding")
    tenant.wait("it says what is wrong", lambda: probes.readyz()[0] == 503)
    tenant.patch("HorizontalPodAutoscaler", "api", {"spec": {"minReplicas": 5}})
    tenant.wait("the right is named", lambda: "OnAir has no right to" in operator.said())
    assert tenant.limits("api") == (5, 30)
    assert tenant.ledger() == before

    tenant.create(*given(tenant, "RoleBinding"))
    tenant.wait("it is raised again", lambda: tenant.limits("api") == (24, 30))
    tenant.wait("it is at work", lambda: probes.readyz() == (200, "ok\n"))
    tenant.wait("it is Ready", lambda: tenant.condition("show", "Ready").get("status") == "True")
    baselines = [entry["data"]["baseline"]["minimum"] for entry in tenant.ledger()]
    assert baselines == [4, 5]
    assert operator.running


@pytest.mark.fault_row(22)
def test_uninstalled_and_installed_again(tenant: Tenant) -> None:
    """Nothing is lowered meanwhile; a new installation goes on with the ledger that it finds."""
    raise_all(tenant).kill()
    before = [(entry["metadata"]["name"], entry["data"]) for entry in tenant.ledger()]
    take(tenant, *KINDS)
    assert numbers(tenant) == RAISED
    tenant.create(*given(tenant, *KINDS))
    tenant.kubeconfig = tenant.cluster.service_account_kubeconfig(tenant.namespace, ACCOUNT)
    tenant.start_operator()
    tenant.wait("it is Ready", lambda: tenant.condition("show", "Ready").get("status") == "True")
    assert [(entry["metadata"]["name"], entry["data"]) for entry in tenant.ledger()] == before
    tenant.patch("Campaign", "show", STOP_NOW)
    tenant.wait("all is given back", lambda: numbers(tenant) == OWNED)


@pytest.mark.fault_row(22)
def test_uninstalled_and_restored(tenant: Tenant) -> None:
    """Without OnAir's own rights the command of an administrator gives everything back."""
    raise_all(tenant).kill()
    take(tenant, *KINDS)
    done = restore(tenant.cluster.kubeconfig, tenant.namespace)
    assert done.returncode == 0, done.stderr
    assert numbers(tenant) == OWNED
    assert not tenant.ledger()
    assert tenant.condition("show", "Ready")["reason"] == "NoOperator"
