"""What fails while the CPUs are taken away is run again and told; whatever else has failed."""

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
    assert said.count("the machine had no CPU for 5.0 s, so this is run again") == told
    assert not told or "AssertionError: too late" in said


class Machine:
    """A clock, and CPUs that are taken away from time to time; `beats` has how long each takes."""

    def __init__(self, *beats: tuple[float, float]) -> None:
        self.beats = list(beats)
        self.now = self.taken = 0.0
        self.stalls = Stalls(lambda: self.now, self._sleep, lambda: self.taken)

    def _sleep(self, _: float) -> None:
        length, taken = self.beats.pop(0)
        self.now += length
        self.taken += taken

    def run(self) -> float:
        """Let all beats pass; returns what was noted."""
        while self.beats:
            self.stalls.beat()
        return self.stalls.longest_since(0)


@pytest.mark.parametrize(
    ("beats", "noted"),
    [
        pytest.param([(0.3, 0)] * 20, 0, id="a machine with much to do"),
        pytest.param([(2.5, 0)], 2.5, id="a machine that stood still"),
        pytest.param([(2.5, 2.4)], 2.5, id="counted once"),
        pytest.param([(0.125, 0.0625)] * 16, 1.0, id="half of the CPUs for two seconds"),
        pytest.param([(0.125, 0.0078125)] * 400, 0, id="a little all the time"),
    ],
)
def test_what_is_noted(beats: list[tuple[float, float]], noted: float) -> None:
    """A machine that is busy with the tests themselves says nothing."""
    assert Machine(*beats).run() == noted


def test_what_is_over_concerns_no_later_test() -> None:
    """Nor is one that follows made to wait for longer than the CPUs are away."""
    machine = Machine((2.0, 2.0), *[(0.125, 0.0)] * 48)
    machine.run()
    assert machine.stalls.longest_since(7.25) == 0
    machine.stalls.wait_until_over()
