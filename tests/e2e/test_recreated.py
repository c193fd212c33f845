"""What steers a target changes on air: an HPA is created anew, comes, or goes.

Other limits than before are in each: what an earlier object had is never given to a later one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e import tracks
from tests.e2e.manifests import STOP_NOW, airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

pytestmark = pytest.mark.fault_row(24)

HPA = "HorizontalPodAutoscaler"
FLOOR = 24
OWNERS, RAISED = (2, 28), (24, 30)
ANEW = (3, 26)


def put_on_air(tenant: Tenant) -> None:
    """Start an operator and wait until a show is on air for the Deployment `web`."""
    targets = [target("web", replicas=FLOOR, usualReplicas=4)]
    show = airtime("2027-01-09T19:00:00Z", "12h")
    tenant.create(campaign("show", show, targets=targets, warmUp={"lead": "3m"}))
    tenant.set_calendar("2027-01-09T18:59:00Z")
    tenant.start_operator()
    tenant.wait("it is on air", lambda: tenant.replicas("web")[1] == FLOOR)


def assert_no_dip(tenant: Tenant) -> None:
    """Check that since the raise nobody has asked for fewer replicas than the floor."""
    wanted = tracks.replicas(tenant, "web").values
    assert min(wanted[wanted.index(FLOOR) :]) >= FLOOR


def test_an_hpa_is_created_anew(tenant: Tenant) -> None:
    """The new one is raised from its own limits and gets those back."""
    tenant.create(deployment("web", 4), hpa("web", *OWNERS))
    put_on_air(tenant)
    tenant.delete(HPA, "web")
    tenant.create(hpa("web", *ANEW))
    tenant.wait("the new one is raised", lambda: tenant.limits("web") == RAISED)
    tenant.wait("it is Ready", lambda: tenant.condition("show", "Ready").get("status") == "True")
    assert_no_dip(tenant)
    tenant.patch("Campaign", "show", STOP_NOW)
    tenant.wait("it is given back", lambda: tenant.limits("web") == ANEW)
    lowest = min(minimum for minimum in tracks.minima(tenant, "web").values[1:])
    assert lowest == ANEW[0]


def test_an_hpa_comes(tenant: Tenant) -> None:
    """It takes over with the floor in force, and gets its own limits back."""
    tenant.create(deployment("web", 4))
    put_on_air(tenant)
    tenant.create(hpa("web", *ANEW))
    tenant.wait("it is raised", lambda: tenant.limits("web") == RAISED)
    tenant.wait("it is Ready", lambda: tenant.condition("show", "Ready").get("status") == "True")
    assert_no_dip(tenant)
    tenant.patch("Campaign", "show", STOP_NOW)
    tenant.wait("it is given back", lambda: tenant.limits("web") == ANEW)


def test_an_hpa_goes(tenant: Tenant) -> None:
    """The replicas stay as they are: what the HPA's owner had is not theirs."""
    tenant.create(deployment("web", 4), hpa("web", *OWNERS))
    put_on_air(tenant)
    tenant.delete(HPA, "web")
    tenant.wait("only the Deployment is held", lambda: held(tenant) == ["Deployment"])
    tenant.patch("Campaign", "show", STOP_NOW)
    restored = ("True", "Restored")
    tenant.wait("nothing is held", lambda: said(tenant, "Restored") == restored)
    assert_no_dip(tenant)


def held(tenant: Tenant) -> list[str]:
    """Return the kind of each object that the ledger speaks of."""
    return [entry["data"]["steered"]["kind"] for entry in tenant.ledger()]


def said(tenant: Tenant, kind: str) -> tuple[str | None, str | None]:
    """Return status and reason of one of the show's conditions."""
    found = tenant.condition("show", kind)
    return found.get("status"), found.get("reason")
