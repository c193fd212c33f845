"""How long commands take on one file, from start to exit, as a person waits for them."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.bench.figures import Figure, MeasureError
from tests.e2e.operators import ONAIR

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS: Final = 7
EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "wie-is-de-mol.yaml"
BOUND: Final = 0.5
"""Seconds: what still feels like an answer at once."""

COMMANDS: Final = {
    "plan_one_file": ("plan", str(EXAMPLE), "--from=2027-01-09", "--until=2027-01-16"),
    "lint_one_file": ("lint", str(EXAMPLE)),
}


def measure() -> Iterator[Figure]:
    """Run each command seven times, its files in the page cache, and take the median.

    Raises:
        MeasureError: when a command fails; the message carries what it said.
    """
    for name, arguments in COMMANDS.items():
        seconds(arguments)
        spent = median(seconds(arguments) for _ in range(RUNS))
        yield Figure(name, spent, "s", BOUND)


def seconds(arguments: tuple[str, ...]) -> float:
    """Return how long a command takes from start to exit.

    Raises:
        MeasureError: when it fails; the message carries what it said.
    """
    began = time.monotonic()
    done = subprocess.run([ONAIR, *arguments], capture_output=True, text=True, check=False)
    spent = time.monotonic() - began
    if done.returncode != 0:
        raise MeasureError(f"onair {' '.join(arguments)}: {done.stderr.strip()}")
    return spent
