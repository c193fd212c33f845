"""The evening that many tests play: a flat show that takes a workload from 4 replicas to 24.

The instants hang on the calendar at which the operator is seen to run, so a slow machine changes
nothing but the date.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.e2e.manifests import COOL_DOWN, airtime, campaign, target_set
from tests.e2e.tenant import SPEED

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.tenant import Tenant
    from tests.e2e.tracks import Track

Body = dict[str, Any]

USUAL = 4
FLOOR = 24  # 1,000 requests/s at 50 for each replica, and the usual 4
CEILING = 30

NO_FIGURES: Any = [
    {
        "type": "Pods",
        "pods": {
            "metric": {"name": "requests"},
            "target": {"type": "AverageValue", "averageValue": "50"},
        },
    }
]
"""The metrics of an HPA that never gets any: nobody serves them."""


def minutes(count: float) -> timedelta:
    """Return so many minutes of the calendar: as many seconds of real time."""
    return timedelta(minutes=count)


LATE = minutes(2)
"""How much later than planned the audit log may stamp a write: two seconds of real time."""

LEAD = minutes(8)
"""Real seconds that a busy machine has for raising, and for twenty pods to start in one each."""


def open_evening(tenant: Tenant, speed: float = SPEED) -> datetime:
    """Start an operator; returns when a show can start that is announced at once."""
    tenant.set_calendar("2027-01-09T19:00:00Z", speed)
    start_operator(tenant)
    return tenant.soon(LEAD + minutes(2))


def start_operator(tenant: Tenant) -> None:
    """Start an operator and wait until it is at work."""
    process = tenant.start_operator()
    tenant.wait("the operator is at work", lambda: "holds the Lease" in process.said())


def announce(
    tenant: Tenant,
    start: datetime,
    duration: str,
    *targets: Body,
    load: Body | None = None,
    cool_down: Body = COOL_DOWN,
) -> None:
    """Apply the target set `mol` and the campaign `show` for it."""
    tenant.create(target_set("mol", *targets, lead="8m", coolDown=cool_down))
    tenant.create(show(start, duration, load=load))


def show(start: datetime, duration: str, *, name: str = "show", load: Body | None = None) -> Body:
    """Return a campaign for the target set `mol`."""
    return campaign(
        name, airtime(rfc3339(start), duration), load=load, targetSets=[{"name": "mol"}]
    )


def rfc3339(instant: datetime) -> str:
    """Return an instant as a manifest says it."""
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def flat(requests: int) -> Body:
    """Return a load of so many requests/s, without headroom."""
    return {"shape": "Flat", "requestsPerSecond": str(requests), "headroom": "0%"}


def assert_steps(track: Track[int], *steps: tuple[datetime, int]) -> None:
    """Check that a number took exactly these values, each at its instant or soon after."""
    wanted = [USUAL, *(value for _, value in steps)]
    assert track.values == wanted, f"{track.values}, not {wanted}"
    for point, (planned, _) in zip(track.points[1:], steps, strict=True):
        assert planned <= point.at <= planned + LATE, f"{point.value} at {point.at}, not {planned}"


def assert_never_below(track: Track[int], *floors: tuple[datetime, int]) -> None:
    """Check that from the first instant on no write went below the floor of its instant."""
    for point in track.points:
        due = [floor for instant, floor in floors if instant <= point.at]
        assert not due or point.value >= due[-1], f"{point} is below {due[-1]}"
