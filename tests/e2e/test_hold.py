"""A floor is in place before the crowd is, held while it is there, and given back exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e import tracks
from tests.e2e.evenings import (
    CEILING,
    FLOOR,
    LATE,
    LEAD,
    NO_FIGURES,
    USUAL,
    announce,
    assert_steps,
    minutes,
    open_evening,
)
from tests.e2e.manifests import deployment, hpa, stateful_set, target

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.tenant import Tenant
    from tests.e2e.tracks import Limits, Track

TWO_MOMENTS = {
    "shape": "Custom",
    "points": [
        {"at": "start", "level": "50%"},
        {"at": "start+5m", "level": "50%"},
        {"at": "start+5m", "level": "100%"},
        {"at": "end", "level": "100%"},
    ],
    "requestsPerSecond": "1000",
    "headroom": "0%",
}


def test_hpa_before_each_moment(tenant: Tenant) -> None:
    """An HPA has its floor at the planned instants and Ready pods at each moment until the end."""
    tenant.create(deployment("app", USUAL), hpa("app", USUAL, 10))
    start = open_evening(tenant)
    announce(tenant, start, "10m", target("app"), load=TWO_MOMENTS)
    end = start + minutes(10)
    tenant.wait("the show is on air", lambda: phase(tenant) == "OnAir")
    tenant.wait_until(end + minutes(1))

    assert verdicts(tenant) == ["Ready", "Ready"]
    limits, ready = tracks.limits(tenant, "app"), tracks.ready(tenant, "app")
    assert limits.values[:3] == [(USUAL, 10), (14, 18), (FLOOR, CEILING)]
    assert_raised(limits, (14, 18), start - LEAD)
    assert_raised(limits, (FLOOR, CEILING), start + minutes(5) - LEAD)
    assert min(ready.during(start, start + minutes(5))) >= 14
    assert set(ready.during(start + minutes(5), end)) == {FLOOR}


def test_hpa_keeps_replicas_to_itself(tenant: Tenant) -> None:
    """The replicas of a Deployment with an HPA are never written by the operator."""
    tenant.create(deployment("app", USUAL), hpa("app", USUAL, 10, metrics=NO_FIGURES))
    start = open_evening(tenant)
    announce(tenant, start, "3m", target("app"))
    wait_for_limits(tenant, (FLOOR, CEILING))
    wait_for_limits(tenant, (USUAL, 10))

    assert tenant.writes("deployments") == []
    assert max(tracks.replicas(tenant, "app").values) == FLOOR


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(deployment("app", USUAL), id="a Deployment"),
        pytest.param(stateful_set("app", USUAL), id="a StatefulSet"),
    ],
)
def test_without_hpa(tenant: Tenant, body: dict[str, str]) -> None:
    """A workload without HPA follows its floor, by its scale alone."""
    kind = body["kind"]
    tenant.create(body)
    start = open_evening(tenant)
    announce(tenant, start, "5m", target("app", kind=kind))
    end = start + minutes(5)
    tenant.wait("the ledger is empty again", lambda: at_end(tenant, end) and not tenant.ledger())

    replicas = tracks.replicas(tenant, "app", kind)
    cooled = (end + minutes(1), 14), (end + minutes(2), USUAL)
    assert_steps(replicas, (start - LEAD, FLOOR), *cooled)
    assert {write.subresource for write in tenant.writes(f"{kind.lower()}s")} == {"scale"}
    wait_for_reason(tenant, "Restored")


@pytest.mark.usefixtures("metrics")
def test_maximum_waits_for_crowd(tenant: Tenant) -> None:
    """The minimum is given back first, the maximum only when the crowd has left: no pod is cut."""
    tenant.create(deployment("app", USUAL, cpu="70m"), hpa("app", USUAL, 10))
    before = owned(tenant)
    tenant.wait("the HPA has figures", lambda: scaling_active(tenant), 60)
    start = open_evening(tenant)
    announce(tenant, start, "3m", target("app"))
    wait_for_reason(tenant, "CrowdStays")
    tenant.wait_until(start + minutes(10))
    assert tenant.limits("app") == (USUAL, CEILING)
    for pod in tenant.api.list("Pod", tenant.namespace):
        leave = {"metadata": {"annotations": {"onair.dev/cpu": "10m"}}}
        tenant.patch("Pod", pod["metadata"]["name"], leave)
    wait_for_limits(tenant, (USUAL, 10), seconds=60)
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())

    limits = tracks.limits(tenant, "app")
    held = [(FLOOR, CEILING), (14, CEILING)]
    assert limits.values == [(USUAL, 10), *held, (USUAL, CEILING), (USUAL, 10)]
    assert_cuts_nobody(tenant, limits)
    assert owned(tenant) == before
    wait_for_reason(tenant, "Restored")


def test_maximum_steps_down_without_metrics(tenant: Tenant) -> None:
    """An HPA that cannot scale down has its maximum stepped down to its owner's, no further."""
    tenant.create(deployment("app", USUAL), hpa("app", USUAL, 10, metrics=NO_FIGURES))
    start = open_evening(tenant)
    announce(tenant, start, "3m", target("app"))
    wait_for_limits(tenant, (FLOOR, CEILING))
    wait_for_limits(tenant, (USUAL, 10))
    tenant.wait("replicas follow", lambda: tenant.replicas("app") == (10, 10))

    limits = tracks.limits(tenant, "app")
    back = [(USUAL, CEILING), (USUAL, CEILING // 2), (USUAL, 10)]
    assert limits.values == [(USUAL, 10), (FLOOR, CEILING), (14, CEILING), *back]
    first, second, third = (point.at for point in limits.points[-3:])
    # A minute apart, less what one write may be late.
    assert min(second - first, third - second) >= minutes(0.5)
    wait_for_reason(tenant, "Restored")


def test_owner_forbids_scale_down(tenant: Tenant) -> None:
    """A maximum whose owner forbids scaling down stays until the owner has scaled down."""
    forbids = {"scaleDown": {"selectPolicy": "Disabled"}}
    tenant.create(deployment("app", USUAL), hpa("app", USUAL, 10, behavior=forbids))
    start = open_evening(tenant)
    announce(tenant, start, "3m", target("app"))
    wait_for_reason(tenant, "OwnerForbidsScaleDown")
    assert tenant.limits("app") == (USUAL, CEILING)
    tenant.patch("Deployment", "app", {"spec": {"replicas": USUAL}})
    wait_for_limits(tenant, (USUAL, 10))

    limits = tracks.limits(tenant, "app")
    assert_cuts_nobody(tenant, limits)
    assert tracks.replicas(tenant, "app").values == [USUAL, FLOOR, USUAL]
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())


def assert_raised(limits: Track[Limits], value: Limits, planned: datetime) -> None:
    """Check that limits were reached at a calendar instant, or soon after it."""
    assert planned <= limits.reached(value) <= planned + LATE


def assert_cuts_nobody(tenant: Tenant, limits: Track[Limits]) -> None:
    """Check that no maximum was written below the replicas that there were at that write."""
    replicas = tracks.replicas(tenant, "app")
    for point in limits.points:
        assert point.value[1] >= replicas.at_version(point.version), f"{point} cuts pods"


def wait_for_limits(tenant: Tenant, wanted: Limits, seconds: float = 30) -> None:
    """Wait until an HPA has these limits."""
    tenant.wait(f"limits are {wanted}", lambda: tenant.limits("app") == wanted, seconds)


def wait_for_reason(tenant: Tenant, reason: str) -> None:
    """Wait until the campaign says why its targets are, or are not, given back."""
    tenant.wait(reason, lambda: tenant.condition("show", "Restored").get("reason") == reason)


def owned(tenant: Tenant) -> dict[str, Any]:
    """Return what of an HPA its owner sees, and who owns fields of it beside its controller."""
    body = tenant.get("HorizontalPodAutoscaler", "app")
    owners = {entry["manager"] for entry in body["metadata"]["managedFields"]}
    annotations = body["metadata"].get("annotations") or {}
    return {
        "spec": body["spec"],
        "annotations": annotations,
        "owners": owners - {"kube-controller-manager"},
    }


def scaling_active(tenant: Tenant) -> bool:
    """Tell whether the HPA has figures to work with."""
    status = tenant.get("HorizontalPodAutoscaler", "app").get("status", {})
    conditions = {c["type"]: c["status"] for c in status.get("conditions", ())}
    return conditions.get("ScalingActive") == "True"


def at_end(tenant: Tenant, end: datetime) -> bool:
    """Tell whether the calendar has reached an instant."""
    return tenant.clock.now() >= end


def phase(tenant: Tenant) -> str | None:
    """Return the campaign's phase, None before its first status."""
    return (tenant.get("Campaign", "show").get("status") or {}).get("phase")


def verdicts(tenant: Tenant) -> list[str]:
    """Return the verdicts at the moments of the campaign's first airing."""
    airing = tenant.get("Campaign", "show")["status"]["upcoming"][0]
    return [moment.get("verdict") for moment in airing["moments"]]
