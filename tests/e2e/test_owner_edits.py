"""What an owner changes on air is the new baseline: the floor stays, the owner's word comes back.

Every target has a fixed floor of 24 for one show and an HPA of 4 to 28, which OnAir makes 24 to 30.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

Limits = tuple[int, int]

CAMPAIGN = "show"
OWNED: Limits = (4, 28)
RAISED: Limits = (24, 30)
BEFORE = "2027-01-09T18:52:00Z"
START = "2027-01-09T19:00:00Z"
END = "2027-01-09T19:10:00Z"
DRIFT_SECONDS = 5
"""Real seconds until a floor is back after somebody changed it (invariant L2)."""


@dataclass(frozen=True)
class Edit:
    """What an owner writes on air, what the limits then are, and what they are afterwards."""

    spec: dict[str, int]
    want_on_air: Limits
    want_after: Limits


EDITS = {
    "minimum-lowered": Edit({"minReplicas": 2}, (24, 30), (2, 28)),
    "minimum-raised-below-the-floor": Edit({"minReplicas": 10}, (24, 30), (10, 28)),
    "minimum-above-the-floor": Edit({"minReplicas": 26}, (26, 30), (26, 28)),
    "maximum-raised": Edit({"maxReplicas": 50}, (24, 50), (4, 50)),
    "maximum-lowered": Edit({"maxReplicas": 26}, (24, 30), (4, 26)),
    "both": Edit({"minReplicas": 2, "maxReplicas": 60}, (24, 60), (2, 60)),
    "exactly-our-value": Edit({"minReplicas": 24}, (24, 30), (4, 28)),
}


@pytest.mark.fault_row(19)
def test_edits_are_restored_and_never_cut_the_floor(tenant: Tenant) -> None:
    """An edit becomes a baseline of its own, the floor stays above it, and it is what returns."""
    prepare(tenant, *EDITS)
    tenant.start_operator()
    on_air(tenant, *EDITS)

    for name, edit in EDITS.items():
        tenant.patch("HorizontalPodAutoscaler", name, {"spec": edit.spec})
    want = {name: edit.want_on_air for name, edit in EDITS.items()}
    tenant.wait("the floors are back", lambda: limits_of(tenant, *EDITS) == want, DRIFT_SECONDS)
    edited = {name for name in EDITS if name != "exactly-our-value"}
    tenant.wait("the edits are in the ledger", lambda: edited == set(revised(tenant)))

    tenant.wait("all is restored", lambda: restored(tenant))
    want = {name: edit.want_after for name, edit in EDITS.items()}
    assert limits_of(tenant, *EDITS) == want
    assert lowest_write(tenant, END) >= RAISED[0]


@pytest.mark.fault_row(19)
def test_captured_baseline_outlives_edits(tenant: Tenant) -> None:
    """Each edit is a revision of its own: what was captured first is still there, unchanged."""
    prepare(tenant, "api")
    tenant.start_operator()
    on_air(tenant, "api")
    for minimum in (2, 6):
        tenant.patch("HorizontalPodAutoscaler", "api", {"spec": {"minReplicas": minimum}})
        on_air(tenant, "api", seconds=DRIFT_SECONDS)
    baselines = [entry["data"]["baseline"]["minimum"] for entry in tenant.ledger()]
    assert baselines == [4, 2, 6]


def test_minimum_above_the_old_maximum(tenant: Tenant) -> None:
    """An owner's minimum above the old maximum stays, with the smallest maximum that it allows."""
    prepare(tenant, "api", owned=(4, 20))
    tenant.start_operator()
    on_air(tenant, "api")
    tenant.patch("HorizontalPodAutoscaler", "api", {"spec": {"minReplicas": 26}})
    tenant.wait("all is restored", lambda: restored(tenant), 40)
    assert tenant.limits("api") == (26, 26)


def test_a_tool_that_adopts_our_value_leaves_it_ours(tenant: Tenant) -> None:
    """Who applies just the number that stands is no owner who wants it: the baseline comes back."""
    prepare(tenant, "api", duration="30m")
    operator = tenant.start_operator()
    on_air(tenant, "api")
    applied = hpa("api", *RAISED)
    applied["spec"] = {"minReplicas": RAISED[0]}
    tenant.api.apply(applied, tenant.namespace, "kustomize-controller")
    tenant.patch("HorizontalPodAutoscaler", "api", {"spec": {"maxReplicas": 40}})
    tenant.wait("only the new maximum counts", lambda: newest_baseline(tenant) == (4, 40))

    operator.stop()
    tenant.set_calendar("2027-01-09T19:29:00Z")  # long after an echo could have come
    tenant.start_operator()
    tenant.wait("all is restored", lambda: restored(tenant))
    assert tenant.limits("api") == (4, 40)


def prepare(tenant: Tenant, *names: str, owned: Limits = OWNED, duration: str = "10m") -> None:
    """Create a workload with an HPA for each name, and one campaign that needs 24 of each."""
    for name in names:
        tenant.create(deployment(name, owned[0]), hpa(name, *owned))
    targets = [target(name, replicas=24) for name in names]
    warm_up = {"lead": "3m"}
    show = airtime(START, duration)
    tenant.create(campaign(CAMPAIGN, show, targets=targets, warmUp=warm_up))
    tenant.set_calendar(BEFORE)


def on_air(tenant: Tenant, *names: str, seconds: float = 30) -> None:
    """Wait until every HPA has the limits of the show."""
    want = dict.fromkeys(names, RAISED)
    tenant.wait("the floors are in place", lambda: limits_of(tenant, *names) == want, seconds)


def limits_of(tenant: Tenant, *names: str) -> dict[str, Limits]:
    """Return minimum and maximum of each HPA."""
    return {name: tenant.limits(name) for name in names}


def revised(tenant: Tenant) -> list[str]:
    """Return the workloads that have a baseline beyond the captured one."""
    return [entry["data"]["workload"]["name"] for entry in tenant.ledger() if entry["revision"]]


def restored(tenant: Tenant) -> bool:
    """Tell whether the campaign says that every number is its owner's again, after the show."""
    phase: str = tenant.get("Campaign", CAMPAIGN)["status"]["phase"]
    return phase == "Ended" and tenant.condition(CAMPAIGN, "Restored").get("status") == "True"


def newest_baseline(tenant: Tenant) -> Limits:
    """Return minimum and maximum of the newest revision in the ledger."""
    baseline = tenant.ledger()[-1]["data"]["baseline"]
    return baseline["minimum"], baseline["maximum"]


def lowest_write(tenant: Tenant, before: str) -> int:
    """Return the lowest minimum that the operator has written before a calendar instant."""
    end = datetime.fromisoformat(before)
    written = [
        w for w in tenant.writes("horizontalpodautoscalers") if tenant.calendar_of(w.at) < end
    ]
    return min(int(request.answer["spec"]["minReplicas"]) for request in written)
