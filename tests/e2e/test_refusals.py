"""What the operator alone can refuse: a condition with its reason within 10 s, and no write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.evenings import start_operator
from tests.e2e.manifests import airtime, campaign, deployment, hpa, stateful_set, target

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

Body = dict[str, Any]

REFUSED_WITHIN = 10
"""Real seconds from the manifest to its condition (design section 2)."""

START = "2027-01-09T19:00:00Z"
A_WEEK_LATER = "2027-01-16T19:00:00Z"

WANT = {
    "bad-zone": "UnknownTimeZone",
    "bad-rule": "UnparsableRule",
    "never": "RuleNeverOccurs",
    "other-day": "StartOutsideRule",
    "overlapping": "AirtimeOverlapsItself",
    "backwards": "PointsOutOfOrder",
    "no-workload": "TargetMissing",
    "no-target-set": "TargetSetMissing",
    "two-hpas": "SeveralHPAs",
    "owned-hpa": "HPAOwned",
    "at-zero": "AtZero",
}


def test_refusals_are_said_within_ten_seconds(tenant: Tenant) -> None:
    """Whatever cannot be carried out says so in its condition, whatever else is wrong there."""
    create_workloads(tenant)
    tenant.set_calendar("2027-01-09T12:00:00Z")
    start_operator(tenant)
    tenant.create(*refused())
    tenant.wait("every reason is there", lambda: refusals(tenant) == WANT, REFUSED_WITHIN)


@pytest.mark.fault_row(26)
def test_refused_targets_are_untouched_and_others_air(tenant: Tenant) -> None:
    """Through an evening nothing is written for a refused campaign, and its neighbour is Ready."""
    create_workloads(tenant)
    tenant.create(deployment("good", 2), hpa("good", 2, 28), *refused())
    tenant.create(one("good"))
    tenant.set_calendar("2027-01-09T18:52:00Z")
    tenant.start_operator()
    tenant.wait("the neighbour is raised", lambda: tenant.limits("good") == (24, 30))
    tenant.wait("it was Ready in time", lambda: verdicts(tenant) == ["Ready"])
    assert refusals(tenant) == WANT
    tenant.wait("it is given back", lambda: tenant.limits("good") == (2, 28))
    assert touched(tenant) == {"good"}


def create_workloads(tenant: Tenant) -> None:
    """Create a workload for each refused campaign, with what is wrong with it."""
    sound = WANT.keys() - {"no-workload", "at-zero"}
    tenant.create(*(deployment(name, 2) for name in sorted(sound)), stateful_set("at-zero", 0))
    second = hpa("two-hpas", 1, 10)
    second["metadata"]["name"] = "two-hpas-again"
    tenant.create(hpa("two-hpas", 1, 10), second, owned_hpa(tenant))


def owned_hpa(tenant: Tenant) -> Body:
    """Return an HPA that another controller's object owns, as KEDA's are."""
    owner = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "scaler"}}
    uid = tenant.api.create(owner, tenant.namespace)["metadata"]["uid"]
    reference = {"apiVersion": "v1", "kind": "ServiceAccount", "name": "scaler", "uid": uid}
    owned = hpa("owned-hpa", 1, 10)
    owned["metadata"]["ownerReferences"] = [reference | {"controller": True}]
    return owned


def refused() -> list[Body]:
    """Return the refused campaigns; they would all air together."""
    points = [{"at": "start+8m", "level": "50%"}, {"at": "end-8m", "level": "100%"}]
    backwards = {"shape": "Custom", "points": points, "requestsPerSecond": "1000"}
    no_target_set = campaign("no-target-set", airtime(START), targetSets=[{"name": "missing"}])
    return [
        one("bad-zone", timeZone="Europe/Hilversum"),
        one("bad-rule", {"repeat": "FREQ=WEEKLY;COUNT=3;UNTIL=20270301"}),
        one("never", {"repeat": "FREQ=WEEKLY;COUNT=2", "except": [START, A_WEEK_LATER]}),
        one("other-day", {"repeat": "FREQ=WEEKLY;BYDAY=MO"}),
        one("overlapping", {"repeat": "FREQ=WEEKLY;BYDAY=SA,SU", "duration": "25h"}),
        one("backwards", load=backwards),
        no_target_set,
        *(one(name) for name in ("no-workload", "two-hpas", "owned-hpa")),
        one("at-zero", targets=[target("at-zero", kind="StatefulSet", replicas=24)]),
    ]


def one(name: str, show: Body | None = None, **spec: object) -> Body:
    """Return a campaign for the Deployment of its name, with what is special about its airtime."""
    usual: Body = {"targets": [target(name, replicas=24)], "warmUp": {"lead": "3m"}}
    return campaign(name, airtime(START) | (show or {}), **usual | spec)


def refusals(tenant: Tenant) -> dict[str, str]:
    """Return the reason of each campaign that is not valid."""
    campaigns = tenant.api.list("Campaign", tenant.namespace)
    said = {c["metadata"]["name"]: c.get("status", {}).get("conditions", ()) for c in campaigns}
    return {
        name: condition["reason"]
        for name, conditions in said.items()
        for condition in conditions
        if (condition["type"], condition["status"]) == ("Valid", "False")
    }


def verdicts(tenant: Tenant) -> list[str | None]:
    """Return the verdict of each moment of the neighbour's show."""
    upcoming = tenant.get("Campaign", "good")["status"].get("upcoming") or [{"moments": []}]
    return [moment.get("verdict") for moment in upcoming[0]["moments"]]


def touched(tenant: Tenant) -> set[str]:
    """Return the workloads and HPAs that were written to, or that have had a ledger entry."""
    written = ("deployments", "statefulsets", "horizontalpodautoscalers")
    names = {request.name for resource in written for request in tenant.writes(resource)}
    return names | {
        request.sent["data"]["workload"]["name"]
        for request in tenant.writes("controllerrevisions")
        if request.verb == "create"
    }
