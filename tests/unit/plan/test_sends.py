"""A send's crowd is the people who open it, spread over as long as it is sent."""

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from math import log
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.plan.demand import levels, peak_over, span
from onair.plan.outlines import PEAK
from onair.plan.seconds import Number
from onair.plan.sends import Opens
from onair.plan.shapes import SHAPES
from onair.schedule.airings import Airing
from tests.unit.plan.example import load
from tests.unit.plan.strategies import START

MEDIAN, SIGMA = 600, 1.8
PHONES = load(shape="Push", audience={"people": "2M", "response": "3.5%"})


def opens() -> Opens:
    """Return how people open a message."""
    (part,) = SHAPES["Push"].parts
    assert isinstance(part, Opens)
    return part


def opened(after: Number | float) -> float:
    """Return how many have opened a message so many seconds after it came, by the definition."""
    return NormalDist(log(MEDIAN), SIGMA).cdf(log(float(after))) if after > 0 else 0


def sent(duration: timedelta) -> Airing:
    """Return a send of this duration."""
    return Airing(START, START + duration, START + duration, "send", PHONES)


@pytest.mark.parametrize(("after", "want"), opens().opened, ids=str)
def test_the_table_is_log_normal(after: int, want: int) -> None:
    """The table has the log-normal distribution, rounded to a hundred-thousandth."""
    assert want == round(opened(after) * PEAK)


def test_lines_between_the_figures_are_close() -> None:
    """Straight lines between the figures are nowhere more than two thousandths away."""
    for (start, low), (end, high) in pairwise(opens().opened):
        for rest in range(1, 10):
            between = low + (high - low) * rest / 10
            assert between / PEAK == pytest.approx(
                opened(start + (end - start) * rest / 10), abs=0.002
            )


def test_the_table_outlasts_every_send() -> None:
    """The last figure is later than the end of the crowd of the longest send, a week."""
    assert opens().opened[-1][0] > (7 * 24 + 2) * 3600


@pytest.mark.parametrize(
    ("minutes", "close"),
    [
        # Nobody sends within a second; the steps between the figures show.
        pytest.param(Fraction(1, 60), 0.11, id="a second"),
        pytest.param(Fraction(1), 0.01, id="a minute"),
        pytest.param(Fraction(20), 0.005, id="twenty minutes"),
        pytest.param(Fraction(61, 2), 0.005, id="half an hour and a bit"),
        pytest.param(Fraction(24 * 60), 0.005, id="a day"),
    ],
)
def test_level_is_the_open_rate(minutes: Fraction, close: float) -> None:
    """At every instant the level is that of the people who open now, of the largest such number."""
    duration = minutes * 60
    crowd = levels(sent(timedelta(seconds=float(duration))))
    most = max(opened(piece.start) - opened(piece.start - duration) for piece in crowd.pieces)
    for time in (piece.start for piece in crowd.pieces):
        want = (opened(time) - opened(time - duration)) / most
        assert crowd.at(time) / PEAK == pytest.approx(want, abs=close)
    assert crowd.peak() == PEAK


def test_levels_are_rounded_up() -> None:
    """A third of the peak is the next hundred-thousandth above it."""
    quick = Opens(said="", until="10s", why="", opened=((0, 0), (10, 30_000), (30, 50_000)))
    assert [mark[1:] for mark in quick.marks(10)] == [(0, 0), (10, PEAK), (20, 33_334)]


def test_span() -> None:
    """The crowd begins with the send and is over two hours after its end."""
    send = sent(timedelta(minutes=20))
    assert span(send) == (START, send.end + timedelta(hours=2))


@given(st.integers(1, 600), st.integers(1, 600))
def test_a_slower_send_has_a_lower_peak(minutes: int, more: int) -> None:
    """The same people sent to over a longer time never come in a larger crowd at once."""
    quick, slow = (timedelta(minutes=each) for each in (minutes, minutes + more))
    assert peak_over(PHONES, slow) < peak_over(PHONES, quick)


def test_all_who_open_it_come() -> None:
    """The area below the demand is everybody who opens the message: 70,000 people."""
    duration = timedelta(minutes=20)
    rate, crowd = peak_over(PHONES, duration), levels(sent(duration))
    area = sum(Fraction(p.first + p.last) / 2 * (p.end - p.start) for p in crowd.pieces)
    assert area * rate / PEAK == 70_000


def test_saving_of_a_slower_send() -> None:
    """Ten requests by each of 70,000: twenty minutes instead of one save two thirds."""
    ten = load(shape="Push", audience={"people": "70k", "requestsPerPerson": 10})
    minute, twenty = (peak_over(ten, timedelta(minutes=each)) for each in (1, 20))
    assert (round(minute), round(twenty)) == (1332, 411)


def test_a_send_of_one_second() -> None:
    """Half of those who open at all do so in the second after, the others in nineteen more."""
    part = Opens("", until="10s", why="", opened=((0, 0), (1, 50_000), (20, 100_000)))
    rest = -(-PEAK // 19)
    want = [(0, 0), (1, PEAK), (2, rest), (11, rest)]
    assert [(mark.offset, mark.level) for mark in part.marks(1)] == want
