"""Limits cut the floor, never the requirement, and whichever bites is said by name."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.plan.needs import Need
from onair.plan.timeline import Limit, Step, timeline
from tests.unit.plan.example import USUAL, at, carrying_load, load, needs
from tests.unit.plan.strategies import needs as drawn_needs

API, CHAT = needs()
OTHER = replace(API, campaign="tv/other")
SMALL = load(audience=None, requestsPerSecond=100)
TARGET_SET = Limit("maxReplicas of api in TargetSet mol", "LimitedByMaxReplicas", 80)
OPERATOR = Limit("the operator's --max-replicas-per-target", "LimitedByOperator", 70)


def peak(*some: Need, usual: int = USUAL, limits: tuple[Limit, ...] = ()) -> Step:
    """Return the step at the peak of the evening."""
    return timeline(some, usual, limits).at(at("20:40"))


def own(name: str, replicas: int) -> Limit:
    """Return how the limit of a campaign's own target is said."""
    return Limit(f"maxReplicas of tv/{name}", "LimitedByMaxReplicas", replicas)


@pytest.mark.parametrize(
    ("limits", "floor", "bites"),
    [
        pytest.param((), 111, None, id="none"),
        pytest.param((TARGET_SET,), 80, TARGET_SET, id="one"),
        pytest.param((TARGET_SET, OPERATOR), 70, OPERATOR, id="the lowest of two"),
        pytest.param((OPERATOR, TARGET_SET), 70, OPERATOR, id="in another order"),
        pytest.param((replace(OPERATOR, replicas=111),), 111, None, id="just enough"),
    ],
)
def test_limits_on_the_total(limits: tuple[Limit, ...], floor: int, bites: Limit | None) -> None:
    """A limit on the total cuts what all campaigns together ask for."""
    step = peak(API, limits=limits)
    assert (step.required, step.floor, step.limited_by) == (111, floor, bites)


@pytest.mark.parametrize(
    ("some", "usual", "floor", "bites"),
    [
        pytest.param([replace(API, limit=80)], 6, 80, own("wie-is-de-mol", 80), id="alone"),
        pytest.param([replace(API, limit=111)], 6, 111, None, id="just enough"),
        pytest.param(
            [replace(API, limit=110)], 6, 110, own("wie-is-de-mol", 110), id="below the rung only"
        ),
        pytest.param(
            [replace(API, limit=80), replace(OTHER, limit=90)],
            6,
            164,
            own("wie-is-de-mol", 80),
            id="two limited: 6 + 74 + 84, the smaller is named",
        ),
        pytest.param(
            [replace(API, limit=200), replace(OTHER, limit=90)],
            6,
            199,
            own("other", 90),
            id="one of two bites: 6 + 104 + 84, laddered",
        ),
        pytest.param(
            [replace(carrying_load(API, SMALL), limit=50), replace(OTHER, limit=90)],
            6,
            96,
            own("other", 90),
            id="the larger one bites: 6 + 2.08 + 84, laddered",
        ),
        pytest.param(
            [replace(API, limit=80), OTHER],
            6,
            189,
            own("wie-is-de-mol", 80),
            id="beside one without: 6 + 74 + 104, laddered",
        ),
        pytest.param([replace(API, limit=6)], 6, 6, own("wie-is-de-mol", 6), id="as many as usual"),
        pytest.param([replace(API, limit=5)], 6, 5, own("wie-is-de-mol", 5), id="fewer than usual"),
    ],
)
def test_limits_of_campaigns(some: list[Need], usual: int, floor: int, bites: Limit | None) -> None:
    """The maxReplicas of an inline target limits what its campaign contributes."""
    step = peak(*some, usual=usual)
    assert (step.floor, step.limited_by) == (floor, bites)


def test_lower_limit_of_both_kinds() -> None:
    """Of a campaign's own limit and one on the total the lower is named."""
    campaign = replace(API, limit=75)
    assert peak(campaign, limits=(TARGET_SET,)).limited_by == own("wie-is-de-mol", 75)
    assert peak(campaign, limits=(OPERATOR,)).limited_by == OPERATOR


def test_limit_of_a_campaign_that_is_over() -> None:
    """A limit says nothing about the time when only another campaign is on."""
    ((airing,), late) = API.airings, at("23:30")
    other = replace(airing, start=at("23:00"), end=late, latest_end=late)
    found = timeline([replace(API, limit=80), replace(OTHER, airings=(other,))], USUAL, [])
    assert found.at(at("20:40")).floor == 80
    assert found.at(at("23:35")).floor == 111


@given(drawn_needs(), st.integers(0, 60), st.integers(1, 60))
def test_alone_never_above_the_limit(need: Need, usual: int, limit: int) -> None:
    """One campaign with a limit of its own never goes above it, nor below what it may have."""
    replicas = need.target.replicas
    if replicas:
        limit = max(limit, replicas)
    for step in timeline([replace(need, limit=limit)], usual, []).steps:
        assert step.floor == min(step.required, limit)
        assert (step.limited_by is None) == (step.floor == step.required)


@given(drawn_needs(), drawn_needs(), st.integers(0, 40), st.integers(1, 60), st.integers(1, 60))
def test_limits_only_lower(one: Need, other: Need, usual: int, limit: int, more: int) -> None:
    """A limit never changes what is required, and a wider one never lowers the floor."""
    other = replace(other, campaign="tv/other")
    free = timeline([one, other], usual, [])
    tight = timeline([replace(one, limit=limit), other], usual, [])
    wide = timeline([replace(one, limit=limit + more), other], usual, [])
    for step in (*free.steps, *tight.steps, *wide.steps):
        instant = step.at
        assert free.at(instant).required == tight.at(instant).required
        assert tight.at(instant).floor <= wide.at(instant).floor <= free.at(instant).floor


def test_fraction_of_a_replica() -> None:
    """A need of less than one replica is one replica: no rounding to nothing."""
    tiny = carrying_load(API, load(headroom="0%"))
    tiny = replace(tiny, target=tiny.target.model_copy(update={"per_replica": Fraction(10**9)}))
    assert peak(tiny, usual=0).floor == 1
