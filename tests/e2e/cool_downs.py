"""The cool-down of tests that end a need on air, and the show that they end.

The floor is 24 from the warm-up on; the cool-down holds it for three minutes, then leaves half of
it for two minutes, then nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.evenings import FLOOR, USUAL, announce, minutes, open_evening
from tests.e2e.manifests import deployment, target

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.tenant import Tenant

COOL_DOWN = {"hold": "3m", "step": "50%", "every": "2m"}
HOLD = minutes(3)
EVERY = minutes(2)
HALF = 12


def go_on_air(tenant: Tenant, duration: str, **cool_down: str) -> datetime:
    """Announce a show for `app` and `other`, and return its start two minutes after it."""
    tenant.create(deployment("app", USUAL), deployment("other", USUAL))
    start = open_evening(tenant)
    targets = target("app"), target("other")
    announce(tenant, start, duration, *targets, cool_down=COOL_DOWN | cool_down)
    tenant.wait_until(start + minutes(2))
    tenant.wait("it is on air", lambda: tenant.replicas("app")[0] == FLOOR)
    return start


def is_cooling(entry: dict[str, Any]) -> bool:
    """Tell whether a ledger entry records a change."""
    return "onair.dev/changed" in entry["metadata"]["annotations"]
