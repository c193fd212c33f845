"""Other writers, where nothing clamps them: said before air, bounded and named on it.

Every target has a fixed floor of 24 and an HPA of 4 to 28, or 4 replicas of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.clamps import clamped
from tests.e2e.manifests import airtime, campaign, deployment, hpa, stateful_set, target

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

CAMPAIGN = "show"
START = "2027-01-09T19:00:00Z"
HPA = "HorizontalPodAutoscaler"
RAISED = 24
RIVAL = "argocd-controller"
DRIFT_SECONDS = 5
"""Real seconds until a floor is back after somebody changed it (invariant L2)."""

PROBED_WITHIN = 75
"""Real seconds until a clamp that came or went is noticed on the day of an airing: it is asked for
once a minute then."""


@pytest.mark.fault_row(17)
def test_before_air_it_says_who_could_cut_pods(tenant: Tenant) -> None:
    """Days ahead the campaign names the writers of each number that it would raise."""
    tenant.create(deployment("api"), stateful_set("chat", 4))
    tenant.api.create(hpa("api", 4, 28), tenant.namespace, manager="helm")
    announce(tenant, target("chat", kind="StatefulSet", replicas=24))
    tenant.set_calendar("2027-01-02T12:00:00Z", speed=1)
    tenant.start_operator()
    tenant.wait("it is said", lambda: contested(tenant)[:2] == ("Unknown", "RevertWouldCut"))
    message = contested(tenant)[2]
    assert "(api: helm; chat: kubectl-create)" in message
    assert "cuts pods" in message


def test_a_clamp_ends_the_warning(tenant: Tenant) -> None:
    """Once the cluster itself keeps others from undoing floors, nobody is suspected any more."""
    tenant.create(deployment("api"), hpa("api", 4, 28))
    announce(tenant)
    tenant.set_calendar("2027-01-09T12:00:00Z", speed=1)
    tenant.start_operator()
    tenant.wait("it is said", lambda: contested(tenant)[1] == "RevertWouldCut")
    with clamped(tenant):
        tenant.wait("it is not said any more", lambda: not contested(tenant)[1], PROBED_WITHIN)


def test_on_air_it_says_so_still_after_a_restart(tenant: Tenant) -> None:
    """A raise takes the fields over; who had written them is in the ledger."""
    tenant.create(deployment("api"), hpa("api", 4, 28))
    announce(tenant, duration="40m")
    tenant.set_calendar("2027-01-09T18:58:00Z")
    operator = tenant.start_operator()
    raised(tenant)
    operator.stop()
    tenant.patch("Campaign", f"{CAMPAIGN}/status", {"status": {"conditions": []}})
    tenant.start_operator()
    tenant.wait("it is said", lambda: contested(tenant)[:2] == ("Unknown", "RevertWouldCut"))
    assert "(api: kubectl-create)" in contested(tenant)[2]


def test_after_the_last_airing_nothing_is_said(tenant: Tenant) -> None:
    """When everything is its owner's again and nothing more is announced, nobody is suspected."""
    tenant.create(deployment("api"), hpa("api", 4, 28))
    announce(tenant, duration="5m")
    tenant.set_calendar("2027-01-09T18:58:00Z")
    tenant.start_operator()
    tenant.wait("it is said", lambda: contested(tenant)[1] == "RevertWouldCut")
    tenant.wait(
        "the show is over", lambda: tenant.get("Campaign", CAMPAIGN)["status"]["phase"] == "Ended"
    )
    assert tenant.condition(CAMPAIGN, "Contested") == {}


@pytest.mark.fault_row(17)
@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param((4,) * 6, id="the same number each time"),
        pytest.param(tuple(range(5, 11)), id="a different number each time"),
    ],
)
def test_a_rival_is_bounded_and_named(tenant: Tenant, numbers: tuple[int, ...]) -> None:
    """Two answers at once, none within the minute after; then the rival stands in the status."""
    tenant.create(deployment("api"), hpa("api", 4, 28))
    announce(tenant, duration="2h")
    tenant.set_calendar("2027-01-09T18:58:00Z")
    tenant.start_operator()
    raised(tenant)
    for number in numbers[:2]:
        undo(tenant, number)
        raised(tenant, seconds=DRIFT_SECONDS)
    tenant.wait("it is named", lambda: contested(tenant)[:2] == ("True", "Reverted"))
    assert RIVAL in contested(tenant)[2]
    for number in numbers[2:]:
        undo(tenant, number)
        tenant.wait("it is seen", lambda: not_restored(tenant) == "Reverted")
    assert len(tenant.writes("horizontalpodautoscalers", "api")) == 3
    assert len(tenant.ledger()) <= 3
    raised(tenant, seconds=60 + DRIFT_SECONDS)
    *_, second, third = tenant.writes("horizontalpodautoscalers", "api")
    assert (third.at - second.at).total_seconds() >= 59


def test_a_rival_of_a_workload_without_hpa_is_named(tenant: Tenant) -> None:
    """Whoever scales a StatefulSet back stands in the status, too."""
    tenant.create(stateful_set("chat", 4))
    announce(tenant, target("chat", kind="StatefulSet", replicas=24), hpas=(), duration="2h")
    tenant.set_calendar("2027-01-09T18:58:00Z")
    tenant.start_operator()
    for _ in range(2):
        tenant.wait("it is raised", lambda: tenant.replicas("chat", "StatefulSet")[0] == RAISED)
        tenant.patch("StatefulSet", "chat", {"spec": {"replicas": 4}}, manager=RIVAL)
    tenant.wait("it is named", lambda: contested(tenant)[:2] == ("True", "Reverted"))
    assert RIVAL in contested(tenant)[2]


def announce(
    tenant: Tenant,
    *targets: dict[str, object],
    hpas: tuple[str, ...] = ("api",),
    duration: str = "10m",
) -> None:
    """Create the campaign, with a target for each HPA and those given besides."""
    wanted = [*(target(name, replicas=RAISED) for name in hpas), *targets]
    show = airtime(START, duration)
    tenant.create(campaign(CAMPAIGN, show, targets=wanted, warmUp={"lead": "3m"}))


def undo(tenant: Tenant, minimum: int) -> None:
    """Let the rival write a minimum and the old maximum."""
    limits = {"minReplicas": minimum, "maxReplicas": 28}
    tenant.patch(HPA, "api", {"spec": limits}, manager=RIVAL)


def raised(tenant: Tenant, seconds: float = 30) -> None:
    """Wait until the HPA has its floor."""
    tenant.wait("the floor is up", lambda: tenant.limits("api")[0] == RAISED, seconds)


def contested(tenant: Tenant) -> tuple[str, str, str]:
    """Return status, reason and message of the condition Contested, empty where there is none."""
    condition = tenant.condition(CAMPAIGN, "Contested")
    return condition.get("status", ""), condition.get("reason", ""), condition.get("message", "")


def not_restored(tenant: Tenant) -> str:
    """Return why the campaign's numbers are not their owners', "" if they are."""
    condition = tenant.condition(CAMPAIGN, "Restored")
    return str(condition["reason"]) if condition["status"] != "True" else ""
