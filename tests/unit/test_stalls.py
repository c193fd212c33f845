"""What fails while the machine stands still is run again and told; whatever else has failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stalls import Stalls

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]

TESTS = """
import time
from tests import stalls

runs = []

def stand_still():
    passed = []
    now = lambda: time.monotonic() + sum(passed)
    stalls.STALLS = stalls.Stalls(now, lambda _: passed.append(5.0))
    stalls.STALLS.beat()

def test_it():
    runs.append(1)
    {happens}
    assert len(runs) > {failures}, "too late"
"""


@pytest.mark.parametrize(
    ("happens", "failures", "outcomes", "told"),
    [
        pytest.param("stand_still()", 1, {"passed": 1}, 1, id="a standstill"),
        pytest.param("stand_still()", 9, {"failed": 1}, 2, id="a standstill each time"),
        pytest.param("", 1, {"failed": 1}, 0, id="no standstill"),
        pytest.param("stand_still()", 0, {"passed": 1}, 0, id="a standstill that harms nobody"),
    ],
)
def test_what_is_run_again(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    happens: str,
    failures: int,
    outcomes: dict[str, int],
    told: int,
) -> None:
    """A failure that a standstill may explain, twice at most, and what failed is told each time."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(TESTS.format(happens=happens, failures=failures))
    ran = pytester.runpytest_subprocess("-p", "tests.stalls")
    ran.assert_outcomes(**outcomes, warnings=told)
    said = ran.stdout.str()
    assert said.count("the machine stood still for 5.0 s, so this is run again") == told
    assert not told or "AssertionError: too late" in said


def test_only_a_standstill_is_noted() -> None:
    """A beat that is a little late says nothing, and what is over concerns no later test."""
    clock = [0.0]
    late = [0.3, 2.5, 0.3]

    def sleep(_: float) -> None:
        clock[0] += late.pop(0)

    stalls = Stalls(lambda: clock[0], sleep)
    stalls.beat()
    assert stalls.longest_since(0) == 0
    stalls.beat()
    stalls.beat()
    assert stalls.longest_since(2.8) == 2.5
    assert stalls.longest_since(2.9) == 0
