"""How long planning takes: no I/O, one core, nothing learned from an earlier plan."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from onair.model.loads import Audience, Load
from onair.model.targets import CoolDown, ScaleTargetRef, Target
from onair.plan.needs import Need
from onair.plan.timeline import timeline
from onair.schedule.airings import Airing
from tests.bench.figures import Figure
from tests.bench.fleet import NAMES, SEED

if TYPE_CHECKING:
    from collections.abc import Iterator

MINUTE = timedelta(minutes=1)


def measure() -> Iterator[Figure]:
    """Plan two hundred campaigns on a target each, all of different lengths and sizes."""
    random = Random(SEED)  # noqa: S311 - sizes, no secrets
    needs = [_need(name, minute, random) for minute, name in enumerate(NAMES, start=30)]
    spent = [_seconds_to_plan(need) for need in needs]
    yield Figure("plan_one_episode", 1000 * median(spent), "ms")
    yield Figure("plan_200_campaigns", 1000 * sum(spent), "ms")


def _seconds_to_plan(need: Need) -> float:
    began = time.perf_counter()
    timeline([need], 6, ())
    return time.perf_counter() - began


def _need(name: str, minutes: int, random: Random) -> Need:
    audience = Audience(people=Fraction(random.randint(10_000, 1_000_000)), within=5 * MINUTE)
    reference = ScaleTargetRef(name=name)
    target = Target(
        name=name, scale_target_ref=reference, per_replica=Fraction(50), max_replicas=500
    )
    start = datetime(2027, 1, 9, 19, 30, tzinfo=UTC)
    end = start + minutes * MINUTE
    return Need(
        campaign=f"bench/{name}",
        target=target,
        load=Load(shape="Episode", audience=audience),
        lead=10 * MINUTE,
        cool_down=CoolDown(),
        airings=(Airing(start, end, end + 10 * MINUTE, "episode"),),
    )
