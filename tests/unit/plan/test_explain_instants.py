"""An instant is explained by its own demand, and a floor without demand by what keeps it up."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from onair.plan.explain import explain
from onair.plan.needs import Need
from tests.unit.plan.example import USUAL, at, carrying_load, cliff, first_airing, load, needs

API, CHAT = needs()
FOURFOLD = carrying_load(API, load(audience=None, headroom=None, multiplier="4"))


def test_other_instants() -> None:
    """An instant is explained by its own demand, without lead and cool-down."""
    assert explain([API], USUAL, [], at("19:04")) == "no demand at that time"
    assert explain([API], USUAL, [], at("19:15")) == (
        "1,246.67 requests/s x 80 % x 1.3 / 50 per replica = 26, plus 6 for the usual load = 32"
    )


LATER = replace(
    API,
    lead=timedelta(hours=2),
    airings=(
        *API.airings,
        replace(API.airings[0], start=at("23:45"), end=at("23:50"), latest_end=at("23:50")),
    ),
)
RAMP = replace(
    API,
    airings=(
        first_airing(
            load(
                audience=None,
                requestsPerSecond=1000,
                shape="Custom",
                points=[
                    {"at": "start", "level": "0%"},
                    {"at": "end-30m", "level": "100%"},
                    {"at": "end", "level": "0%"},
                ],
            ),
            endSlack="0s",
        ),
    ),
)
COOLING = "no demand at that time: it cools down after an airing"
WARMING = "no demand at that time: it warms up before an airing"


@pytest.mark.parametrize(
    ("need", "usual", "clock", "want"),
    [
        pytest.param(API, 6, "19:04:59", "no demand at that time", id="before the lead"),
        pytest.param(API, 6, "19:05", WARMING, id="in the lead"),
        pytest.param(API, 6, "19:14:59", WARMING, id="right before the demand"),
        pytest.param(API, 6, "21:45:01", COOLING, id="right after the demand"),
        pytest.param(API, 6, "21:52:59", COOLING, id="in the last step of the cool-down"),
        pytest.param(API, 6, "21:53", "no demand at that time", id="after the cool-down"),
        pytest.param(RAMP, 6, "20:35", COOLING, id="where the demand ends at nothing"),
        pytest.param(
            replace(LATER, lead=timedelta(minutes=10)), 6, "19:05", WARMING, id="the first of two"
        ),
        pytest.param(CHAT, 6, "21:52:59", COOLING, id="fixed replicas"),
        pytest.param(FOURFOLD, 6, "19:05", WARMING, id="a multiple"),
        pytest.param(FOURFOLD, 0, "19:05", "no demand at that time", id="a multiple of nothing"),
        pytest.param(
            LATER,
            6,
            "21:50",
            "no demand at that time: it cools down after and warms up before an airing",
            id="between two airings",
        ),
    ],
)
def test_floor_without_demand(need: Need, usual: int, clock: str, want: str) -> None:
    """Where nothing is asked, what keeps a floor up is said: the cool-down, the lead or both."""
    assert explain([need], usual, [], at(clock)) == want


def test_last_point_of_an_unknown_multiple() -> None:
    """A load right before an instant is said, although a multiple of nothing asks for nothing."""
    some = replace(API, airings=(first_airing(cliff(), endSlack="0s"),))
    crowd = some.airings[0].load.model_copy(
        update={"requests_per_second": None, "multiplier": Fraction(4)}
    )
    assert explain([carrying_load(some, crowd)], 0, [], at("20:36")) == (
        "(4 - 1) x 0 for the usual load, which is 0 or not known yet = 0"
    )


def test_last_point() -> None:
    """The instant at which a shape drops from its peak to nothing is explained by the peak."""
    assert explain(
        [replace(API, airings=(first_airing(cliff(), endSlack="0s"),))], 0, [], at("20:36")
    ) == ("1,000 requests/s x 80 % x 1.3 / 50 per replica = 21")
