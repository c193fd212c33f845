"""`kubectl wait --for=condition=Ready`, as Helm, Flux and pipelines use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.evenings import start_operator
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

AT_ONCE = "10s"
"""Real time for the operator to say its first word about a campaign (design section 2)."""


@pytest.mark.parametrize(
    "start",
    [
        pytest.param("2027-12-18T19:00:00Z", id="in December"),
        pytest.param("2028-12-16T19:00:00Z", id="further ahead than airings are shown"),
    ],
)
def test_wait_for_ready_returns_at_once(tenant: Tenant, start: str) -> None:
    """A campaign that airs much later is Ready at once: no floor is due, and nothing is touched."""
    tenant.create(deployment("api"), hpa("api", 4, 20))
    tenant.set_calendar("2027-01-09T19:00:00Z")
    start_operator(tenant)

    tenant.create(campaign("later", airtime(start), targets=[target("api")]))
    tenant.cluster.kubectl(
        "wait",
        "--for=condition=Ready",
        "campaign/later",
        f"--namespace={tenant.namespace}",
        f"--timeout={AT_ONCE}",
    )

    assert tenant.condition("later", "Ready")["reason"] == "NothingDue"
    assert tenant.get("Campaign", "later")["status"]["phase"] == "Scheduled"
    assert not tenant.writes("horizontalpodautoscalers")
    assert not tenant.ledger()
