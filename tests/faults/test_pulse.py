"""When a process has waited for a CPU for so long that nobody could have been on time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.faults.evidence import Outage
from tests.faults.imagined import START
from tests.faults.pulse import EVERY, Beats

if TYPE_CHECKING:
    from datetime import datetime


@pytest.mark.parametrize(
    ("waited", "outages"),
    [
        pytest.param([0.0] * 12, [], id="never"),
        pytest.param([0.05] * 12, [], id="a little, all the time"),
        pytest.param([0.2] * 5, [(0, 4)], id="most of a second"),
        pytest.param([0.5, *[0.0] * 8, 0.5], [], id="now and then"),
        pytest.param([0.2] * 8, [(0, 4), (4, 8)], id="for two seconds"),
        pytest.param([0.2, -5.0, 0.2], [], id="another process in its place"),
    ],
)
def test_queueing(waited: list[float], outages: list[tuple[int, int]]) -> None:
    """More than three quarters of a second within two are an outage, and then it is told anew."""
    beats, total, found = Beats(), 10.0, []
    assert beats.note(START, START, total) is None
    for number, seconds in enumerate(waited):
        total += seconds
        found.append(beats.note(_beat(number), _beat(number + 1), total))
    told = [outage for outage in found if outage]
    assert told == [Outage(_beat(begin), _beat(end)) for begin, end in outages]


@pytest.mark.parametrize(
    ("seconds", "is_outage"),
    [pytest.param(0.4, False, id="slow"), pytest.param(0.5, True, id="too slow")],
)
def test_one_beat(seconds: float, *, is_outage: bool) -> None:
    """A server that takes longer for one answer than an operator has for all is an outage."""
    end = START + timedelta(seconds=seconds)
    assert Beats().note(START, end, 10.0) == (Outage(START, end) if is_outage else None)


def _beat(number: int) -> datetime:
    return START + timedelta(seconds=number * EVERY)
