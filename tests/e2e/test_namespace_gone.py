"""A namespace is deleted while its campaign is on air: it goes, and no other one is disturbed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chart.rendering import rights
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from tests.e2e.tenant import Body, Tenant

GONE_WITHIN = 60
"""Real seconds until a namespace is gone: nothing of OnAir's keeps it."""

SHOW = airtime("2027-01-09T19:00:00Z", "12h")
OWNERS, RAISED = (4, 28), (24, 30)


def another_namespace(tenant: Tenant) -> str:
    """Create a second namespace of the tenant's operator; returns its name."""
    name = f"{tenant.namespace}-gone"
    meta: Body = {"kind": "Namespace", "metadata": {"name": name}}
    tenant.api.request("POST", "/api/v1/namespaces", meta)
    for body in rights("enforce", name):
        if body["kind"] == "RoleBinding":
            subjects = [s | {"namespace": tenant.namespace} for s in body["subjects"]]
            tenant.api.create(body | {"subjects": subjects}, name)
        elif body["kind"] == "Role":
            tenant.api.create(body, name)
    return name


@pytest.mark.fault_row(21)
def test_a_namespace_deleted_on_air(tenant: Tenant) -> None:
    """It is gone within a minute, and a neighbour's floors rise and fall."""
    gone = another_namespace(tenant)
    for namespace in (tenant.namespace, gone):
        for body in (deployment("api", 4), hpa("api", *OWNERS)):
            tenant.api.create(body, namespace)
        targets = [target("api", replicas=24)]
        tenant.api.create(campaign("show", SHOW, targets=targets), namespace)
    tenant.set_calendar("2027-01-09T19:00:00Z")
    operator = tenant.start_operator(f"--namespaces={tenant.namespace},{gone}")
    tenant.wait("it is raised", lambda: tenant.limits("api") == RAISED)
    tenant.wait("the other one is", lambda: tenant.api.list("ControllerRevision", gone))

    tenant.api.request("DELETE", f"/api/v1/namespaces/{gone}")
    tenant.wait("the namespace is gone", lambda: not exists(tenant, gone), GONE_WITHIN)
    more = [target("api", replicas=40)]
    tenant.patch("Campaign", "show", {"spec": {"targets": more}})
    tenant.wait("the neighbour's floor rises", lambda: tenant.limits("api")[0] == 40)
    tenant.patch("Campaign", "show", {"spec": {"suspend": True}})
    tenant.wait("the neighbour's floor falls", lambda: tenant.limits("api")[0] == OWNERS[0])
    assert operator.running
    assert "Traceback" not in operator.said()


def exists(tenant: Tenant, namespace: str) -> bool:
    """Tell whether a namespace is still there."""
    return bool(tenant.cluster.kubectl("get", "namespace", namespace, "--ignore-not-found"))
