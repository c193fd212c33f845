"""The ledger: no write without an entry, and no claim where an entry is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from collections.abc import Callable

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


def strip(tenant: Tenant) -> None:
    """Take an annotation from the only entry."""
    (entry,) = tenant.ledger()
    taken = {"metadata": {"annotations": {"onair.dev/last-floor": None}}}
    tenant.patch("ControllerRevision", entry["metadata"]["name"], taken)


def delete(tenant: Tenant) -> None:
    """Delete the only entry."""
    (entry,) = tenant.ledger()
    tenant.delete("ControllerRevision", entry["metadata"]["name"])


@pytest.mark.fault_row(27)
@pytest.mark.parametrize("lose", [strip, delete], ids=lambda lose: lose.__name__)
def test_entry_lost_on_air(tenant: Tenant, lose: Callable[[Tenant], None]) -> None:
    """Nobody knows what the owner had: no status says that all is well, and nothing is written."""
    tenant.create(deployment("api", 4), hpa("api", 4, 28))
    show = airtime("2027-01-09T19:00:00Z", "12h")
    targets = [target("api", replicas=24)]
    tenant.create(campaign("show", show, targets=targets, warmUp={"lead": "3m"}))
    tenant.set_calendar("2027-01-09T18:56:00Z")
    operator = tenant.start_operator()
    ready = "every floor that is due is met"
    tenant.wait("Ready", lambda: tenant.condition("show", "Ready").get("message") == ready, 60)
    written = tenant.writes("horizontalpodautoscalers")
    lose(tenant)
    unmet, unknown = ("False", "LedgerDamaged"), ("Unknown", "LedgerDamaged")
    tenant.wait("Ready says so", lambda: condition(tenant, "Ready") == unmet)
    tenant.wait("Restored says so", lambda: condition(tenant, "Restored") == unknown)
    assert "ledger entry" in tenant.condition("show", "Ready")["message"]
    assert "ledger entry" in operator.said()
    assert tenant.limits("api") == (24, 30)
    assert tenant.writes("horizontalpodautoscalers") == written


def condition(tenant: Tenant, kind: str) -> tuple[str | None, str | None]:
    """Return status and reason of a condition of the show."""
    found = tenant.condition("show", kind)
    return found.get("status"), found.get("reason")
