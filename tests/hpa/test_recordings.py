"""The simulation's HPA does what the real controller did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cluster.progress import say
from tests.crowd.steps import Steps
from tests.docs.pages import DOCS, table
from tests.hpa.cases import CASES, LIVE, MINIMUM, Case
from tests.hpa.comparison import Difference, compare
from tests.hpa.recorder import record
from tests.hpa.recording import FOLDER, read, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_is_close_to_what_was_recorded(case: Case) -> None:
    """On each recording mean and peak of the replicas are close to the real ones."""
    recording = read(FOLDER / f"{case.name}.yaml")
    assert recording.case == case, "the case has changed since it was recorded: make record-hpa"
    difference = compare(recording)
    say(difference.line())
    assert difference.is_close, difference.line()


def test_the_page_says_how_close() -> None:
    """The figures of docs/hpa-model.md are those of the recordings."""
    rows = table(DOCS / "hpa-model.md", "case")
    found = {case.name: compare(read(FOLDER / f"{case.name}.yaml")) for case in CASES}
    assert rows == {name: difference.cells() for name, difference in found.items()}


def test_is_close_to_what_is_recorded_now(tmp_path: Path) -> None:
    """So they are on a recording that is made here, and that its file keeps as it is."""
    (recording,) = record([LIVE], say)
    difference = compare(recording)
    say(difference.line())
    assert difference.recorded.peak(0, LIVE.seconds) > MINIMUM
    assert difference.is_close, difference.line()
    assert read(write(recording, tmp_path)) == recording


@pytest.mark.parametrize(
    ("simulated", "want"),
    [
        pytest.param([(0, 10), (50, 20)], True, id="the same"),
        pytest.param([(0, 11), (50, 21)], True, id="a little more"),
        pytest.param([(0, 10), (40, 20)], True, id="a little sooner"),
        pytest.param([(0, 10), (30, 20)], False, id="much sooner"),
        pytest.param([(0, 10), (50, 20), (98, 24)], False, id="with a peak of its own"),
    ],
)
def test_bounds(simulated: list[tuple[float, float]], want: object) -> None:
    """A tenth of the mean and three twentieths of the peak are close, no more."""
    recorded = Steps.of([(0, 10), (50, 20)])
    assert Difference("x", recorded, Steps.of(simulated), 100).is_close is want
