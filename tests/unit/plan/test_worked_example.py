"""Every figure of the design's worked example (section 3.7), on 9 January."""

from fractions import Fraction

import pytest

from onair.plan.demand import peak_rate
from onair.plan.explain import explain
from onair.plan.moments import moments
from onair.plan.needs import carrying_at
from onair.plan.timeline import required_now, timeline
from tests.unit.plan.example import USUAL, at, needs

API, CHAT = needs()
AIRING = API.airings[0]


def test_peak() -> None:
    """The peak is 680,000 x 2.2 requests in the five busiest minutes: 4,986.67/s."""
    peak = peak_rate(AIRING)
    assert peak == Fraction(680_000 * 22, 10 * 300)
    assert round(peak, 2) == Fraction("4986.67")


def test_moments() -> None:
    """The moments are a quarter of an hour before the start and a minute after the end."""
    assert [instant for instant, _ in moments(AIRING)] == [at("19:15"), at("20:36")]


@pytest.mark.parametrize(
    ("clock", "carried", "required"),
    [
        pytest.param("19:15", "25.93", 32, id="6 + 26 at the first"),
        pytest.param("20:36", "103.72", 111, id="6 + 104 at the second, laddered"),
    ],
)
def test_requirement_of_moments(clock: str, carried: str, required: int) -> None:
    """At its moments the API needs what it carries, the usual six and the rung above."""
    assert round(carrying_at(API, USUAL, at(clock)), 2) == Fraction(carried)
    assert required_now([API], USUAL, at(clock)) == required


@pytest.mark.parametrize(
    ("clock", "floor"),
    [
        pytest.param("19:04:59", 0, id="before the warm-up"),
        pytest.param("19:05:00", 32, id="ten minutes before the first moment"),
        pytest.param("19:34:59", 32, id="five minutes after the bump"),
        pytest.param("19:35:00", 26, id="a quarter less, of 26"),
        pytest.param("19:36:00", 23, id="the broadcast itself: 6 + 16, laddered"),
        pytest.param("20:24:59", 23, id="ten minutes before the end"),
        # The line to the peak passes 100 replicas, so 106 with the usual ones, 2.5 s before.
        pytest.param("20:25:56", 106, id="on the line to the peak"),
        pytest.param("20:26:00", 111, id="ten minutes before the second moment"),
        pytest.param("20:56:00", 111, id="six minutes after the latest end, five on hold"),
        pytest.param("21:49:59", 12, id="to the end of the hold: 6 + 5.2"),
        pytest.param("21:52:59", 8, id="the last of the cool-down"),
        pytest.param("21:53:00", 0, id="nothing left"),
    ],
)
def test_api(clock: str, floor: int) -> None:
    """The API's floor runs ten minutes ahead of demand and ends at 21:53Z."""
    assert timeline([API], USUAL, []).at(at(clock)).floor == floor


def test_chat() -> None:
    """The chat has 12 from 19:05Z until its cool-down after the last demand at 21:45Z."""
    steps = timeline([CHAT], 3, []).steps
    assert [(f"{step.at:%H:%M:%S}", step.floor) for step in steps] == [
        ("19:05:00", 12),
        ("21:50:00", 9),
        ("21:51:00", 6),
        ("21:52:00", 3),
        ("21:53:00", 0),
    ]


def test_explained() -> None:
    """The peak is explained by the arithmetic that a person would do."""
    assert explain([API], USUAL, [], at("20:36")) == (
        "4,986.67 requests/s x 80 % x 1.3 / 50 per replica = 104,"
        " plus 6 for the usual load = 110, rounded up to 111"
    )
