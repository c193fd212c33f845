"""How memory is said to grow: by each process for itself, as soon as it is warm."""

from __future__ import annotations

import os

from tests.soak.memory import WARM, Sample, growth, resident


def test_growth() -> None:
    """What a process begins with counts as little as its warm-up; hours of processes add up."""
    samples = [
        Sample(0, "one", 0, 60),
        Sample(120, "one", WARM, 100),
        Sample(1020, "one", WARM + 900, 103),
        Sample(1060, "two", 0, 150),
        Sample(1180, "two", WARM, 101),
        Sample(2080, "two", WARM + 900, 102),
    ]
    found = growth(samples)
    assert found
    assert (found.first, found.last, found.highest) == (100, 102, 150)
    assert (found.grown, found.hours, found.per_hour) == (4, 0.5, 8)


def test_never_warm() -> None:
    """Nothing is said of memory that nobody could have measured."""
    assert growth([Sample(0, "one", 0, 60)]) is None


def test_resident() -> None:
    """The memory of a process is told in MB: this one has Python in it."""
    assert 10 < resident(os.getpid()) < 10_000
