"""How long it takes to simulate all arms, and how much memory, alone and as a command; one core.

`python -m tests.bench.simulation` prints the memory that a process of its own takes, in MiB.
"""

from __future__ import annotations

import math
import re
import subprocess
import sys
import tempfile
from array import array
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

from onair.documents.writing import write
from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.aims import Named, resolve
from onair.simulation.settings import defaults
from onair.simulation.simulating import Scene, simulate
from onair.traces.trace import Trace
from tests.bench.commands import seconds
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

    The 60 days also with `onair simulate`, from start to exit, its files in the page cache.

    Raises:
        MeasureError: when the process whose memory is measured fails, or the command.
    """
    spent, _ = cpu_seconds(lambda: simulate(_scene(60, 60)))
    yield Figure("simulate_60_days_minutes", spent, "s", 5)
    spent, _ = cpu_seconds(lambda: simulate(_scene(1, 1)))
    yield Figure("simulate_1_day_seconds", spent, "s", 10)
    yield Figure("simulate_memory", _memory(), "MB", 300)
    yield Figure("simulate_command_60_days_minutes", _command(), "s", 5)


def _scene(days: int, step: int) -> Scene:
    """Return so many days of traffic in steps of so many seconds."""
    random = Random(SEED)  # noqa: S311 - traffic, no secrets
    times = range(0, days * DAY, step)
    rates = array("d", [_rate(second) * random.gauss(1, NOISE) for second in times])
    trace = Trace(FROM, step, rates)
    return Scene(trace, trace.begin, trace.end, _aims(), MOST, defaults(PER_REPLICA, MOST))


def _command() -> float:
    trace = _scene(60, 60).trace
    rows = (f"{trace.begin.timestamp() + 60 * n:.0f},{rate}" for n, rate in enumerate(trace.rates))
    kinds = (("TargetSet", "all", _target_set()), ("Campaign", "show", _campaign()))
    manifests = (
        {"apiVersion": "onair.dev/v1alpha1", "kind": kind, "metadata": {"name": name}, "spec": spec}
        for kind, name, spec in kinds
    )
    with tempfile.TemporaryDirectory() as folder:
        csv, files = Path(folder) / "trace.csv", Path(folder) / "show.yaml"
        csv.write_text("\n".join(["time,requests_per_second", *rows]))
        files.write_text(write(manifests))
        return seconds(("simulate", str(files), "--trace", str(csv)))


def _rate(second: int) -> float:
    ordinary = ORDINARY * (1 - 2 / 3 * math.cos(2 * math.pi * (second / DAY - 1 / 6)))
    since = second % DAY - AIRS
    return ordinary + (CROWD * 0.5 ** (since / 600) if since > 0 else 0)


def _target_set() -> dict[str, Any]:
    target = {
        "name": "api",
        "scaleTargetRef": {"name": "api"},
        "perReplica": PER_REPLICA,
        "maxReplicas": MOST,
    }
    return {"targets": [target]}


def _campaign() -> dict[str, Any]:
    begins = FROM.replace(tzinfo=None) + timedelta(seconds=AIRS - 3600)
    airtime = {
        "name": "show",
        "start": begins.isoformat(),
        "duration": "1h",
        "repeat": "FREQ=DAILY",
        "endSlack": "10m",
    }
    return {
        "title": "A show",
        "airtimes": [airtime],
        "load": {"shape": "Episode", "requestsPerSecond": CROWD},
        "targetSets": [{"name": "all"}],
    }


def _aims() -> tuple[Aim, ...]:
    target_set = parse_target_set({"spec": _target_set()})
    spec = parse_campaign({"spec": _campaign()})
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
    # Unlike ru_maxrss it knows nothing of the process that this one was forked from.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024)  # noqa: T201 - for the other
