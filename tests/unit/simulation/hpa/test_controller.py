"""What holds of the controller whatever it sees, and what an engine may rely on to go faster."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.simulation.hpa.controller import Controller
from onair.simulation.hpa.proposals import Seen
from onair.simulation.hpa.rules import DEFAULT
from onair.simulation.settings import CPU, RATE, Hpa
from tests.unit.simulation.hpa.imagined import BEHAVIORS, HPA, PER_POD, at

HPAS = st.builds(
    replace,
    st.just(HPA),
    metric=st.sampled_from([CPU, RATE]),
    stabilization=st.sampled_from([0, 60, 300]),
    behavior=st.none() | BEHAVIORS,
)
LOOKS = st.lists(
    st.builds(
        Seen,
        current=st.just(0),
        minimum=st.integers(1, 20),
        maximum=st.integers(20, 60),
        measured=st.integers(0, 30),
        unready=st.integers(0, 10),
        load=st.floats(0, 100) | st.floats(0, 10_000),
    ),
    min_size=1,
    max_size=20,
)


def course(controller: Controller, looks: list[Seen]) -> list[tuple[float, Seen, int]]:
    """Let it look every 15 s; return instant, what it saw, and the replicas that it set."""
    found, replicas = [], 20
    for number, look in enumerate(looks):
        seen = look._replace(current=replicas)
        replicas = controller.desired(15.0 * number, seen)
        found.append((15.0 * number, seen, replicas))
    return found


@given(HPAS, LOOKS)
def test_limits_are_kept(hpa: Hpa, looks: list[Seen]) -> None:
    """Replicas are never below the minimum nor above the maximum."""
    for _, seen, replicas in course(Controller(hpa), looks):
        assert seen.minimum <= replicas <= seen.maximum


@given(HPAS, st.integers(1, 60), st.floats(0.91, 1.09))
def test_within_tolerance_nothing_changes(hpa: Hpa, pods: int, ratio: float) -> None:
    """An HPA that has seen nothing else leaves replicas alone near its target."""
    load = ratio * PER_POD * (1 if hpa.metric is CPU else pods)
    assert Controller(hpa).desired(0, Seen(pods, 1, 100, pods, 0, load)) == pods


@given(LOOKS)
def test_never_more_than_twice(looks: list[Seen]) -> None:
    """Without `behavior` no look brings more than twice the replicas, or four, or the minimum."""
    for _, seen, replicas in course(Controller(HPA), looks):
        assert replicas <= max(2 * seen.current, 4, seen.minimum)


@given(LOOKS)
def test_never_more_than_the_default_policies(looks: list[Seen]) -> None:
    """Nor do the default policies, which look back for 15 s: for one sync."""
    ruled = Controller(replace(HPA, behavior=DEFAULT))
    for _, seen, replicas in course(ruled, looks):
        if seen.current >= seen.minimum:
            assert replicas <= max(2 * seen.current, seen.current + 4)


@given(HPAS, LOOKS, LOOKS)
def test_replicas_are_held_until_then(hpa: Hpa, looks: list[Seen], later: list[Seen]) -> None:
    """No recommendation below the replicas lowers them before `held_until`."""
    controller = Controller(hpa)
    now, _, replicas = course(controller, looks)[-1]
    until = controller.held_until(replicas)
    for number, look in enumerate(later, start=1):
        if now + 15 * number < until:
            seen = look._replace(current=replicas, minimum=1, maximum=60)
            low = controller.band(replicas)[1] * (1 if hpa.metric is CPU else 0.99)
            after = controller.desired(now + 15 * number, seen._replace(load=min(look.load, low)))
            assert after >= replicas
            replicas = after
            until = min(until, controller.held_until(replicas))


@pytest.mark.parametrize(
    ("hpa", "want"),
    [
        pytest.param(HPA, 330, id="the controller's window"),
        pytest.param(replace(HPA, behavior=DEFAULT), 330, id="that of a behavior without one"),
        pytest.param(
            replace(HPA, behavior=replace(DEFAULT, down=replace(DEFAULT.down, window=60))),
            90,
            id="that of a behavior",
        ),
    ],
)
def test_how_long_replicas_are_held(hpa: Hpa, want: float) -> None:
    """They are held for the window that follows the newest recommendation of as many, or more."""
    controller = Controller(hpa)
    for now, wanted in ((0, 12), (15, 9), (30, 10), (45, 4)):
        controller.note(now, wanted)
    assert controller.held_until(10) == pytest.approx(want)
    assert controller.held_until(13) == -inf


def test_a_recommendation_may_be_noted_alone() -> None:
    """A look that changes nothing is remembered like any other, without a decision."""
    controller = Controller(replace(HPA, metric=RATE))
    controller.desired(0, at(10, 10))
    controller.recommend(15, at(10, 9))
    controller.recommend(30, Seen(10, 1, 1000, 0, 0, 8 * PER_POD))
    assert controller.desired(315, at(10, 2)) == 8
    blind = Controller(HPA)
    blind.recommend(0, Seen(10, 1, 1000, 0, 10, PER_POD))
    assert blind.wanted is None


def test_slowed() -> None:
    """A behaviour for a crowd ten times as fast has all its durations ten times as long."""
    slow = DEFAULT.slowed(10)
    assert slow.up.longest == 150
    assert [policy.value for policy in slow.up.policies] == [4, 100]
    assert slow.down.window is None
    assert replace(DEFAULT.up, window=30).slowed(10).window == 300
