"""Mode observe: everything is planned, judged and said, and nothing is written to any target."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.e2e.evenings import FLOOR, LEAD, USUAL, minutes, rfc3339
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cluster.cluster import Cluster

WRITTEN_TO = ("deployments", "statefulsets", "horizontalpodautoscalers", "controllerrevisions")


@pytest.fixture
def watched(cluster: Cluster, tmp_path: Path) -> Iterator[Tenant]:
    """A namespace in which the operator has the rights of mode observe."""
    tenant = Tenant(cluster, f"e2e-{uuid4().hex[:8]}", tmp_path, mode="observe")
    try:
        yield tenant
    finally:
        tenant.close()


def test_what_the_owners_settings_bring_is_judged(watched: Tenant) -> None:
    """Enough replicas are Ready, an HPA that could have more is Late, one that could not Short."""
    names = {"enough": (30, 40), "late": (USUAL, 28), "short": (USUAL, 10)}
    for name, limits in names.items():
        watched.create(deployment(name, limits[0]), hpa(name, *limits))
    watched.set_calendar("2027-01-09T19:00:00Z")
    operator = watched.start_operator("--mode=observe")
    start = watched.soon(LEAD + minutes(2))
    for name in names:
        show = airtime(rfc3339(start), "10m")
        targets = [target(name, usualReplicas=USUAL)]
        watched.create(campaign(name, show, targets=targets, warmUp={"lead": "8m"}))

    says = f"would raise late to {FLOOR}..30 now; this operator only observes"
    watched.wait("it says what it would do", lambda: says in ready(watched, "late")[2])
    assert ready(watched, "late")[:2] == ("False", "Observing")
    assert watched.get("Campaign", "late")["status"]["phase"] == "WarmingUp"
    watched.wait("every moment is judged", lambda: None not in verdicts(watched, names))
    assert verdicts(watched, names) == ["Ready", "Late", "Short"]
    assert ready(watched, "enough")[:2] == ("True", "FloorMet")
    assert "only observes" in ready(watched, "enough")[2]
    summary = watched.get("Campaign", "late")["status"]["summary"]
    assert summary.endswith(f"not ready yet, {USUAL} of {FLOOR}; only observed")

    phases = {watched.get("Campaign", name)["status"]["phase"] for name in names}
    assert phases == {"OnAir"}
    watched.wait("the evening is over", lambda: ended(watched, "late"))
    assert ready(watched, "late")[:2] == ("True", "NothingDue")
    assert {name: watched.limits(name) for name in names} == names
    assert not [write for resource in WRITTEN_TO for write in watched.writes(resource)]
    assert told(watched, "late") == {says}
    assert "forbidden" not in operator.said()
    assert "no right" not in operator.said()


def test_a_hold_of_mode_enforce_is_said_and_left(tenant: Tenant) -> None:
    """What an earlier operator raised stays; condition and log say once how to give it back."""
    tenant.create(deployment("api", 4), hpa("api", 4, 28))
    show = airtime("2027-01-09T19:00:00Z", "12h")
    tenant.create(campaign("show", show, targets=[target("api", replicas=24)]))
    tenant.set_calendar("2027-01-09T18:57:00Z")
    enforcing = tenant.start_operator()
    tenant.wait("the show is raised", lambda: tenant.limits("api") == (24, 30))
    enforcing.stop()
    before = tenant.writes("horizontalpodautoscalers")

    tenant.grant("observe")
    operator = tenant.start_operator("--mode=observe")
    tenant.wait("it says so", lambda: "only observes" in restored(tenant)["message"])
    assert (restored(tenant)["status"], restored(tenant)["reason"]) == ("False", "Observing")
    assert "run `onair restore --take-over`" in restored(tenant)["message"]
    tenant.patch("Deployment", "api", {"metadata": {"labels": {"touched": "yes"}}})
    tenant.delete("Campaign", "show")
    tenant.create(campaign("later", airtime("2028-01-09T19:00:00Z"), targets=[target("api")]))
    tenant.wait("it is at work", lambda: tenant.condition("later", "Ready"))
    assert operator.said().count(f"{tenant.namespace}/api: raised by") == 1
    assert tenant.limits("api") == (24, 30)
    assert tenant.writes("horizontalpodautoscalers") == before

    tenant.grant("enforce")
    done = tenant.restore("--take-over")
    assert done.returncode == 0, done.stderr
    assert tenant.limits("api") == (4, 28)


def ready(tenant: Tenant, name: str) -> tuple[str, str, str]:
    """Return status, reason and message of a campaign's condition Ready."""
    condition = tenant.condition(name, "Ready")
    return condition.get("status", ""), condition.get("reason", ""), condition.get("message", "")


def restored(tenant: Tenant) -> dict[str, str]:
    """Return the show's condition Restored."""
    return {"message": ""} | tenant.condition("show", "Restored")


def verdicts(tenant: Tenant, names: dict[str, tuple[int, int]]) -> list[str | None]:
    """Return the verdict of each campaign's only moment, None where it has none yet."""
    airings = [tenant.get("Campaign", name)["status"].get("upcoming") or [{}] for name in names]
    moments = [airing[0].get("moments") or [{}] for airing in airings]
    return [moment[0].get("verdict") for moment in moments]


def ended(tenant: Tenant, name: str) -> bool:
    """Tell whether a campaign has ended."""
    return bool(tenant.get("Campaign", name)["status"]["phase"] == "Ended")


def told(tenant: Tenant, workload: str) -> set[str]:
    """Return what Events say that would have been done to a workload."""
    return {
        event["message"]
        for event in tenant.api.list("Event", tenant.namespace)
        if event["involvedObject"]["name"] == workload and event["reason"] == "Observing"
    }
