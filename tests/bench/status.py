"""How long one of the worst campaigns that are valid holds everything up: no I/O, one core.

Plan and view are made in one go, and the Lease lives five seconds; so they are bound to one each.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from onair.aims import Aims
from onair.campaigns import Campaigns
from onair.cluster import resources
from onair.gather import Gatherer, Reassertion
from onair.plan.decide import decide
from onair.plans import Plans
from onair.reports import Report, Reports
from onair.usual import History
from onair.world import World
from tests.bench.figures import Figure, MeasureError, cpu_seconds
from tests.unit.worlds import API, announce, body, run

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW: Final = datetime(2027, 3, 1, tzinfo=UTC)
AIRTIMES: Final = 32
POINTS: Final = 64
"""As many of both as a manifest can have."""

BOUND: Final = 1.0
TARGET: Final = {
    "name": "api",
    "scaleTargetRef": {"name": API.name},
    "perReplica": "50",
    "maxReplicas": 300,
    "usualReplicas": 6,
}


def measure() -> Iterator[Figure]:
    """Plan the target of the worst campaign, then see all that its status is made of.

    Every day 32 airings of 20 hours overlap, each with 64 points of its own and an end that may
    come 12 hours later.
    """
    world = World()
    world.observe(resources.TARGET_SETS, body("mol", {"targets": [TARGET]}))
    run(world, resources.DEPLOYMENTS, API.name, 4)
    announce(world, "worst", airtimes=[_airtime(number) for number in range(AIRTIMES)], load=None)
    aims = Aims(world)
    plans = Plans(world, aims, History(), 500)
    spent, planned = cpu_seconds(lambda: plans.of(API, NOW))
    if not planned.timeline.runs:
        raise MeasureError("the worst campaign is not planned: is it valid?")
    yield Figure("plan_worst_campaign", spent, "s", BOUND)
    gatherer = Gatherer(world, aims, plans, observes=False)
    reassertion = Reassertion(allowed=True, echo=timedelta(0))
    situation = gatherer.situation(API, NOW, None, reassertion)
    reports = Reports({API: Report(decide(situation), situation, planned)})
    views = Campaigns(aims, reports, lambda _: "", observing=False)
    (campaign,) = world.campaigns(API.namespace)
    spent, _ = cpu_seconds(lambda: views.view(campaign, NOW))
    yield Figure("view_worst_campaign", spent, "s", BOUND)


def _airtime(number: int) -> dict[str, Any]:
    half = POINTS // 2
    rise = [
        {"at": f"start-{23 - n // 3}h{59 - n % 3 * 20}m", "level": f"{1 + n}%"} for n in range(half)
    ]
    fall = [{"at": f"end+{n}m", "level": f"{100 - n}%"} for n in range(half)]
    return {
        "name": f"a{number}",
        "start": f"2027-01-{1 + number % 28:02}T{number % 24:02}:00:00",
        "duration": "20h",
        "endSlack": "12h",
        "repeat": "FREQ=DAILY",
        "load": {"shape": "Custom", "points": rise + fall, "requestsPerSecond": "1k"},
    }
