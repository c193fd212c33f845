"""Policies of the cluster's own that refuse what OnAir writes, or write something else."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.tenant import Tenant

Body = dict[str, Any]

API = "admissionregistration.k8s.io/v1"
SHOW = airtime("2027-01-09T19:05:00Z", "12h")
OWNERS, RAISED = (4, 28), (24, 30)
HPAS = "horizontalpodautoscalers"
AT_MOST = 3
"""Writes to a target within its first minute: two at once, then one a minute (reliability, S7)."""

REFUSES: Body = {"validations": [{"expression": "false", "message": "no HPA may change tonight"}]}
MUTATES: Body = {
    "reinvocationPolicy": "Never",
    "mutations": [
        {
            "patchType": "ApplyConfiguration",
            "applyConfiguration": {
                "expression": "Object{spec: Object.spec{minReplicas: 5}}",
            },
        }
    ],
}


@contextmanager
def policy(tenant: Tenant, verb: str, spec: Body) -> Iterator[None]:
    """Have a policy on what the tenant's operator writes to HPAs, as long as this lasts.

    `verb` is Validating or Mutating.
    """
    kind, name = f"{verb}AdmissionPolicy", f"{tenant.namespace}-policy"
    rule = {"apiGroups": ["autoscaling"], "apiVersions": ["*"], "resources": [HPAS]}
    own = f"request.userInfo.username == '{tenant.user}'"
    policy = {
        "apiVersion": API,
        "kind": kind,
        "metadata": {"name": name},
        "spec": {
            "failurePolicy": "Fail",
            "matchConstraints": {"resourceRules": [rule | {"operations": ["UPDATE"]}]},
            "matchConditions": [{"name": "own", "expression": own}],
            **spec,
        },
    }
    acts = {"validationActions": ["Deny"]} if verb == "Validating" else {}
    binding = {
        "apiVersion": API,
        "kind": f"{kind}Binding",
        "metadata": {"name": name},
        "spec": {"policyName": name} | acts,
    }
    text = "\n---\n".join(map(json.dumps, (policy, binding)))
    tenant.cluster.kubectl("create", "--filename=-", stdin=text)
    try:
        yield
    finally:
        tenant.cluster.kubectl("delete", "--filename=-", "--wait=false", stdin=text)


def announce(tenant: Tenant) -> None:
    """Announce a show whose floor is due three real seconds later."""
    tenant.create(deployment("api", 4), hpa("api", *OWNERS))
    targets = [target("api", replicas=24)]
    tenant.create(campaign("show", SHOW, targets=targets, warmUp={"lead": "3m"}))
    tenant.set_calendar("2027-01-09T18:58:00Z")


@pytest.mark.fault_row(12)
def test_a_policy_that_refuses(tenant: Tenant) -> None:
    """Nothing is claimed, what the policy says is in the status, and it is tried until it may."""
    announce(tenant)
    with policy(tenant, "Validating", REFUSES):
        tenant.start_operator()
        tenant.wait("it is said", lambda: told(tenant)[:2] == ("False", "Blocked"))
        assert "no HPA may change tonight" in told(tenant)[2]
        assert tenant.limits("api") == OWNERS
    tenant.wait("it is raised", lambda: tenant.limits("api") == RAISED)
    tenant.wait("it is Ready", lambda: told(tenant)[0] == "True")


@pytest.mark.fault_row(12)
def test_a_policy_that_writes_something_else(tenant: Tenant) -> None:
    """A floor that never comes into force is not called one, and is not written over and over."""
    served = tenant.api.request("GET", f"/apis/{API}")["resources"]
    if "mutatingadmissionpolicies" not in {resource["name"] for resource in served}:
        pytest.skip("needs MutatingAdmissionPolicy v1: Kubernetes 1.36 or later")
    announce(tenant)
    with policy(tenant, "Mutating", MUTATES):
        tenant.start_operator()
        tenant.wait("it is written", lambda: tenant.writes(HPAS))
        tenant.wait("it is said", lambda: told(tenant)[:2] == ("False", "Blocked"))
        assert "24 to 30 became 5 to 30; exempt the operator from it" in told(tenant)[2]
        tenant.wait("it is on air", lambda: tenant.clock.now().hour >= 19)
        assert len(tenant.writes(HPAS)) <= AT_MOST


def told(tenant: Tenant) -> tuple[str, str, str]:
    """Return status, reason and message of the show's condition Ready."""
    found = tenant.condition("show", "Ready")
    return found.get("status", ""), found.get("reason", ""), found.get("message", "")
