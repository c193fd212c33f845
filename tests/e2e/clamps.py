"""The chart's clamp, in force in one test's namespace, and the pods that were deleted there."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from onair.model import names
from tests.chart.clamping import clamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.e2e.tenant import Tenant

Body = dict[str, Any]

SERVED = "/apis/admissionregistration.k8s.io/v1"


@contextmanager
def clamped(tenant: Tenant) -> Iterator[None]:
    """Have the clamp in force in a tenant's namespace; what the chart keeps stays for all."""
    served = tenant.api.request("GET", SERVED)["resources"]
    if "mutatingadmissionpolicies" not in {resource["name"] for resource in served}:
        pytest.skip("needs MutatingAdmissionPolicy v1: Kubernetes 1.36 or later")
    outlives = [body for body in clamp("clusterWide=true") if _is_kept(body)]
    tenant.cluster.kubectl("apply", "--filename", "-", stdin=_text(outlives))
    here = clamp(f"namespaces={{{tenant.namespace}}}", namespace=tenant.namespace)
    text = _text([body for body in here if not _is_kept(body)])
    tenant.cluster.kubectl("create", "--filename", "-", stdin=text)
    try:
        tenant.wait("the clamp is in force", lambda: in_force(tenant))
        yield
    finally:
        tenant.cluster.kubectl("delete", "--wait=false", "--filename", "-", stdin=text)


def _is_kept(body: Body) -> bool:
    return "helm.sh/resource-policy" in body["metadata"].get("annotations", {})


def _text(bodies: list[Body]) -> str:
    return "\n".join(f"---\n{json.dumps(body)}" for body in bodies)


def in_force(tenant: Tenant) -> bool:
    """Tell whether the policies mark the dry run of a probe."""
    path = f"/apis/apps/v1/namespaces/{tenant.namespace}/controllerrevisions"
    probe = {
        "apiVersion": "apps/v1",
        "kind": "ControllerRevision",
        "metadata": {"name": names.PROBE},
        "data": {},
        "revision": 0,
    }
    answer = tenant.api.request("POST", path, probe, query={"dryRun": "All"})
    return names.CLAMP in answer["metadata"].get("annotations", {})


def deleted_pods(tenant: Tenant, begin: datetime, end: datetime) -> list[str]:
    """Return the pods that were deleted between two real instants: the audit log has every one."""
    return [
        request.name
        for request in tenant.audit()
        if (request.resource, request.verb) == ("pods", "delete")
        and request.code < 300
        and begin <= request.at < end
    ]


def of_onair(body: Body) -> dict[str, Any]:
    """Return what of an object is OnAir's: its entries in managedFields and its annotations."""
    metadata = body["metadata"]
    managers = [entry["manager"] for entry in metadata.get("managedFields", ())]
    annotations = metadata.get("annotations", {})
    return {
        "managers": [manager for manager in managers if manager.startswith("onair")],
        "annotations": [name for name in annotations if name.startswith("onair.dev/")],
    }


def owned(body: Body) -> set[tuple[str, str]]:
    """Return which field manager has which part of an object's spec."""
    entries = body["metadata"].get("managedFields", ())
    return {(e["manager"], name) for e in entries for name in e["fieldsV1"].get("f:spec", ())}
