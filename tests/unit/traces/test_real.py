"""Real traces are read as they are; they are not part of the repository."""

from __future__ import annotations

import pytest

from onair.traces.reading import read
from tests.traces import traces_folder


@pytest.mark.parametrize(
    ("name", "begin", "step", "steps", "requests"),
    [
        pytest.param(
            "worldcup98_requests_per_minute.csv",
            "1998-04-30T21:30:00+00:00",
            60,
            82_230,
            846_479_368,
            id="minutes",
        ),
        pytest.param(
            "worldcup98_1998-06-26_requests_per_second.csv",
            "1998-06-26T12:00:00+00:00",
            1,
            36_000,
            54_385_994,
            id="seconds",
        ),
    ],
)
def test_the_world_cup(name: str, begin: str, step: int, steps: int, requests: int) -> None:
    """Every request of the World Cup's site is there, and nothing had to be repaired."""
    with (traces_folder() / name).open("rb") as file:
        trace, notes = (found := read(file)).trace, found.notes
    assert (trace.begin.isoformat(), trace.step, len(trace.rates)) == (begin, step, steps)
    assert trace.requests == pytest.approx(requests, rel=1e-12)
    assert notes == ()
