"""A trace is requests/s over time."""

from __future__ import annotations

from array import array
from datetime import timedelta

import pytest

from onair.traces.trace import Trace
from tests.unit.traces.texts import BEGIN

TRACE = Trace(BEGIN, 60, array("d", [1.0, 2.0, 4.0]))


def test_length() -> None:
    """It is as long as its steps, and has the requests of all of them."""
    assert (TRACE.seconds, TRACE.end) == (180, BEGIN + timedelta(minutes=3))
    assert TRACE.requests == 60 * 7


@pytest.mark.parametrize(
    ("seconds", "want"),
    [
        pytest.param(-0.001, 0, id="before it"),
        pytest.param(0, 1, id="its begin"),
        pytest.param(59.9, 1, id="the end of a step"),
        pytest.param(60, 2, id="the next step"),
        pytest.param(179.9, 4, id="the last step"),
        pytest.param(180, 0, id="its end"),
    ],
)
def test_at(seconds: float, want: float) -> None:
    """A rate holds from the begin of its step to that of the next; outside there is nothing."""
    assert TRACE.at(BEGIN + timedelta(seconds=seconds)) == want


@pytest.mark.parametrize(
    ("after", "before", "begin", "rates"),
    [
        pytest.param(-9999, 9999, 0, [1, 2, 4], id="all of it"),
        pytest.param(0, 180, 0, [1, 2, 4], id="exactly"),
        pytest.param(1, 180, 60, [2, 4], id="part of the first step"),
        pytest.param(60, 179, 60, [2], id="part of the last step"),
    ],
)
def test_between(after: int, before: int, begin: int, rates: list[float]) -> None:
    """A cut has the whole steps within two instants, where they were."""
    cut = TRACE.between(BEGIN + timedelta(seconds=after), BEGIN + timedelta(seconds=before))
    assert cut == Trace(BEGIN + timedelta(seconds=begin), 60, array("d", rates))


@pytest.mark.parametrize(
    ("after", "before"),
    [
        pytest.param(1, 119, id="parts of two steps"),
        pytest.param(-60, 0, id="before it"),
        pytest.param(180, 240, id="after it"),
        pytest.param(120, 60, id="backwards"),
    ],
)
def test_nothing_between(after: int, before: int) -> None:
    """A cut without a whole step is refused."""
    with pytest.raises(ValueError, match=r"^the trace has no whole step from 2027\S+ \S+ to 2027"):
        TRACE.between(BEGIN + timedelta(seconds=after), BEGIN + timedelta(seconds=before))
