"""The usual load is what the owner's traffic needs: our own floor never feeds back into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from tests.e2e.audit import Request
    from tests.e2e.tenant import Tenant

USUAL = 4
FLOOR = 24
"""Usual, and 20 replicas for 1,000 requests/s at 50 each."""

STARTS = {"first": "09T19:00", "second": "09T19:14", "third": "09T19:28", "later": "10T19:00"}
"""The second begins while replicas of the first still run."""


@pytest.mark.usefixtures("metrics")
def test_usual_after_three_airings_is_that_before_the_first(tenant: Tenant) -> None:
    """Three airings in a row ask for the same replicas, and a fourth is planned with the same."""
    shows = [airtime(f"2027-01-{at}:00Z", "5m", name=name) for name, at in STARTS.items()]
    tenant.create(deployment("api", USUAL), hpa("api", USUAL, 20), deployment("plain", USUAL))
    targets = [target("api"), target("plain")]
    tenant.create(campaign("series", *shows, targets=targets, warmUp={"lead": "3m"}))
    tenant.set_calendar("2027-01-09T18:52:00Z")
    tenant.start_operator()
    tenant.wait("a first word", lambda: status(tenant).get("peak") == str(2 * FLOOR))

    tenant.wait_until("2027-01-09T19:34:00Z")
    tenant.wait("replicas have fallen back", lambda: not tenant.ledger(), 60)
    assert status(tenant)["peak"] == str(2 * FLOOR)
    captured = [r.sent["data"]["usual"] for r in tenant.writes("controllerrevisions") if is_new(r)]
    assert set(captured) == {USUAL}
    assert raises(tenant, "horizontalpodautoscalers", "minReplicas") == [FLOOR] * 3
    assert raises(tenant, "deployments", "replicas") == [FLOOR] * 3


def status(tenant: Tenant) -> dict[str, Any]:
    """Return the campaign's status, empty before the first word."""
    return tenant.get("Campaign", "series").get("status") or {}


def is_new(request: Request) -> bool:
    """Tell whether a request created an object."""
    return request.verb == "create"


def raises(tenant: Tenant, resource: str, field: str) -> list[int]:
    """Return the values that the operator has written to a field, those of cool-downs aside."""
    written = [request.answer["spec"][field] for request in tenant.writes(resource)]
    return [value for value in written if value >= FLOOR]
