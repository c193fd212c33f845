"""What campaigns that are made to be costly cost the others: how long they block the loop.

The worst that was found among all that the CRD allows: points that go up and down, each summit a
little lower than the one before, so that no cool-down hides another, in steps of 1 %, by two
campaigns with a limit of their own, so that exact curves are added.
"""

from __future__ import annotations

import asyncio
from fractions import Fraction
from itertools import pairwise
from math import ceil
from threading import Thread
from threading import enumerate as threads
from time import clock_gettime, pthread_getcpuclockid
from typing import TYPE_CHECKING, Any, Final

from onair.beside import Beside
from onair.model.parse import parse_campaign
from onair.plan.aims import Aim, Named, needs_between, resolve
from onair.plan.blocks import MOST, weight
from onair.plan.timeline import Timeline, timeline
from onair.plans import LIGHT
from tests.bench.figures import Figure, MeasureError, cpu_seconds
from tests.bench.marketing import FROM, UNTIL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

USUAL: Final = 6
CAMPAIGNS: Final = 2
AIRTIMES: Final = 32
POINTS: Final = 64
FINEST: Final = Fraction(1, 100)
BEAT: Final = 0.001
"""Real seconds between two looks at whether the loop goes on."""


def measure() -> Iterator[Figure]:
    """Plan the costliest at once, beside the loop and as a block."""
    light = _costly(1, FINEST * ceil(CAMPAIGNS * POINTS / FINEST / LIGHT))
    if sum(weight(aim.spec, aim.cool_down) for aim in light) > LIGHT:
        raise MeasureError("the costliest campaigns that are planned at once are not")
    spent, _ = cpu_seconds(lambda: _planned(light))
    yield Figure("costly_planned_at_once", 1000 * spent, "ms", 500)
    heavy = _costly(int(MOST * FINEST / POINTS / CAMPAIGNS), FINEST)
    spent, (blocked, plan) = cpu_seconds(lambda: asyncio.run(_beside(heavy)))
    yield Figure("costly_planned_beside", spent, "s", 15)
    yield Figure("costly_blocks_loop_beside", 1000 * blocked, "ms", 300)
    whole = _costly(AIRTIMES, FINEST)
    spent, block = cpu_seconds(lambda: _planned(whole))
    yield Figure("costly_planned_as_block", 1000 * spent, "ms", 500)
    if plan.coarse or not block.coarse:
        raise MeasureError("what was to be planned exactly is a block, or the other way round")


async def _beside(aims: Sequence[Aim]) -> tuple[float, Timeline]:
    """Return for how long the loop could not go on at most while a plan was made, and the plan.

    In seconds of the thread that plans, between two turns of the loop: so nothing else counts that
    the machine does. Nearly all of that is the garbage collector, which lets nobody else work.
    """
    done = asyncio.Event()
    beside: Beside[str, Timeline] = Beside(lambda _: done.set())
    beside.ask("plan", lambda: _planned(aims))
    clock = next(pthread_getcpuclockid(each.ident or 0) for each in threads() if _plans(each))
    turns = [0.0]
    while not done.is_set():
        await asyncio.sleep(BEAT)
        turns.append(clock_gettime(clock))
    longest = max(after - before for before, after in pairwise(turns))
    plan = beside.ask("plan", lambda: _planned(aims))
    if plan is None:
        raise MeasureError("a plan that was made beside the loop is not there")
    return longest, plan


def _plans(thread: Thread) -> bool:
    return thread.name == "beside"


def _planned(aims: Sequence[Aim]) -> Timeline:
    return timeline(needs_between(aims, FROM, UNTIL), USUAL, ())


def _costly(airtimes: int, step: Fraction) -> list[Aim]:
    """Return the aims of campaigns at one workload, with airtimes that follow each other."""
    return [aim for number in range(CAMPAIGNS) for aim in _aims(number, airtimes, step)]


def _aims(number: int, airtimes: int, step: Fraction) -> list[Aim]:
    target = {
        "name": "api",
        "scaleTargetRef": {"name": "api"},
        "perReplica": 9,
        "maxReplicas": 100_000,
    }
    said = {
        "airtimes": [_airtime(number, each) for each in range(airtimes)],
        "targets": [target],
        "warmUp": {"lead": "0s"},
        "coolDown": {"hold": "0s", "step": f"{float(100 * step):g}%", "every": "1m"},
    }
    return resolve(Named("bench", f"costly-{number}"), parse_campaign({"spec": said}), _no_sets)


def _no_sets(_: str) -> None:
    """Return no target set."""


def _airtime(number: int, place: int) -> dict[str, Any]:
    second = POINTS * place + number
    points = []
    for up in range(POINTS // 2):
        summit, valley = 100_000 - up * (place + 1), 50_000 + 7 * up
        points += [
            {"at": f"start+{2 * up}s", "level": f"{summit / 1000:.3f}%"},
            {"at": f"start+{2 * up + 1}s", "level": f"{valley / 1000:.3f}%"},
        ]
    points[0]["level"] = "100%"
    size = 900_000 - 1000 * place - number
    return {
        "name": f"airtime-{place}",
        "start": f"{FROM.date()}T19:{second // 60:02d}:{second % 60:02d}",
        "duration": f"{POINTS}s",
        "load": {
            "shape": "Custom",
            "points": points,
            "requestsPerSecond": size,
            "headroom": "0%",
        },
    }
