"""How long it takes to fit loads to two months of airings, walk forward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onair.fitting.fitting import fit
from tests.bench.figures import Figure, cpu_seconds
from tests.unit.fitting.crowds import MOL, after_the_end, campaign, evenings, trace

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS: Final = 60
BOUND: Final = 1.0
"""Seconds: what a person waits without noticing, as for reading the trace."""


def measure() -> Iterator[Figure]:
    """Fit an airing every evening of two months, of which the trace has every minute."""
    starts = evenings(DAYS)
    made = trace(DAYS + 1, after_the_end(starts, [500 + 9 * (n % 7) for n in range(DAYS)]))
    spent, found = cpu_seconds(lambda: fit(made, {MOL: campaign(starts)})[MOL])
    assert found.load
    assert found.load.past == DAYS
    yield Figure("fit_60_days_minutes", spent, "s", BOUND)
