"""Timelines are never below what is needed, and more need never means less floor."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onair.plan.curves import total
from onair.plan.ladder import ladder
from onair.plan.needs import Need, carrying, fixed
from onair.plan.seconds import Number, instant_at, since_epoch
from onair.plan.timeline import Timeline, required_beside, required_now, timeline
from tests.unit.plan.example import USUAL, at, carrying_load, cliff, first_airing, load, needs
from tests.unit.plan.strategies import START, more, peak_between
from tests.unit.plan.strategies import needs as drawn_needs

SOME_NEEDS = st.lists(drawn_needs(), min_size=1, max_size=3).map(
    lambda drawn: [replace(need, campaign=f"tv/{index}") for index, need in enumerate(drawn)]
)
USUALS = st.integers(0, 40)
PUNCTUAL = first_airing(cliff(), endSlack="0s")


def exact(some: Sequence[Need], usual: int, start: Number, end: Number) -> int:
    """Return the requirement of an interval by the design's formula."""
    carried = peak_between(total([carrying(need, usual) for need in some]), start, end)
    most = max((peak_between(fixed(need), start, end) for need in some), default=0)
    laddered = ladder(usual + ceil(carried)) if carried else usual
    return max(laddered, ceil(most)) if carried or most else 0


def assert_nowhere_below(high: Timeline, low: Timeline) -> None:
    """Compare two timelines wherever either changes."""
    for step in (*high.steps, *low.steps):
        assert high.at(step.at).required >= low.at(step.at).required


@given(SOME_NEEDS, USUALS, st.data())
def test_exact_to_the_second(some: list[Need], usual: int, data: st.DataObject) -> None:
    """The requirement of a whole second is the largest that it exactly has, no more and no less."""
    found = timeline(some, usual, [])
    assume(found.steps)  # a multiple of no usual load asks nothing
    changes = [floor(since_epoch(step.at)) for step in found.steps]
    change = data.draw(st.sampled_from(changes))
    for second in (change - 1, change, change + 1):
        step = found.at(instant_at(second))
        assert step.required == exact(some, usual, second, second + 1)
        assert step.floor == step.required


@given(SOME_NEEDS, USUALS)
def test_steps(some: list[Need], usual: int) -> None:
    """Steps are whole seconds that strictly increase, each changes something, the last ends all."""
    steps = timeline(some, usual, []).steps
    assume(steps)  # a multiple of no usual load asks nothing
    times = [step.at for step in steps]
    assert times == sorted(set(times))
    assert all(time.microsecond == 0 for time in times)
    assert all(one.floor != other.floor for one, other in pairwise(steps))
    assert (steps[-1].required, steps[-1].floor) == (0, 0)


@given(SOME_NEEDS, USUALS, st.integers(0, 300))
def test_never_below_the_demand(some: list[Need], usual: int, minute: int) -> None:
    """At every instant, and a lead before it, the floor is what the demand of the instant needs.

    What ends at the instant counts until right before it.
    """
    instant, lead = START + timedelta(minutes=minute), min(need.lead for need in some)
    found = timeline(some, usual, [])
    for before in (False, True):
        wanted = required_beside(some, usual, instant, before=before)
        then = instant - before * timedelta.resolution
        assert found.at(then).required >= wanted
        assert found.at(then - lead).required >= wanted


@given(SOME_NEEDS, USUALS, st.integers(1, 100))
def test_more_load(some: list[Need], usual: int, percent: int) -> None:
    """More load never lowers a floor."""
    first, *others = some[0].airings
    bigger = replace(first, load=more(first.load, Fraction(100 + percent, 100)))
    larger = replace(some[0], airings=(bigger, *others))
    assert_nowhere_below(timeline([larger, *some[1:]], usual, []), timeline(some, usual, []))


@given(SOME_NEEDS, USUALS, st.integers(1, 100))
def test_more_headroom(some: list[Need], usual: int, percent: int) -> None:
    """More headroom never lowers a floor."""
    first, *others = some[0].airings
    headroom = first.load.headroom + Fraction(percent, 100)
    bigger = replace(first, load=first.load.model_copy(update={"headroom": headroom}))
    more = replace(some[0], airings=(bigger, *others))
    assert_nowhere_below(timeline([more, *some[1:]], usual, []), timeline(some, usual, []))


@given(SOME_NEEDS, USUALS, st.integers(1, 900))
def test_more_lead(some: list[Need], usual: int, seconds: int) -> None:
    """More lead never lowers a floor."""
    more = replace(some[0], lead=some[0].lead + timedelta(seconds=seconds))
    assert_nowhere_below(timeline([more, *some[1:]], usual, []), timeline(some, usual, []))


@given(SOME_NEEDS, USUALS, drawn_needs())
def test_more_campaigns(some: list[Need], usual: int, another: Need) -> None:
    """Another campaign never lowers a floor."""
    assert_nowhere_below(timeline([*some, another], usual, []), timeline(some, usual, []))


@given(SOME_NEEDS, USUALS, st.data())
def test_order(some: list[Need], usual: int, data: st.DataObject) -> None:
    """The order of the campaigns changes nothing, with limits of their own or without."""
    limits = data.draw(st.lists(st.none() | st.integers(1, 99), min_size=3, max_size=3))
    some = [replace(need, limit=limit) for need, limit in zip(some, limits, strict=False)]
    assert timeline(data.draw(st.permutations(some)), usual, []) == timeline(some, usual, [])


@pytest.mark.parametrize(
    "again",
    [
        pytest.param({"duration": "65m", "endSlack": "600s"}, id="durations"),
        pytest.param({"start": "2027-01-09T19:30:00Z"}, id="start in UTC"),
        pytest.param({"start": "2027-01-09T14:30:00-05:00"}, id="start with an offset"),
    ],
)
def test_equal_spellings(again: dict[str, str]) -> None:
    """A manifest that says the same in other words has the same floor."""
    audience = {"people": 680_000, "requestsPerPerson": "2.200", "within": "300s"}
    airing = first_airing(load(audience=audience, headroom="30.0%"), **again)
    respelled = replace(needs()[0], airings=(airing,))
    assert timeline([respelled], USUAL, []) == timeline([needs()[0]], USUAL, [])


def test_two_campaigns_add_up() -> None:
    """Two campaigns on one target add up before rounding; the usual load counts once."""
    api, _ = needs()
    other = replace(api, campaign="tv/other")
    step = timeline([api, other], USUAL, []).at(at("20:40"))
    assert step.required == ladder(6 + 208)


@pytest.mark.parametrize(
    ("clock", "want"),
    [
        pytest.param("20:30", 20, id="minutes before the peak"),
        pytest.param("20:36", 21, id="at the peak, where it drops"),
        pytest.param("20:37", 0, id="a minute later"),
    ],
)
def test_last_point(clock: str, want: int) -> None:
    """A shape that drops to nothing at its last point requires its peak there."""
    api, chat = (replace(need, airings=(PUNCTUAL,)) for need in needs())
    assert required_now([api], 0, at(clock)) == want
    assert required_now([chat], 0, at(clock)) == (12 if want else 0)


def test_adjoining_airings_do_not_add_up() -> None:
    """Where one airing ends and the next begins the larger of both counts, not their sum."""
    flat = load(audience=None, shape="Flat", requestsPerSecond=1000)
    following = replace(PUNCTUAL, start=PUNCTUAL.end, end=at("22:00"), latest_end=at("22:00"))
    some = carrying_load(replace(needs()[0], airings=(PUNCTUAL, following)), flat)
    assert required_now([some], 0, PUNCTUAL.end) == 21


def test_fixed_replicas_are_not_laddered() -> None:
    """A fixed number between two rungs is what is required, and a limit of as many is enough."""
    _, chat = needs()
    chat = replace(chat, target=chat.target.model_copy(update={"replicas": 22}), limit=22)
    step = timeline([chat], USUAL, []).at(at("20:36"))
    assert (step.required, step.floor, step.limited_by) == (22, 22, None)
    assert required_now([chat], USUAL, at("20:36")) == 22


def test_usual_counts_only_beside_a_need() -> None:
    """Fixed replicas and the usual load: the larger of both, and nothing without a need."""
    _, chat = needs()
    found = timeline([chat], 20, [])
    assert [found.at(at(clock)).floor for clock in ("19:04", "19:05", "21:52", "21:53")] == [
        0,
        20,
        20,
        0,
    ]


def test_two_airings_apart() -> None:
    """Between two airings that are far apart there is no floor."""
    api, _ = needs()
    (airing,) = api.airings
    later = replace(
        airing, start=at("23:00"), end=at("23:30"), latest_end=at("23:30"), airtime="late"
    )
    found = timeline([replace(api, airings=(airing, later))], USUAL, [])
    assert found.at(at("22:30")).floor == 0
    assert found.next_change(at("22:30")) == at("22:35")


def test_reading_a_timeline() -> None:
    """A timeline says what is in force and what comes next; nothing before, nothing after."""
    found = timeline([needs()[1]], 0, [])
    before = found.at(at("12:00"))
    assert (before.at, before.required, before.floor) == (at("12:00"), 0, 0)
    assert found.at(at("19:05")).at == at("19:05")
    assert found.at(at("23:00")).at == at("21:53")
    assert found.next_change(at("12:00")) == at("19:05")
    assert found.next_change(at("19:05")) == at("21:50")
    assert found.next_change(at("21:53")) is None
    assert timeline([], 6, []) == Timeline(())


def test_the_larger_of_two_fixed_numbers_counts() -> None:
    """Fixed replicas do not add up, and nobody requires nothing."""
    _, chat = needs()
    small = replace(chat, target=chat.target.model_copy(update={"replicas": 3}))
    assert required_now([chat, small], 0, at("20:36")) == 12
    assert required_now([], 6, at("20:36")) == 0


def test_between_two_evenings() -> None:
    """The step in force is the last of the evening before, and none before the first."""
    api, _ = needs()
    (show,) = api.airings
    week = timedelta(days=7)
    later = replace(
        show, start=show.start + week, end=show.end + week, latest_end=show.latest_end + week
    )
    found = timeline([replace(api, airings=(show, later))], USUAL, [])
    first, second = timeline([api], USUAL, []).steps, found.steps
    assert found.at(at("23:59")) == first[-1]
    assert found.at(at("23:59") + week) == second[-1]
    assert found.next_change(at("23:59") + week) is None
    before = found.at(at("00:00"))
    assert (before.at, before.required, before.floor, before.limited_by) == (
        at("00:00"),
        0,
        0,
        None,
    )
