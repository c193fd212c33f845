"""An HPA with `behavior`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.simulation.hpa.controller import Controller
from onair.simulation.hpa.proposals import Seen
from onair.simulation.hpa.ruled import Ruled
from onair.simulation.hpa.rules import DEFAULT, Behavior, Policy, Rules
from onair.simulation.settings import RATE
from tests.unit.simulation.hpa.imagined import BEHAVIORS, HPA, Remembering, at, rules

PODS_4 = Policy("Pods", 4, 60)
PERCENT_50 = Policy("Percent", 50, 60)


def controller(up: Rules, down: Rules) -> Controller:
    """Return an HPA on the rate with these rules."""
    return Controller(replace(HPA, metric=RATE, behavior=Behavior(up, down)))


@pytest.mark.parametrize(
    ("up", "want"),
    [
        pytest.param(rules(PODS_4), 24, id="pods"),
        pytest.param(rules(PERCENT_50), 30, id="per cent"),
        pytest.param(rules(Policy("Percent", 1, 60)), 21, id="per cents are rounded up"),
        pytest.param(rules(PODS_4, PERCENT_50), 30, id="the one that changes most"),
        pytest.param(rules(PODS_4, PERCENT_50, select="Min"), 24, id="the one that changes least"),
        pytest.param(rules(PODS_4, select="Disabled"), 20, id="none"),
        pytest.param(DEFAULT.up, 40, id="the default doubles"),
    ],
)
def test_policies_on_the_way_up(up: Rules, want: int) -> None:
    """Replicas grow by what the selected policy allows."""
    assert controller(up, rules()).desired(0, at(20, 500)) == want


@pytest.mark.parametrize(
    ("down", "want"),
    [
        pytest.param(rules(PODS_4), 16, id="pods"),
        pytest.param(rules(Policy("Percent", 33, 60)), 13, id="what is left is rounded down"),
        pytest.param(rules(PODS_4, PERCENT_50), 10, id="the one that changes most"),
        pytest.param(rules(PODS_4, PERCENT_50, select="Min"), 16, id="the one that changes least"),
        pytest.param(rules(PODS_4, select="Disabled"), 20, id="none"),
        pytest.param(rules(Policy("Pods", 50, 60)), 2, id="no more than is wanted"),
    ],
)
def test_policies_on_the_way_down(down: Rules, want: int) -> None:
    """Replicas fall by what the selected policy allows."""
    fresh = controller(rules(), down)
    fresh.note(0, 20)
    assert fresh.desired(0, at(20, 2)) == want


def test_a_period_counts_all_changes() -> None:
    """Within a policy's period it allows its value once; a jump of the minimum counts, too."""
    some = controller(rules(PODS_4), rules())
    assert some.desired(0, at(10, 50)) == 14
    assert some.desired(15, at(14, 50)) == 14
    assert some.desired(60, at(14, 50)) == 18
    assert some.desired(75, at(18, 50, minimum=40)) == 40
    assert some.desired(90, at(40, 50, minimum=40)) == 40
    assert some.desired(135, at(40, 50, minimum=40)) == 44


def test_what_was_taken_away_may_come_back() -> None:
    """Pods that were removed within the period are part of its beginning."""
    some = controller(rules(PODS_4), rules())
    some.note(0, 20)
    assert some.desired(0, at(20, 10)) == 10
    assert some.desired(15, at(10, 50)) == 24


def test_windows_of_both_directions() -> None:
    """Up goes the smallest recommendation of its window, down the largest of its own."""
    some = controller(rules(window=30), rules(window=60))
    assert some.desired(0, at(10, 20)) == 10  # what there was is the first recommendation
    assert some.desired(15, at(10, 14)) == 10
    assert some.desired(30, at(10, 20)) == 14
    assert some.desired(45, at(14, 5)) == 14
    assert some.desired(90, at(14, 8)) == 8


def test_the_window_of_the_controller_stands_in() -> None:
    """`behavior` without a window on the way down has the controller's 300 s."""
    some = controller(DEFAULT.up, DEFAULT.down)
    assert some.desired(0, at(10, 3)) == 10
    assert some.desired(285, at(10, 3)) == 10
    assert some.desired(300, at(10, 3)) == 3


def test_an_earlier_recommendation_does_not_scale_up() -> None:
    """Unlike without `behavior`, what was cut off is not wanted any more."""
    some = controller(DEFAULT.up, DEFAULT.down)
    assert some.desired(0, at(4, 30)) == 8
    assert some.desired(15, at(8, 8)) == 8


@given(BEHAVIORS, st.lists(st.tuples(st.integers(1, 9), st.integers(0, 200)), max_size=30))
def test_history_is_that_of_the_source(behavior: Behavior, looks: list[tuple[int, int]]) -> None:
    """What is kept of recommendations and changes gives what all of them would."""
    ruled, remembering = Ruled(behavior, 300), Remembering(behavior)
    now, current = 0.0, 20
    for syncs, wanted in looks:
        now += 15 * syncs
        seen = Seen(current, 1, 150, 0, 0, 0)
        after = ruled.allowed(now, seen, wanted)
        assert after == remembering.allowed(now, seen, wanted)
        ruled.note(now, wanted)
        if after != current:
            ruled.changed(now, current, after)
            remembering.changed.append((now, after - current))
        current = after
