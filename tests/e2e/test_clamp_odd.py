"""The clamp with odd objects and writes: it neither lets go of them nor hides what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cluster.cluster import KubectlError
from tests.e2e.clamps import clamped
from tests.e2e.manifests import target
from tests.e2e.test_clamp import (
    CAMPAIGN,
    FLOOR,
    HELD,
    HPA,
    STEERED,
    baselines,
    go_on_air,
    kubectl,
    numbers,
    prepared,
    resource_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.tenant import Tenant

V1 = "horizontalpodautoscalers.v1.autoscaling"
ENTRY = {
    "operation": "Update",
    "apiVersion": "apps/v1",
    "fieldsType": "FieldsV1",
    "fieldsV1": {"f:metadata": {"f:labels": {}}},
}


@pytest.fixture(autouse=True)
def _clamp(tenant: Tenant) -> Iterator[None]:
    with clamped(tenant):
        yield


def test_an_older_version_and_invalid_limits(tenant: Tenant) -> None:
    """A write as autoscaling/v1 is clamped as well; what is invalid is refused as without OnAir."""
    prepared(tenant, HPA, "app")
    go_on_air(tenant, HPA, "app")
    for invalid in (
        {"minReplicas": 0},
        {"maxReplicas": 0},
        {"maxReplicas": -5},
        {"minReplicas": 5, "maxReplicas": 4},
    ):
        with pytest.raises(KubectlError, match="is invalid"):
            patch(tenant, HPA, {"spec": invalid})
    patch(tenant, V1, {"spec": {"minReplicas": 2, "maxReplicas": 9}})
    assert numbers(tenant, HPA, "app") == HELD[HPA]
    tenant.wait("the wish is noted", lambda: baselines(tenant) == {"app": (2, 9)})


def test_an_owner_without_a_name(tenant: Tenant) -> None:
    """A request without a name leaves such an entry; the replicas are kept all the same."""
    prepared(tenant, "Deployment", "app")
    owners = tenant.get("Deployment", "app")["metadata"]["managedFields"]
    patch(tenant, "Deployment", {"metadata": {"managedFields": [*owners, ENTRY]}})
    owners = tenant.get("Deployment", "app")["metadata"]["managedFields"]
    assert [owner for owner in owners if not owner.get("manager")]
    go_on_air(tenant, "Deployment", "app")
    patch(tenant, "Deployment", {"spec": {"replicas": 2}})
    assert numbers(tenant, "Deployment", "app") == (FLOOR,)
    tenant.wait("the wish is noted", lambda: baselines(tenant) == {"app": (2,)})


@pytest.mark.parametrize("steered", STEERED)
def test_zero_is_a_stop(tenant: Tenant, steered: str) -> None:
    """Whoever scales to zero on air is obeyed, and OnAir writes nothing until that is lifted."""
    kind = STEERED[steered]
    prepared(tenant, kind, "app")
    go_on_air(tenant, kind, "app")
    workload = "Deployment" if kind == HPA else kind
    kubectl(tenant, "scale", workload, "app", "--replicas=0")
    tenant.wait("it stops", lambda: tenant.condition(CAMPAIGN, "Stopped").get("status") == "True")
    written = len(tenant.writes(resource_of(kind)))
    tenant.patch(
        "Campaign", CAMPAIGN, {"spec": {"targets": [target("app", kind=workload, replicas=14)]}}
    )
    tenant.wait("it has seen the larger crowd", lambda: is_seen(tenant))
    assert tenant.get(workload, "app")["spec"]["replicas"] == 0
    assert len(tenant.writes(resource_of(kind))) == written
    kubectl(tenant, "scale", workload, "app", "--replicas=2")
    tenant.wait("the floor is up again", lambda: tenant.replicas("app", workload)[0] == 14)


def is_seen(tenant: Tenant) -> bool:
    """Tell whether the campaign's status is about its newest manifest."""
    body = tenant.get("Campaign", CAMPAIGN)
    return bool(body["status"]["observedGeneration"] == body["metadata"]["generation"])


def patch(tenant: Tenant, kind: str, body: object) -> None:
    """Patch the one object as kubectl does, with a merge; it must succeed."""
    kubectl(tenant, "patch", kind, "app", "--type=merge", "--patch", json.dumps(body))
