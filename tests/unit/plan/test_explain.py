"""A number of replicas is explained by the arithmetic that a person would do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from onair.plan.explain import bite, explain
from onair.plan.needs import Need
from onair.plan.timeline import Limit
from tests.unit.plan.example import USUAL, at, carrying_load, first_airing, load, needs

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
MEDIA = API.target.model_copy(update={"share": Fraction(1, 5), "per_replica": Fraction(10)})
MEDIA_PRODUCT = "4,986.67 requests/s x 20 % x 1.3 / 10 per replica"
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
        pytest.param(
            [replace(API, airings=API.airings * 2)],
            6,
            [],
            "9,973.33 requests/s x 80 % x 1.3 / 50 per replica = 208,"
            " plus 6 for the usual load = 214, rounded up to 219",
            id="two airings of one load",
        ),
        pytest.param(
            [replace(API, limit=111)],
            6,
            [],
            f"{PRODUCT} = 104, plus 6 for the usual load = 110, rounded up to 111",
            id="a maxReplicas of its own that is enough",
        ),
        pytest.param(
            [API, replace(API, target=MEDIA)],
            6,
            [],
            f"tv/wie-is-de-mol: {MEDIA_PRODUCT} = 129.65, tv/wie-is-de-mol: {PRODUCT} = 103.72,"
            " together 234, plus 6 for the usual load = 240, rounded up to 241",
            id="two target sets with factors of their own",
        ),
        pytest.param(
            [replace(API, lead=timedelta(0)), API],
            6,
            [],
            f"tv/wie-is-de-mol: {PRODUCT} = 103.72, tv/wie-is-de-mol: {PRODUCT} = 103.72,"
            " together 208, plus 6 for the usual load = 214, rounded up to 219",
            id="two target sets with equal factors",
        ),
        pytest.param(
            campaigns(2)[::-1],
            0,
            [],
            f"tv/0: {PRODUCT} = 103.72, tv/1: {PRODUCT} = 103.72, together 208, rounded up to 209",
            id="equal campaigns in the order of their names",
        ),
        pytest.param(
            campaigns(4),
            0,
            [],
            f"tv/0: {PRODUCT} = 103.72, tv/1: {PRODUCT} = 103.72, tv/2: {PRODUCT} = 103.72,"
            " 1 more load = 103.72, together 415, rounded up to 433",
            id="one more than a sentence can name",
        ),
        pytest.param(
            [replace(API, campaign="tv/0", limit=80), replace(API, campaign="tv/1")],
            6,
            [],
            f"tv/0: {PRODUCT} = 103.72, tv/1: {PRODUCT} = 103.72, together 208,"
            " plus 6 for the usual load = 214, rounded up to 219; limited to 189 by maxReplicas of"
            " tv/0",
            id="two campaigns, one of them limited",
        ),
        pytest.param(
            [replace(need, limit=6) for need in campaigns(2)],
            6,
            [],
            f"tv/0: {PRODUCT} = 103.72, tv/1: {PRODUCT} = 103.72, together 208,"
            " plus 6 for the usual load = 214, rounded up to 219; limited to 6 by maxReplicas of"
            " tv/0",
            id="limits that leave nothing but the usual load",
        ),
        pytest.param(
            [replace(API, limit=80)],
            6,
            [replace(OPERATOR, replicas=50)],
            f"{PRODUCT} = 104, plus 6 for the usual load = 110, rounded up to 111;"
            " limited to 50 by the operator's --max-replicas-per-target",
            id="its own limit, and a smaller one on the total",
        ),
        pytest.param(
            [carrying_load(API, load(shape="Flat", audience={"people": 2}))],
            0,
            [],
            "0.00051 requests/s x 80 % x 1.3 / 50 per replica = 1",
            id="a tiny rate",
        ),
        pytest.param(
            [
                carrying_load(need, load(shape="Flat", audience={"people": 2}))
                for need in campaigns(2)
            ],
            0,
            [],
            "tv/0: 0.00051 requests/s x 80 % x 1.3 / 50 per replica = 0.000011,"
            " tv/1: 0.00051 requests/s x 80 % x 1.3 / 50 per replica = 0.000011, together 1",
            id="two tiny rates",
        ),
        pytest.param(
            [carrying_load(ROUND, load(shape="Flat", audience=None, requestsPerSecond=1))],
            0,
            [],
            "1 request/s x 1.3 / 2.5 per replica = 1",
            id="one request",
        ),
        pytest.param(
            [replace(CHAT, target=CHAT.target.model_copy(update={"replicas": 1}))],
            0,
            [],
            "at least 1 fixed replica",
            id="one fixed replica",
        ),
        pytest.param([], 6, [], "no demand at that time", id="nothing"),
    ],
)
def test_explain(some: Sequence[Need], usual: int, limits: Sequence[Limit], want: str) -> None:
    """The sentence names each factor, the usual load, the rung and the limit that bites."""
    assert explain(some, usual, limits, at("20:36")) == want


def test_part_of_a_multiple() -> None:
    """Below its peak a multiple counts as much as the level of the demand."""
    assert [explain([FOURFOLD], usual, [], at("19:15")) for usual in (USUAL, 0)] == [
        "(4 - 1) x 25 % x 6 for the usual load = 5, plus 6 for the usual load = 11",
        "(4 - 1) x 25 % x 0 for the usual load, which is 0 or not known yet = 0",
    ]


def test_bite() -> None:
    """What is required, what is left of it and the limit that bites are there as numbers."""
    assert bite([API], 6, [OPERATOR], at("20:36")) == (111, 111, None)
    small = replace(OPERATOR, replicas=50)
    assert bite([API], 6, [OPERATOR, small], at("20:36")) == (111, 50, small)
    required, left, limit = bite([replace(API, limit=80)], 6, [OPERATOR], at("20:36"))
    assert (required, left) == (111, 80)
    assert limit is not None
    assert limit.name == "maxReplicas of tv/wie-is-de-mol"
