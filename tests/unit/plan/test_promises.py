"""What a plan promises before limits (design section 3), for every shape and size of a crowd."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.model.parse import parse_campaign
from onair.plan.demand import span
from onair.plan.needs import Need
from onair.plan.timeline import required_now, timeline
from onair.schedule.airings import Airing, airings
from tests.unit.plan.example import CAMPAIGN, EVENING, USUAL, at, needs
from tests.unit.plan.strategies import START
from tests.unit.plan.strategies import needs as drawn_needs

SOME_NEEDS = st.lists(drawn_needs(), min_size=1, max_size=3).map(
    lambda drawn: [replace(need, campaign=f"tv/{index}") for index, need in enumerate(drawn)]
)
USUALS = st.integers(0, 40)
SECOND = timedelta(seconds=1)


@given(SOME_NEEDS, USUALS, st.integers(-3600, 14400), st.fractions(0, 1))
def test_enough_throughout_the_lead(
    some: list[Need], usual: int, second: int, part: Fraction
) -> None:
    """The floor is never below what is exactly required anywhere from now to the lead's end."""
    instant = START + second * SECOND
    lead = min(need.lead for need in some)
    later = instant + float(part) * lead
    floor = timeline(some, usual, []).at(instant).required
    assert floor >= required_now(some, usual, later)
    assert floor >= required_now(some, usual, instant + lead)


@given(SOME_NEEDS, USUALS, st.data())
def test_a_part_never_needs_more(some: list[Need], usual: int, data: st.DataObject) -> None:
    """The floor of all is never below that of some campaigns, or of some of their airings."""
    whole = timeline(some, usual, [])
    fewer = [replace(need, airings=need.airings[:1]) for need in some]
    part = timeline(data.draw(st.sampled_from([some[:1], some[1:], fewer])), usual, [])
    for step in (*whole.steps, *part.steps):
        assert whole.at(step.at).required >= part.at(step.at).required


@given(SOME_NEEDS, USUALS)
def test_nothing_is_left(some: list[Need], usual: int) -> None:
    """After the last airing's cool-down the floor is zero, and stays so."""
    over = max(span(airing)[1] + need.cool_down.length for need in some for airing in need.airings)
    found = timeline(some, usual, [])
    assert found.at(over + SECOND).required == 0
    assert found.next_change(over + SECOND) is None


@given(SOME_NEEDS, USUALS)
def test_nothing_too_early(some: list[Need], usual: int) -> None:
    """Before the first airing's demand less its lead there is no floor."""
    begins = min(span(airing)[0] - need.lead for need in some for airing in need.airings)
    assert timeline(some, usual, []).at(begins - SECOND).required == 0


def aired(changes: dict[str, Any]) -> tuple[Airing, ...]:
    """Return the example's airings of the evening, with some fields of its spec changed."""
    spec = parse_campaign({"spec": deepcopy(CAMPAIGN) | changes})
    return airings(spec, EVENING, at("23:59"))


OWN_LOAD = {"airtimes": [CAMPAIGN["airtimes"][0] | {"load": CAMPAIGN["load"]}]}
FOURFOLD = {"shape": "Episode", "multiplier": "4"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({}, OWN_LOAD, id="the load at the airtime"),
        pytest.param({}, OWN_LOAD | {"load": FOURFOLD}, id="another load that no airtime uses"),
        pytest.param(
            {"load": FOURFOLD}, {"load": FOURFOLD | {"multiplier": "4.00"}}, id="a multiplier"
        ),
        pytest.param(
            {"load": CAMPAIGN["load"] | {"shape": "TVSpot"}},
            {"load": CAMPAIGN["load"] | {"shape": "TVSpot", "headroom": "30.0%"}},
            id="headroom of a spot",
        ),
    ],
)
def test_equal_spellings_of_a_load(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Wherever and however the same load is said, the floor is the same."""
    api, _ = needs()
    first, second = (
        timeline([replace(api, airings=aired(changes))], USUAL, []) for changes in (one, other)
    )
    assert first == second
    assert first.steps
