"""Many workloads, each with an HPA, and campaigns for them, made by many requests at once."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from tests.bench.bare import Asked, send
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tests.e2e.tenant import Tenant

SEED = 19980626
PER_REPLICA = 50
MOST = 6
"""Replicas of a floor: enough to be a real raise."""

Body = dict[str, Any]


def names(count: int) -> list[str]:
    """Return the names of so many workloads."""
    return [f"app-{number:04}" for number in range(count)]


def create(tenant: Tenant, bodies: Iterable[Body]) -> None:
    """Create objects, many at once."""
    send(tenant.cluster, tenant.namespace, (Asked(body["kind"], body) for body in bodies))


def workloads(count: int) -> Iterable[Body]:
    """Yield Deployments with an HPA each.

    They are paused, so that no pods are made of them: what those cost is nobody's question here.
    """
    for name in names(count):
        paused = deployment(name)
        paused["spec"]["paused"] = True
        yield paused
        yield hpa(name, 1, 2)


def show(name: str, workload: str, start: datetime, duration: str = "1h") -> Body:
    """Return a campaign for one workload, of the same size whenever it is asked for."""
    random = Random(f"{SEED} {name}")  # noqa: S311 - sizes, no secrets
    rate = PER_REPLICA * random.randint(1, MOST - 1)
    flat = {"shape": "Flat", "requestsPerSecond": rate, "headroom": "0%"}
    targets = [target(workload, perReplica=PER_REPLICA, usualReplicas=1)]
    airs = airtime(start.isoformat(), duration)
    return campaign(name, airs, load=flat, targets=targets)
