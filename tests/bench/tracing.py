"""How long it takes to read a trace: 60 days of minutes, a day of seconds, as CSV.

CPU time of this process, so that a busy machine changes little.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from onair.schedule.zones import zone
from onair.traces.reading import read
from tests.bench.figures import Figure, MeasureError, cpu_seconds
from tests.bench.fleet import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

BEGIN: Final = datetime(2027, 1, 1, tzinfo=UTC)
ROWS: Final = 86_400
"""Both 60 days of minutes and a day of seconds have so many."""
BOUND: Final = 1.0
"""Seconds; the files of a simulation are read once, and it may take 5 s in all."""
TRIES: Final = 3
"""The best of so many runs counts: what else the machine does only adds."""


def measure() -> Iterator[Figure]:
    """Read traces in UTC, on the clocks of a zone, and in no order.

    Raises:
        MeasureError: a row is missing in the trace.
    """
    minutes, seconds = list(_rows(60, "UTC")), list(_rows(1, "UTC"))
    yield Figure("read_60_days_of_minutes", _seconds(minutes), "s", BOUND)
    yield Figure("read_a_day_of_seconds", _seconds(seconds), "s", BOUND)
    shuffled = list(minutes)
    Random(SEED).shuffle(shuffled)  # noqa: S311 - rows, no secrets
    yield Figure("read_60_days_shuffled", _seconds(shuffled), "s", BOUND)
    local = list(_rows(60, "Europe/Amsterdam"))
    amsterdam = zone("Europe/Amsterdam")
    yield Figure("read_60_days_of_local_minutes", _seconds(local, amsterdam), "s", BOUND)


def _rows(step: int, where: str) -> Iterator[bytes]:
    random, clock = Random(SEED), zone(where)  # noqa: S311 - traffic, no secrets
    for number in range(ROWS):
        time = (BEGIN + timedelta(seconds=step * number)).astimezone(clock)
        end = "Z" if where == "UTC" else ""
        yield f"{time:%Y-%m-%dT%H:%M:%S}{end},{random.randrange(100_000)}\n".encode()


def _seconds(rows: list[bytes], where: ZoneInfo | None = None) -> float:
    runs = [cpu_seconds(lambda: read([b"time,requests\n", *rows], where)) for _ in range(TRIES)]
    found = len(runs[0][1].trace.rates)
    if found != ROWS:
        raise MeasureError(f"{found} of {ROWS} rows were read")
    return min(seconds for seconds, _ in runs)
