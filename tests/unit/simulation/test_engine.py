"""A target under a load with its HPA, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onair.simulation import engine
from onair.simulation.arms.floors import Floors
from onair.simulation.course import Steps
from onair.simulation.engine import Bounds, play
from onair.simulation.hpa.rules import DEFAULT, Behavior, Policy, Rules
from onair.simulation.settings import CPU, RATE, Metric
from tests.unit.simulation.scenes import CLUSTER, RATES, Fixed, cluster, offered, pairs

if TYPE_CHECKING:
    from onair.simulation.settings import Settings

SPIKE = offered(14, *[100] * 9)
SLOW = Behavior(
    Rules(60, "Max", (Policy("Pods", 3, 60),), None),
    Rules(120, "Min", (Policy("Percent", 50, 60), Policy("Pods", 1, 30)), 0.2),
)


def test_a_load_that_stays_changes_nothing() -> None:
    """An HPA begins with what it wants for the first rate, and keeps it."""
    course = play(offered(14, 14, 14), CLUSTER, Fixed())
    assert pairs(course.pods) == pairs(course.ready) == [(0, 2)]


def test_a_spike_is_followed_in_rounds_of_what_a_full_replica_shows() -> None:
    """CPU saturates at 10 of 7 requests/s, so each round asks for 1.43 times what is Ready."""
    course = play(SPIKE, CLUSTER, Fixed())
    want = [(0, 2), (90, 3), (150, 5), (210, 8), (270, 12), (330, 15)]
    assert pairs(course.pods) == want
    assert pairs(course.ready) == [(0, 2), *((at + 30, replicas) for at, replicas in want[1:])]


def test_a_rate_does_not_saturate() -> None:
    """The mean of a minute asks for what is needed at once; only the doubling limits it."""
    course = play(SPIKE, cluster(RATE), Fixed())
    assert pairs(course.pods) == [(0, 2), (75, 4), (90, 8), (105, 12), (120, 15)]
    assert pairs(course.ready) == [(0, 2), (105, 4), (120, 8), (135, 12), (150, 15)]


def test_replicas_wait_for_nodes() -> None:
    """What has no room gets its node two minutes later, and starts up only then."""
    course = play(SPIKE, replace(cluster(RATE), node_wait=120), Fixed())
    assert pairs(course.pods) == [(0, 2), (195, 4), (210, 8), (225, 12), (240, 15)]
    assert pairs(course.ready) == [(0, 2), (225, 4), (240, 8), (255, 12), (270, 15)]


def test_a_slow_ramp_loses_nothing() -> None:
    """Replicas follow a load that rises by 4 requests/s a minute."""
    course = play(offered(14, 18, 22, 26), CLUSTER, Fixed())
    assert pairs(course.pods) == [(0, 2), (90, 3), (210, 4)]
    assert pairs(course.ready) == [(0, 2), (120, 3)]


def test_fewer_come_after_five_minutes() -> None:
    """The largest recommendation of the last 300 s holds, and the last for ten was at 75 s."""
    course = play(offered(70, *[7] * 9), CLUSTER, Fixed())
    assert pairs(course.pods) == pairs(course.ready) == [(0, 10), (375, 1)]


def test_starting_replicas_count_as_idle() -> None:
    """Ten at 8 of 7 requests/s ask for no more than the fifteen of which five are starting."""
    slow = replace(CLUSTER, start_up=900)
    course = play(offered(70, 99, *[80] * 10), slow, Fixed())
    assert pairs(course.pods) == [(0, 10), (90, 15)]


def test_replicas_that_serve_are_looked_at_while_others_start() -> None:
    """Ten are busy enough to keep the thirteen, which all together would not be."""
    slow = replace(CLUSTER, start_up=900)
    course = play(offered(70, 85, *[72] * 10), slow, Fixed())
    assert pairs(course.pods) == [(0, 10), (90, 13)]


def test_a_full_replica_shows_less_than_was_offered() -> None:
    """Bursts that lift the mean to the target do not lift CPU: ten become eight."""
    load = offered(*[70] * 30, *[150, 30, 30] * 120, step=5)
    assert pairs(play(load, CLUSTER, Fixed()).pods)[:2] == [(0, 10), (465, 8)]


def test_the_limits_hold_from_the_beginning() -> None:
    """Replicas begin within the HPA's limits."""
    assert pairs(play(offered(14), CLUSTER, Fixed(minimum=5)).ready) == [(0, 5)]
    assert pairs(play(offered(140), CLUSTER, Fixed(maximum=5)).ready) == [(0, 5)]


def test_the_hpa_looks_at_once_when_its_limits_change() -> None:
    """A raised minimum does not wait for the next look."""
    floor = Steps()
    floor.put(0, 0)
    floor.put(20, 6)
    course = play(offered(14, 14), CLUSTER, Floors(Bounds(1, 100), floor))
    assert pairs(course.pods) == [(0, 2), (20, 6)]
    assert pairs(course.floor) == [(0, 1), (20, 6)]


def test_figures_are_shown_as_long_as_they_last() -> None:
    """Of metrics that are renewed each minute, a look in between sees the old ones."""
    renewed = Metric("cpu", 15, 0, 60)
    course = play(offered(14, 100, 100, 100), cluster(renewed), Fixed())
    assert pairs(course.pods)[:2] == [(0, 2), (120, 3)]


CLUSTERS = st.builds(
    lambda metric, behavior, start_up, node_wait, speed: replace(
        cluster(metric, behavior=behavior), start_up=start_up, node_wait=node_wait
    ).at_speed(speed),
    st.sampled_from([CPU, RATE, Metric("cpu", 10, 1, 10)]),
    st.sampled_from([None, DEFAULT, SLOW]),
    st.sampled_from([0, 30, 61, 600]),
    st.sampled_from([0, 120]),
    st.sampled_from([1, 2.5, 10]),
)


@settings(max_examples=200)
@given(
    rates=st.lists(st.floats(0.1, 500), min_size=5, max_size=12),
    repeats=st.integers(1, 30),
    step=st.sampled_from([1, 7, 60, 300]),
    settings_=CLUSTERS,
    floors=st.lists(st.tuples(st.integers(1, 900), st.sampled_from([0, 5, 40])), max_size=5),
)
def test_looks_that_are_passed_over_would_change_nothing(
    rates: list[float],
    repeats: int,
    step: int,
    settings_: Settings,
    floors: list[tuple[int, int]],
) -> None:
    """The course is the same if the HPA does all its looks."""
    load = offered(*[rate * wobble for rate in rates for wobble in _wobbles(repeats)], step=step)
    floor, at = Steps(), 0
    for after, replicas in floors:
        floor.put(at, replicas)
        at += after
    quick = play(load, settings_, Floors(Bounds(1, 100), floor))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine._Run, "_skip", lambda _run, look: look)  # noqa: SLF001 - to do without
        slow = play(load, settings_, Floors(Bounds(1, 100), floor))
    assert quick == slow


def _wobbles(count: int) -> list[float]:
    """Return factors that go up and down by a few percent, never twice alike."""
    return [1 + 0.07 * ((number * 0.618033) % 1 - 0.5) for number in range(count)]


@given(rates=RATES, metric=st.sampled_from([CPU, RATE]))
def test_halved_steps_change_nothing(rates: list[float], metric: Metric) -> None:
    """The steps of a trace are no events."""
    whole = play(offered(*rates), cluster(metric), Fixed())
    halves = play(
        offered(*[rate for rate in rates for _ in range(2)], step=30), cluster(metric), Fixed()
    )
    assert whole == halves
