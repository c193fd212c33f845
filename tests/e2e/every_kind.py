"""A show on air that holds an HPA, a Deployment and a StatefulSet, all with a floor of 24."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.manifests import airtime, campaign, deployment, hpa, stateful_set, target

if TYPE_CHECKING:
    from tests.e2e.operators import OperatorProcess
    from tests.e2e.tenant import Tenant

SHOW = airtime("2027-01-09T19:00:00Z", "4h")
BEFORE = "2027-01-09T18:52:00Z"
COOL_DOWN = {"hold": "4h"}
STEERED = {"HorizontalPodAutoscaler": "api", "Deployment": "web", "StatefulSet": "chat"}
"""The target that is steered through an object of each kind."""
OWNED = {"api": (4, 28), "web": 3, "chat": 2}
RAISED = {"api": (24, 30), "web": 24, "chat": 24}


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


def numbers(tenant: Tenant) -> dict[str, object]:
    """Return the HPA's limits and the other workloads' replicas."""
    return {
        "api": tenant.limits("api"),
        "web": tenant.replicas("web")[0],
        "chat": tenant.replicas("chat", "StatefulSet")[0],
    }
