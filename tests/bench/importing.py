"""How long a media plan of a year takes to become campaigns, from start to exit."""

from __future__ import annotations

import subprocess
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from tests.bench.figures import Figure, MeasureError
from tests.bench.fleet import SEED
from tests.e2e.operators import ONAIR

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS: Final = 10_000
CAMPAIGNS: Final = 40
BOUND: Final = 5.0
"""Seconds."""
OPTIONS: Final = (
    *("--target-set=mol", "--time-zone=Europe/Amsterdam"),
    *("--shape=TVSpot", "--response=0.5%", "--multiplier=3"),
)


def measure() -> Iterator[Figure]:
    """Import a plan whose spots share a crowd, and one in which each row says its own.

    Raises:
        MeasureError: when a row is left out; the message carries what was said.
    """
    for name, has_crowds in (("import_10000_rows", False), ("import_10000_crowds", True)):
        with tempfile.TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.csv"
            plan.write_text("\n".join(_rows(has_crowds=has_crowds)))
            yield Figure(name, _seconds(plan), "s", BOUND)


def _rows(*, has_crowds: bool) -> Iterator[str]:
    random = Random(SEED)  # noqa: S311 - spots, no secrets
    yield "date;time;station;length;campaign" + (";reach" if has_crowds else "")
    for _ in range(ROWS):
        day = date(2027, 1, 1) + timedelta(days=random.randrange(365))
        clock = f"{random.randint(6, 26):02d}:{random.randint(0, 59):02d}"
        station, length = random.choice(("One", "Two")), random.choice((20, 30))
        spot = f"{day};{clock};{station};{length};Campaign {random.randint(1, CAMPAIGNS)}"
        yield spot + (f";{random.randint(1_000, 2_000_000)}" if has_crowds else "")


def _seconds(plan: Path) -> float:
    began = time.monotonic()
    command = [str(ONAIR), "import", str(plan), *OPTIONS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MeasureError(f"{plan.name}: {done.stderr.strip()}")
    return time.monotonic() - began
