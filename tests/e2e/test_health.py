"""Probes, metrics, the operator's own limit, and the end of a process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.e2e.evenings import LEAD, minutes, rfc3339
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.e2e.probes import Probes

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

ENDS_WITHIN = 3.0
"""Real seconds from SIGTERM to the end of the process, two of them for a busy machine."""


def test_probes(tenant: Tenant) -> None:
    """Alive at once, ready with the Lease and every list; until then the answer says why not."""
    hold_lease(tenant, "them")
    probes = Probes()
    tenant.start_operator(probes.option)
    waiting = "waiting for the Lease, which them left held for 60 s when it ended\n"
    tenant.wait("it waits for the Lease", lambda: probes.readyz() == (503, waiting))
    assert probes.get("/healthz") == (200, "ok\n")
    hold_lease(tenant, "")
    tenant.wait("it is ready", lambda: probes.readyz() == (200, "ok\n"))


def test_metrics(tenant: Tenant) -> None:
    """Prometheus sees the mode, each target's floor and ready replicas, verdicts and writes."""
    tenant.create(deployment("api", 4), hpa("api", 4, 28))
    tenant.set_calendar("2027-01-09T18:00:00Z")
    probes = Probes()
    tenant.start_operator(probes.option)
    tenant.wait("it is at work", lambda: probes.readyz()[0] == 200)
    show = airtime(rfc3339(tenant.soon(LEAD + minutes(2))), "1h")
    targets = [target("api", replicas=24)]
    tenant.create(campaign("show", show, targets=targets, warmUp={"lead": "8m"}))
    judged = 'onair_verdicts_total{verdict="Ready"}'
    tenant.wait("it is judged", lambda: metric(probes, judged) == 1, 60)
    labels = f'{{kind="Deployment",name="api",namespace="{tenant.namespace}"}}'
    assert metric(probes, 'onair_mode{mode="enforce"}') == 1
    assert metric(probes, f"onair_floor_replicas{labels}") == 24
    assert metric(probes, f"onair_ready_replicas{labels}") == 24
    assert metric(probes, "onair_target_writes_total") == 1
    assert metric(probes, 'onair_verdicts_total{verdict="Short"}') == 0


def test_the_operators_own_limit(tenant: Tenant) -> None:
    """No floor and no ceiling goes above it, and the campaign says which limit it was."""
    tenant.create(deployment("api", 4), hpa("api", 4, 10))
    show = airtime("2027-01-09T19:00:00Z", "12h")
    tenant.create(campaign("show", show, targets=[target("api", replicas=24)]))
    tenant.set_calendar("2027-01-09T18:58:00Z")
    tenant.start_operator("--max-replicas-per-target=10")
    tenant.wait("it is limited", lambda: tenant.condition("show", "Feasible"))
    condition = tenant.condition("show", "Feasible")
    assert (condition["status"], condition["reason"]) == ("False", "LimitedByOperator")
    assert "limited to 10 by the operator's --max-replicas-per-target" in condition["message"]
    tenant.wait("it is raised", lambda: tenant.limits("api")[0] == 10)
    assert tenant.limits("api") == (10, 10)


def test_sigterm(tenant: Tenant) -> None:
    """A process that is told to end does so at once, and leaves the Lease free."""
    operator = tenant.start_operator()
    tenant.wait("it is at work", lambda: "holds the Lease" in operator.said())
    began = time.monotonic()
    assert operator.stop() == 0
    assert time.monotonic() - began < ENDS_WITHIN
    path = f"/apis/coordination.k8s.io/v1/namespaces/{tenant.namespace}/leases/onair"
    assert not tenant.api.request("GET", path)["spec"].get("holderIdentity")


def hold_lease(tenant: Tenant, holder: str) -> None:
    """Let the operator's Lease be as somebody left it who has ended, free for holder ""."""
    path = f"/apis/coordination.k8s.io/v1/namespaces/{tenant.namespace}/leases"
    spec = {"holderIdentity": holder, "leaseDurationSeconds": 3600}
    if holder:
        tenant.api.request("POST", path, {"metadata": {"name": "onair"}, "spec": spec})
    else:
        content = "application/merge-patch+json"
        tenant.api.request("PATCH", f"{path}/onair", {"spec": spec}, content=content)


def metric(probes: Probes, series: str) -> float:
    """Return the value of a series, -1 where it is absent."""
    lines = probes.get("/metrics")[1].splitlines()
    return next((float(line.split()[-1]) for line in lines if line.startswith(series + " ")), -1.0)
