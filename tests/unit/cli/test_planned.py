"""The text of a plan: what a person reads as one change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.cli.planned import runs
from onair.preview.results import Step

START = datetime(2027, 1, 9, 19, tzinfo=UTC)


def steps_of(*said: tuple[int, int, str]) -> list[Step]:
    """Return steps from minute, floor and campaign."""
    return [
        Step(
            at=START + timedelta(minutes=minute),
            floor=floor,
            required=floor,
            campaigns=(campaign,) if campaign else (),
            limited_by=None,
        )
        for minute, floor, campaign in said
    ]


@pytest.mark.parametrize(
    ("steps", "want"),
    [
        pytest.param([(0, 5, "a"), (1, 6, "a"), (2, 9, "a")], [3], id="a ramp"),
        pytest.param([(0, 5, "a"), (1, 9, "a"), (2, 7, "a"), (3, 6, "a")], [2, 2], id="up, down"),
        pytest.param([(0, 5, "a"), (15, 6, "a"), (31, 7, "a")], [2, 1], id="a rest between"),
        pytest.param([(0, 5, "a"), (1, 6, "b")], [1, 1], id="another campaign"),
        pytest.param([(0, 5, "a"), (1, 0, "")], [1, 1], id="the end"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_runs(steps: list[tuple[int, int, str]], want: list[int]) -> None:
    """Steps that go on in one direction are one change."""
    assert [len(run) for run in runs(steps_of(*steps))] == want


STEPS = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 9), st.sampled_from("ab")), max_size=20
)


@given(STEPS)
def test_runs_hide_no_step(drawn: list[tuple[int, int, str]]) -> None:
    """All steps are in them, in order, and between the ends of a run the floor only goes one way.

    So the rows of the table, from the first step of each run to its last, are the steps.
    """
    minute, said = 0, list[tuple[int, int, str]]()
    for rest, floor, campaign in drawn:
        minute += rest
        if not said or said[-1][1] != floor:
            said.append((minute, floor, campaign))
    steps = steps_of(*said)
    found = runs(steps)
    assert [step for run in found for step in run] == steps
    for run in found:
        rises = {other.floor > one.floor for one, other in pairwise(run)}
        assert len(rises) < 2
        assert len({step.campaigns for step in run}) == 1
