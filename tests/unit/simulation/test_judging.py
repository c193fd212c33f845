"""The figures of an arm, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.simulation.course import Course, Steps
from onair.simulation.figures import Worst
from onair.simulation.judging import Judge
from tests.unit.simulation.scenes import RATES, offered

# 1, 4, 2, 2 replicas of 10 requests/s are required, minute after minute.
LOAD = offered(10, 40, 20, 15)


def steps(*pieces: tuple[float, int]) -> Steps:
    """Return a step function."""
    made = Steps()
    for at, value in pieces:
        made.put(at, value)
    return made


COURSE = Course(
    pods=steps((0, 2), (60, 5), (180, 2)), ready=steps((0, 2), (90, 3), (120, 5), (200, 2))
)


def test_losses_are_counted_exactly() -> None:
    """20 requests/s have no room for half a minute, 10 for the other half."""
    found = Judge(LOAD, 10, 1).figures(COURSE, 0, 240)
    assert (found.requests, found.lost) == (85 * 60, 20 * 30 + 10 * 30)
    assert found.share == 900 / 5100
    assert found.worst == Worst(60, 900 / 2400)


def test_the_metrics_of_spec_are_as_defined() -> None:
    """With s of 2, 2, 3, 5, 5, 2 where d is 1, 4, 4, 2, 2, 2."""
    found = Judge(LOAD, 10, 1).figures(COURSE, 0, 240)
    assert found.theta_u == pytest.approx(100 / 240 * (30 * 2 / 4 + 30 * 1 / 4))
    assert found.theta_o == pytest.approx(100 / 240 * (60 * 1 / 1 + 80 * 3 / 2))
    assert found.tau_u == pytest.approx(100 / 240 * 60)
    assert found.tau_o == pytest.approx(100 / 240 * 140)


def test_instability_is_told_from_minute_to_minute() -> None:
    """Of s 2, 2, 5, 5, 2 and d 1, 4, 2, 2, 2 at whole minutes three changes of four differ."""
    assert Judge(LOAD, 10, 1).figures(COURSE, 0, 240).instability == 75


def test_jitter_counts_changes() -> None:
    """There are three changes of s and two of d in four minutes, or in two at twice the speed."""
    assert Judge(LOAD, 10, 1).figures(COURSE, 0, 240).jitter == 1 / 4
    assert Judge(LOAD, 10, 2).figures(COURSE, 0, 240).jitter == 1 / 2


def test_the_cost_is_that_of_pods_on_nodes() -> None:
    """Pods cost from their first second on a node."""
    found = Judge(LOAD, 10, 1).figures(COURSE, 0, 240)
    assert (found.mean_pods, found.peak_pods) == (3.5, 5)
    assert found.pod_hours == pytest.approx(3.5 * 240 / 3600)


def test_a_replay_is_shorter() -> None:
    """At ten times the speed there are a tenth of the requests and of the pod-hours."""
    judge = Judge(LOAD, 10, 10)
    found, slow = judge.figures(COURSE, 0, 240), Judge(LOAD, 10, 1).figures(COURSE, 0, 240)
    assert (found.requests, found.lost) == (slow.requests / 10, slow.lost / 10)
    assert found.pod_hours == slow.pod_hours / 10
    assert (found.mean_pods, found.share) == (slow.mean_pods, slow.share)


def test_a_part_counts_for_itself() -> None:
    """From 100 to 130 s, 10 requests/s have no room for 20 s."""
    found = Judge(LOAD, 10, 1).figures(COURSE, 100, 130)
    assert (found.requests, found.lost) == (20 * 40 + 10 * 20, 200)
    assert (found.mean_pods, found.peak_pods, found.instability) == (5, 5, 0)
    assert found.tau_u == pytest.approx(100 * 20 / 30)


def test_a_service_without_requests_needs_a_replica() -> None:
    """Nothing is lost, and one replica is not too many."""
    found = Judge(offered(0, 0), 10, 1).figures(Course(steps((0, 1)), steps((0, 1))), 0, 120)
    assert (found.share, found.worst, found.theta_o) == (0, None, 0)


def test_a_rate_that_fills_replicas_needs_no_more() -> None:
    """What is only a float's noise above a capacity is no need."""
    three = Course(steps((0, 3)), steps((0, 3)))
    found = Judge(offered(3 * 0.1), 0.1, 1).figures(three, 0, 60)
    assert (found.lost, found.tau_u, found.tau_o) == (0, 0, 0)


def test_the_speed_up_is_the_fourth_root_of_the_quotients() -> None:
    """Who has half of three metrics and twice the fourth is the square root of two as good."""
    one = Judge(LOAD, 10, 1).figures(COURSE, 0, 240)
    other = replace(
        one, theta_u=one.theta_u / 2, theta_o=one.theta_o * 2, tau_u=one.tau_u / 2,
        tau_o=one.tau_o / 2,
    )  # fmt: skip
    assert other.speed_up(one) == pytest.approx(2**0.5)
    assert replace(one, theta_u=0).speed_up(one) is None
    assert one.speed_up(replace(one, tau_o=0)) is None


READY = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 60)), min_size=1, max_size=20)


def _course(pieces: list[tuple[int, int]], more: int = 0) -> Course:
    made, at = Steps(), 0
    for span, replicas in pieces:
        made.put(at, replicas + more)
        at += 7 * span
    return Course(made, made)


@given(rates=RATES, pieces=READY, cuts=st.lists(st.integers(1, 300), max_size=4))
def test_parts_add_up(rates: list[float], pieces: list[tuple[int, int]], cuts: list[int]) -> None:
    """Requests, losses and pod-hours of stretches of time add up to those of the whole."""
    load = offered(*rates)
    judge, course = Judge(load, 10, 1), _course(pieces)
    edges = sorted({0, load.end, *(cut for cut in cuts if cut < load.end)})
    parts = [judge.figures(course, *edge) for edge in pairwise(edges)]
    whole = judge.figures(course, 0, load.end)
    for name in ("requests", "lost", "pod_hours"):
        total = sum(getattr(part, name) for part in parts)
        assert total == pytest.approx(getattr(whole, name), abs=1e-6)
    assert whole.peak_pods == max(part.peak_pods for part in parts)


@given(rates=RATES, pieces=READY, more=st.integers(0, 5))
def test_more_pods_never_lose_more(
    rates: list[float], pieces: list[tuple[int, int]], more: int
) -> None:
    """With more Ready at any time no more is lost, nothing is too few more often."""
    load = offered(*rates)
    judge = Judge(load, 10, 1)
    few = judge.figures(_course(pieces), 0, load.end)
    many = judge.figures(_course(pieces, more), 0, load.end)
    assert many.lost <= few.lost
    assert (many.theta_u <= few.theta_u, many.tau_u <= few.tau_u) == (True, True)


@given(rates=RATES, pieces=READY)
def test_requests_are_conserved(rates: list[float], pieces: list[tuple[int, int]]) -> None:
    """What is served, step by step, and what is lost make what is offered."""
    load, course = offered(*rates), _course(pieces)
    served = sum(
        load.within(begin, end, ready * 10)
        for begin, end, ready in course.ready.between(0, load.end)
    )
    found = Judge(load, 10, 1).figures(course, 0, load.end)
    assert served + found.lost == pytest.approx(found.requests)


@given(rates=RATES, pieces=READY)
def test_halved_steps_change_no_figure(rates: list[float], pieces: list[tuple[int, int]]) -> None:
    """A trace of half minutes has the figures of one of minutes."""
    whole, course = offered(*rates), _course(pieces)
    halves = offered(*[rate for rate in rates for _ in range(2)], step=30)
    one = Judge(whole, 10, 1).figures(course, 0, whole.end)
    two = Judge(halves, 10, 1).figures(course, 0, halves.end)
    for name in ("requests", "lost", "theta_u", "theta_o", "tau_u", "tau_o", "instability"):
        assert getattr(two, name) == pytest.approx(getattr(one, name), abs=1e-9)
    assert (two.jitter, two.peak_pods, two.pod_hours) == (one.jitter, one.peak_pods, one.pod_hours)
