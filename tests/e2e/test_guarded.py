"""Limits that are enough for a floor without OnAir's doing are guarded on air all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.clamps import clamped, of_onair, owned
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.tenant import Tenant

HPA = "HorizontalPodAutoscaler"
FLOOR, OWNERS = 12, (14, 40)


@pytest.fixture
def clamp(tenant: Tenant) -> Iterator[None]:
    """Have the clamp in force."""
    with clamped(tenant):
        yield


@pytest.mark.usefixtures("clamp")
def test_an_owner_who_has_enough_is_kept_from_having_less(tenant: Tenant) -> None:
    """What is wanted below the floor comes back after the show, and never stands before."""
    tenant.create(deployment("web", OWNERS[0]), hpa("web", *OWNERS))
    before = owned(tenant.get(HPA, "web"))
    show = airtime("2027-01-09T19:00:00Z", "12h")
    tenant.create(campaign("show", show, targets=[target("web", replicas=FLOOR, usualReplicas=10)]))
    tenant.set_calendar("2027-01-09T18:54:00Z")
    tenant.start_operator()
    tenant.wait("it is guarded", lambda: marks(tenant) == OWNERS)
    assert tenant.limits("web") == OWNERS
    assert owned(tenant.get(HPA, "web")) == before

    tenant.patch(HPA, "web", {"spec": {"minReplicas": 2}})
    assert tenant.limits("web")[0] >= FLOOR
    tenant.wait("the floor is all that is left", lambda: tenant.limits("web") == (FLOOR, 40))
    tenant.wait("it is guarded still", lambda: marks(tenant) == (FLOOR, 40))

    tenant.patch("Campaign", "show", {"spec": {"suspend": True}})
    tenant.wait("it is its owner's", lambda: tenant.limits("web") == (2, 40), 60)
    tenant.wait("nothing is marked", lambda: not any(of_onair(tenant.get(HPA, "web")).values()))


def marks(tenant: Tenant) -> tuple[int, int] | None:
    """Return the floor and the ceiling that are marked on the HPA."""
    annotations: dict[str, Any] = tenant.get(HPA, "web")["metadata"].get("annotations", {})
    said = [annotations.get(f"onair.dev/{mark}") for mark in ("floor", "ceiling")]
    return None if None in said else (int(said[0] or 0), int(said[1] or 0))
