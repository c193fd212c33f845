"""How long floors wait for another operator when the one that writes ends: forty hand-overs.

In each a floor is due right after the signal; what is counted is the time from the signal until
the API server had that floor, as its audit log says.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, MeasureError
from tests.e2e.replicas import HPAS, Replicas, written_twice
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cluster.control_plane import ControlPlane
    from tests.cluster.progress import Say

TIMES = 20
BEGIN = "2027-01-09T19:00:00Z"
BOUNDS = {signal.SIGTERM: 1.0, signal.SIGKILL: 10.0}
"""Seconds: one that is told to end gives its Lease back; that of a killed one has to run out."""


def measure(plane: ControlPlane, say: Say) -> Iterator[Figure]:
    """Hand over from one operator to the next, twenty times in both ways.

    Raises:
        MeasureError: something was written twice, or a floor not at all.
    """
    for number, bound in BOUNDS.items():
        way = number.name.lower()
        say(f"{TIMES} hand-overs after {number.name}")
        tenant = Tenant(plane, f"bench-{way}", plane.folder)
        tenant.set_calendar(BEGIN)
        try:
            yield Figure(f"handover_{way}_max", _longest(tenant, number), "s", bound)
        except AssertionError as error:
            raise MeasureError(str(error)) from error
        finally:
            tenant.close()


def _longest(tenant: Tenant, number: signal.Signals) -> float:
    replicas = Replicas(tenant)
    for _ in range(2):
        replicas.add()
    done = [replicas.hand_over(number) for _ in range(TIMES)]
    writes = [len(tenant.writes(HPAS, each.workload)) for each in done]
    repeated = written_twice(tenant)
    if repeated or set(writes) != {1}:
        raise MeasureError(f"each floor must be written once: {repeated or writes}")
    return max(map(replicas.raised_after, done))
