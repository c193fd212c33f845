"""The size of a crowd is explained by the product that a person would make."""

from typing import Any

import pytest

from onair.plan.explain import explain_peak
from tests.unit.plan.example import first_airing, load

LEVEL = [{"at": "start", "level": "50%"}, {"at": "end", "level": "50%"}]
HALF: dict[str, Any] = {
    "shape": "Custom",
    "points": [{"at": "start", "level": "10%"}, {"at": "end", "level": "50%"}],
}


@pytest.mark.parametrize(
    ("changes", "want"),
    [
        pytest.param(
            {}, "680,000 people x 2.2 requests within 5m = 4,986.67 requests/s", id="the example"
        ),
        pytest.param(
            {"shape": "Flat", "audience": {"people": 3600}},
            "3,600 people x 1 request over 1h5m = 0.92 requests/s",
            id="flat, over all of it",
        ),
        pytest.param(
            {"shape": "Flat", "audience": {"people": 3900, "within": "2h"}},
            "3,900 people x 1 request within 1h5m = 1 request/s",
            id="flat, within longer than it lasts",
        ),
        pytest.param(
            {"shape": "Flat", "audience": {"people": 1}},
            "1 person x 1 request over 1h5m = 0.00026 requests/s",
            id="one person",
        ),
        pytest.param(
            {
                "shape": "TVSpot",
                "audience": {"people": "1.5M", "response": "2.5%", "within": "5m"},
            },
            "1,500,000 people x 2.5 % x 1 request within 5m x 2.0806 for TVSpot = 260.07"
            " requests/s",
            id="a spot, which is not level",
        ),
        pytest.param(
            {"shape": "Push", "audience": {"people": "70k", "requestsPerPerson": 10}},
            "70,000 people x 10 requests over 3h5m x 2.5905 for Push = 163.37 requests/s",
            id="a send",
        ),
        pytest.param(
            {"audience": None, "requestsPerSecond": "5k"}, "5,000 requests/s", id="a rate"
        ),
        pytest.param(
            {"audience": None, "headroom": None, "multiplier": "2.5"},
            "2.5 times the usual load",
            id="a multiple",
        ),
        pytest.param(
            HALF | {"audience": {"people": "100k"}},
            "100,000 people x 1 request over 1h5m x 3.3333 x 50 % for Custom = 42.74 requests/s",
            id="an audience that never comes at once",
        ),
        pytest.param(
            {"shape": "Custom", "points": LEVEL, "audience": {"people": "3900"}},
            "3,900 people x 1 request over 1h5m x 2 x 50 % for Custom = 1 request/s",
            id="an audience that is level below its peak",
        ),
        pytest.param(
            HALF | {"audience": None, "requestsPerSecond": "5k"},
            "5,000 requests/s x 50 % for Custom = 2,500 requests/s",
            id="a rate that is never reached",
        ),
        pytest.param(
            HALF | {"audience": None, "headroom": None, "multiplier": "4"},
            "1 + (4 - 1) x 50 % for Custom = 2.5 times the usual load",
            id="a multiple that is never reached",
        ),
    ],
)
def test_explain_peak(changes: dict[str, Any], want: str) -> None:
    """The people, what they do and when give the peak; what a person multiplies is all there."""
    assert explain_peak(first_airing(load(**changes))) == want


def test_slack_does_not_change_the_explained_peak() -> None:
    """The crowd of an audience is that of the planned end, and is explained by it."""
    crowd = load(audience={"people": 3600})
    assert explain_peak(first_airing(crowd)) == explain_peak(first_airing(crowd, endSlack="0s"))


def test_slack_may_let_a_level_last() -> None:
    """A level that is there for no time at the planned end is the highest if the end comes late."""
    at = ["start 40%", "start+1h5m 40%", "end 80%", "end 40%", "end+5m 40%"]
    points = [dict(zip(("at", "level"), each.split(), strict=True)) for each in at]
    crowd = load(shape="Custom", points=points, audience=None, requestsPerSecond="1k")
    said = [explain_peak(first_airing(crowd, endSlack=slack)) for slack in ("0s", "10m")]
    assert said == [
        "1,000 requests/s x 40 % for Custom = 400 requests/s",
        "1,000 requests/s x 80 % for Custom = 800 requests/s",
    ]
