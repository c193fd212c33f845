"""Two hundred workloads, and as many campaigns for them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.tenant import Tenant

SIZE = 200
SEED = 19980626
PER_REPLICA = 50
MOST = 6
"""Replicas of a floor: enough to be a real raise, few enough for 1,200 simulated pods."""

NAMES = tuple(f"app-{number:03}" for number in range(SIZE))


def create_workloads(tenant: Tenant) -> None:
    """Create a Deployment of one replica and an HPA for each name."""
    for name in NAMES:
        tenant.create(deployment(name), hpa(name, 1, 2))


def create_campaigns(tenant: Tenant, start: datetime) -> None:
    """Create a campaign for each workload, all on air at one instant, of different sizes."""
    random = Random(SEED)  # noqa: S311 - sizes, no secrets
    for name in NAMES:
        rate = PER_REPLICA * random.randint(1, MOST - 1)
        flat = {"shape": "Flat", "requestsPerSecond": rate, "headroom": "0%"}
        targets = [target(name, perReplica=PER_REPLICA, usualReplicas=1)]
        shows = airtime(start.isoformat(), "1h")
        tenant.create(campaign(name, shows, load=flat, targets=targets))
