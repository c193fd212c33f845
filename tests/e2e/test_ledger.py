"""No write without a ledger entry: what the owner had is kept before anything is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

QUOTA = {
    "kind": "ResourceQuota",
    "metadata": {"name": "no-entries"},
    "spec": {"hard": {"count/controllerrevisions.apps": "0"}},
}


def test_no_entry_no_raise(tenant: Tenant) -> None:
    """While the API server takes no ledger entry nothing is raised and Ready says why not."""
    tenant.create(QUOTA, deployment("api", 4), hpa("api", 4, 28), deployment("web", 4))
    targets = [target(name, replicas=24) for name in ("api", "web")]
    show = airtime("2027-01-09T19:00:00Z", "1h")
    tenant.create(campaign("show", show, targets=targets, warmUp={"lead": "3m"}))
    tenant.set_calendar("2027-01-09T18:53:00Z")
    tenant.start_operator()
    tenant.wait_until("2027-01-09T19:00:00Z")
    assert not tenant.writes("horizontalpodautoscalers")
    assert not tenant.writes("deployments")
    tenant.wait(
        "Ready says why", lambda: tenant.condition("show", "Ready").get("reason") == "Blocked"
    )
    assert "quota" in tenant.condition("show", "Ready")["message"]

    tenant.delete("ResourceQuota", "no-entries")
    tenant.wait("the HPA is raised", lambda: tenant.limits("api") == (24, 30))
    tenant.wait("the other workload is raised", lambda: tenant.replicas("web")[0] == 24)
