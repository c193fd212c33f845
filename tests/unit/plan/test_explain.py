"""A number of replicas is explained by the arithmetic that a person would do."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from onair.plan.explain import explain, explain_peak
from onair.plan.needs import Need
from onair.plan.timeline import Limit
from tests.unit.plan.example import USUAL, at, carrying_load, cliff, first_airing, load, needs

API, CHAT = needs()
OPERATOR = Limit("the operator's --max-replicas-per-target", "LimitedByOperator", 500)
PRODUCT = "4,986.67 requests/s x 80 % x 1.3 / 50 per replica"
ROUND = replace(
    carrying_load(API, load(audience=None, requestsPerSecond="5k", headroom="0%")),
    target=API.target.model_copy(update={"share": Fraction(1), "per_replica": Fraction("2.5")}),
)

FOURFOLD = carrying_load(API, load(audience=None, headroom=None, multiplier="4"))
ONEFOLD = carrying_load(API, load(audience=None, headroom=None, multiplier="1"))
BOTH = replace(
    API, airings=(*API.airings, first_airing(load(audience=None, requestsPerSecond="1k")))
)
UNKNOWN = "(4 - 1) x 0 for the usual load, which is 0 or not known yet"

FINE = replace(
    carrying_load(API, load(audience=None, requestsPerSecond="1000.125", headroom="30.5%")),
    target=API.target.model_copy(
        update={"share": Fraction(1, 10**5), "per_replica": Fraction("1.004")}
    ),
)


def campaigns(count: int) -> list[Need]:
    """Return so many campaigns like the example."""
    return [replace(API, campaign=f"tv/{number}") for number in range(count)]


@pytest.mark.parametrize(
    ("some", "usual", "limits", "want"),
    [
        pytest.param(
            [API],
            6,
            [],
            f"{PRODUCT} = 104, plus 6 for the usual load = 110, rounded up to 111",
            id="the example",
        ),
        pytest.param(
            [ROUND],
            0,
            [],
            "5,000 requests/s / 2.5 per replica = 2,000, rounded up to 2,061",
            id="without share, headroom and usual load",
        ),
        pytest.param(
            [replace(API, limit=80)],
            6,
            [],
            f"{PRODUCT} = 104, plus 6 for the usual load = 110, rounded up to 111;"
            " limited to 80 by maxReplicas of tv/wie-is-de-mol",
            id="limited by its own maxReplicas",
        ),
        pytest.param(
            campaigns(2),
            6,
            [],
            f"tv/0: {PRODUCT} = 103.72, tv/1: {PRODUCT} = 103.72, together 208,"
            " plus 6 for the usual load = 214, rounded up to 219",
            id="two campaigns",
        ),
        pytest.param(
            campaigns(6),
            0,
            [OPERATOR],
            f"tv/0: {PRODUCT} = 103.72, tv/1: {PRODUCT} = 103.72, tv/2: {PRODUCT} = 103.72,"
            " 3 more loads = 311.17, together 623, rounded up to 639;"
            " limited to 500 by the operator's --max-replicas-per-target",
            id="more than a sentence can name, limited in total",
        ),
        pytest.param(
            [replace(need, limit=90) for need in campaigns(2)],
            6,
            [],
            f"tv/0: {PRODUCT} = 103.72, tv/1: {PRODUCT} = 103.72, together 208,"
            " plus 6 for the usual load = 214, rounded up to 219;"
            " limited to 174 by maxReplicas of tv/0",
            id="two campaigns, both limited",
        ),
        pytest.param([CHAT], 6, [], "at least 12 fixed replicas", id="fixed"),
        pytest.param(
            [CHAT],
            20,
            [],
            "at least 12 fixed replicas, 20 for the usual load",
            id="fixed, fewer than usual",
        ),
        pytest.param(
            [CHAT, API],
            6,
            [],
            f"{PRODUCT} = 104, plus 6 for the usual load = 110, rounded up to 111,"
            " at least 12 fixed replicas",
            id="fixed and carrying",
        ),
        pytest.param(
            [FINE],
            0,
            [],
            "1,000.13 requests/s x 0.001 % x 1.305 / 1.004 per replica = 1",
            id="every decimal of the manifest",
        ),
        pytest.param(
            [FOURFOLD],
            6,
            [],
            "(4 - 1) x 6 for the usual load = 18, plus 6 for the usual load = 24",
            id="a multiple",
        ),
        pytest.param([FOURFOLD], 0, [], f"{UNKNOWN} = 0", id="a multiple of nothing"),
        pytest.param([ONEFOLD], 6, [], "(1 - 1) x 6 for the usual load = 0", id="as much as usual"),
        pytest.param(
            [API, FOURFOLD],
            0,
            [],
            f"tv/wie-is-de-mol: {PRODUCT} = 103.72, tv/wie-is-de-mol: {UNKNOWN} = 0,"
            " together 104, rounded up to 106",
            id="a multiple of nothing beside requests",
        ),
        pytest.param(
            [replace(FOURFOLD, limit=20)],
            6,
            [],
            "(4 - 1) x 6 for the usual load = 18, plus 6 for the usual load = 24;"
            " limited to 20 by maxReplicas of tv/wie-is-de-mol",
            id="a multiple, limited",
        ),
        pytest.param(
            [replace(API, limit=80), replace(FOURFOLD, campaign="tv/other", limit=20)],
            0,
            [],
            f"tv/wie-is-de-mol: {PRODUCT} = 103.72, tv/other: {UNKNOWN} = 0, together 104,"
            " rounded up to 106; limited to 80 by maxReplicas of tv/wie-is-de-mol",
            id="limited beside a smaller limit of a campaign that asks nothing",
        ),
        pytest.param(
            [BOTH],
            6,
            [],
            f"tv/wie-is-de-mol: {PRODUCT} = 103.72, tv/wie-is-de-mol: 1,000 requests/s x 80 % x 1.3"
            " / 50 per replica = 20.8, together 125, plus 6 for the usual load = 131,"
            " rounded up to 135",
            id="two loads of one campaign",
        ),
        pytest.param([], 6, [], "no demand at that time", id="nothing"),
    ],
)
def test_explain(some: Sequence[Need], usual: int, limits: Sequence[Limit], want: str) -> None:
    """The sentence names each factor, the usual load, the rung and the limit that bites."""
    assert explain(some, usual, limits, at("20:36")) == want


def test_other_instants() -> None:
    """An instant is explained by its own demand, without lead and cool-down."""
    assert explain([API], USUAL, [], at("19:10")) == "no demand at that time"
    assert explain([API], USUAL, [], at("19:15")) == (
        "1,246.67 requests/s x 80 % x 1.3 / 50 per replica = 26, plus 6 for the usual load = 32"
    )


def test_part_of_a_multiple() -> None:
    """Below its peak a multiple counts as much as the level of the demand."""
    assert explain([FOURFOLD], USUAL, [], at("19:15")) == (
        "(4 - 1) x 6 for the usual load x 25 % = 5, plus 6 for the usual load = 11"
    )


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
            "3,900 people x 1 request within 1h5m = 1 requests/s",
            id="flat, within longer than it lasts",
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
    ],
)
def test_explain_peak(changes: dict[str, Any], want: str) -> None:
    """The people, what they do and when give the peak; what a person multiplies is all there."""
    assert explain_peak(first_airing(load(**changes))) == want


def test_slack_does_not_change_the_explained_peak() -> None:
    """The crowd of an audience is that of the planned end, and is explained by it."""
    crowd = load(audience={"people": 3600})
    assert explain_peak(first_airing(crowd)) == explain_peak(first_airing(crowd, endSlack="0s"))


def test_last_point() -> None:
    """The instant at which a shape drops from its peak to nothing is explained by the peak."""
    assert explain(
        [replace(API, airings=(first_airing(cliff(), endSlack="0s"),))], 0, [], at("20:36")
    ) == ("1,000 requests/s x 80 % x 1.3 / 50 per replica = 21")
