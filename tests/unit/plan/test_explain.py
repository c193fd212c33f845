"""A number of replicas is explained by the arithmetic that a person would do."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from onair.plan.explain import explain
from onair.plan.needs import Need
from onair.plan.timeline import Limit
from tests.unit.plan.example import USUAL, at, cliff, first_airing, load, needs

API, CHAT = needs()
OPERATOR = Limit("the operator's --max-replicas-per-target", "LimitedByOperator", 500)
PRODUCT = "4,986.67 requests/s x 80 % x 1.3 / 50 per replica"
ROUND = replace(
    API,
    load=load(audience=None, requestsPerSecond="5k", headroom="0%"),
    target=API.target.model_copy(update={"share": Fraction(1), "per_replica": Fraction("2.5")}),
)

FINE = replace(
    API,
    load=load(audience=None, requestsPerSecond="1000.125", headroom="30.5%"),
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
            " 3 more campaigns = 311.17, together 623, rounded up to 639;"
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


def test_last_point() -> None:
    """The instant at which a shape drops from its peak to nothing is explained by the peak."""
    assert explain(
        [replace(API, load=cliff(), airings=(first_airing(endSlack="0s"),))], 0, [], at("20:36")
    ) == ("1,000 requests/s x 80 % x 1.3 / 50 per replica = 21")
