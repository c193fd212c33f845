"""What the load generator recorded: one line for each request, and its figures."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SERVED = "200"
TIMEOUT, REFUSED, ERROR = "timeout", "refused", "error"
"""Besides HTTP statuses: no answer within 2 s, no connection, anything else."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One request: planned second, how late it was sent, its latency since then (seconds)."""

    planned: float
    lag: float
    latency: float
    outcome: str

    @property
    def failed(self) -> bool:
        """Tell whether a person got anything but what they asked for."""
        return self.outcome != SERVED


def read(path: Path) -> list[Answer]:
    """Read the generator's file."""
    with path.open(encoding="ascii") as lines:
        return [
            Answer(float(planned), float(lag), float(latency), outcome)
            for planned, lag, latency, outcome in csv.reader(lines)
        ]


def failures(answers: Sequence[Answer]) -> Counter[str]:
    """Return how many failed, by outcome."""
    return Counter(answer.outcome for answer in answers if answer.failed)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that `percent` of them do not exceed (nearest rank).

    Of no values it is nan.
    """
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)] if ordered else float("nan")
