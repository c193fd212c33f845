"""How long it takes to simulate all arms, and how much memory: no I/O, one core.

`python -m tests.bench.simulation` prints the memory that a process of its own takes, in MiB.
"""

from __future__ import annotations

import math
import resource
import subprocess
import sys
from array import array
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.aims import Named, resolve
from onair.simulation.settings import defaults
from onair.simulation.simulating import Scene, simulate
from onair.traces.trace import Trace
from tests.bench.figures import Figure, MeasureError, cpu_seconds
from tests.bench.fleet import SEED
from tests.bench.marketing import FROM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onair.plan.aims import Aim

ROOT: Final = Path(__file__).parents[2]
DAY: Final = 24 * 60 * 60
AIRS: Final = 20.5 * 3600
"""Seconds of the day after which the show of every evening ends."""
CROWD: Final = 4000
"""Requests/s at its peak, of which half are left ten minutes later."""
ORDINARY: Final = 600
"""Requests/s on average over a day, five times as many in the evening as in the night."""
NOISE: Final = 0.03
"""How far a step is off its mean (standard deviation)."""
PER_REPLICA: Final = 50
MOST: Final = 300


def measure() -> Iterator[Figure]:
    """Simulate 60 days of minutes and a day of seconds, each with a show every evening.

    Raises:
        MeasureError: when the process whose memory is measured fails.
    """
    spent, _ = cpu_seconds(lambda: simulate(_scene(60, 60)))
    yield Figure("simulate_60_days_minutes", spent, "s", 5)
    spent, _ = cpu_seconds(lambda: simulate(_scene(1, 1)))
    yield Figure("simulate_1_day_seconds", spent, "s", 10)
    yield Figure("simulate_memory", _memory(), "MB", 300)


def _scene(days: int, step: int) -> Scene:
    """Return so many days of traffic in steps of so many seconds."""
    random = Random(SEED)  # noqa: S311 - traffic, no secrets
    seconds = range(0, days * DAY, step)
    rates = array("d", [_rate(second) * random.gauss(1, NOISE) for second in seconds])
    trace = Trace(FROM, step, rates)
    return Scene(trace, trace.begin, trace.end, _aims(), MOST, defaults(PER_REPLICA, MOST))


def _rate(second: int) -> float:
    ordinary = ORDINARY * (1 - 2 / 3 * math.cos(2 * math.pi * (second / DAY - 1 / 6)))
    since = second % DAY - AIRS
    return ordinary + (CROWD * 0.5 ** (since / 600) if since > 0 else 0)


def _aims() -> tuple[Aim, ...]:
    target = {
        "name": "api",
        "scaleTargetRef": {"name": "api"},
        "perReplica": PER_REPLICA,
        "maxReplicas": MOST,
    }
    target_set = parse_target_set({"spec": {"targets": [target]}})
    begins = FROM.replace(tzinfo=None) + timedelta(seconds=AIRS - 3600)
    airtime = {
        "name": "show",
        "start": begins.isoformat(),
        "duration": "1h",
        "repeat": "FREQ=DAILY",
        "endSlack": "10m",
    }
    campaign = {
        "title": "A show",
        "airtimes": [airtime],
        "load": {"shape": "Episode", "requestsPerSecond": CROWD},
        "targetSets": [{"name": "all"}],
    }
    spec = parse_campaign({"spec": campaign})
    return tuple(resolve(Named("bench", "show"), spec, lambda _: target_set))


def _memory() -> float:
    command = [sys.executable, "-m", "tests.bench.simulation"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode != 0:
        raise MeasureError(f"simulation: {done.stderr.strip()}")
    return float(done.stdout)


if __name__ == "__main__":
    simulate(_scene(60, 60))
    simulate(_scene(1, 1))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)  # noqa: T201 - for the other
