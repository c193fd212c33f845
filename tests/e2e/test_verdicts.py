"""A verdict is given at the moment, and says who can help it where there was not enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.evenings import CEILING, FLOOR, USUAL, announce, open_evening
from tests.e2e.manifests import deployment, hpa, target

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

NEVER = "1h"
"""Pods that start up for so long, in real time, are Ready in no test."""


def test_late(tenant: Tenant) -> None:
    """Pods that are Ready after the moment are Late; whoever is on call sees what is held."""
    tenant.create(deployment("app", USUAL, start_up=NEVER), hpa("app", USUAL, 10))
    start = open_evening(tenant)
    announce(tenant, start, "20m", target("app"))
    tenant.wait("it is raised", lambda: tenant.limits("app") == (FLOOR, CEILING))
    assert held(tenant).startswith(f"{tenant.namespace}/show until ")
    assert held(tenant).endswith(f", was min={USUAL} max=10")

    tenant.wait("a verdict", lambda: verdicts(tenant) == ["Late"])
    assert tenant.condition("show", "Feasible").get("status") != "False"
    tenant.wait("both Events", lambda: {"Raised", "VerdictLate"} <= events(tenant).keys())
    assert (
        events(tenant)["Raised"]["message"] == f"raised to a floor of {FLOOR}, room for {CEILING}"
    )
    assert events(tenant)["VerdictLate"]["involvedObject"]["kind"] == "Campaign"
    assert events(tenant)["VerdictLate"]["type"] == "Warning"


def test_short(tenant: Tenant) -> None:
    """A maxReplicas below what is needed is Short, and said before air by Feasible and by why."""
    tenant.create(deployment("app", USUAL), hpa("app", USUAL, 10))
    start = open_evening(tenant)
    announce(tenant, start, "20m", target("app", maxReplicas=20))
    tenant.wait("Feasible", lambda: tenant.condition("show", "Feasible").get("status") == "False")
    assert tenant.clock.now() < start
    assert tenant.condition("show", "Feasible")["reason"] == "LimitedByMaxReplicas"
    assert "limited to 20 by maxReplicas" in status(tenant)["targets"][0]["why"]

    tenant.wait("a verdict", lambda: verdicts(tenant) == ["Short"])
    assert tenant.limits("app") == (20, 20)
    tenant.wait("an Event", lambda: "VerdictShort" in events(tenant))


def held(tenant: Tenant) -> str:
    """Return what the HPA says about its hold."""
    metadata = tenant.get("HorizontalPodAutoscaler", "app")["metadata"]
    return str(metadata["annotations"]["onair.dev/held"])


def status(tenant: Tenant) -> dict[str, Any]:
    """Return the campaign's status, empty before the first word."""
    return tenant.get("Campaign", "show").get("status") or {}


def verdicts(tenant: Tenant) -> list[str | None]:
    """Return the verdicts at the moments of the campaign's first airing."""
    upcoming = status(tenant).get("upcoming") or [{"moments": []}]
    return [moment.get("verdict") for moment in upcoming[0]["moments"]]


def events(tenant: Tenant) -> dict[str, dict[str, Any]]:
    """Return the operator's Events, one for each reason."""
    found = tenant.api.list("Event", tenant.namespace)
    return {
        event["reason"]: event for event in found if event["source"].get("component") == "onair"
    }
