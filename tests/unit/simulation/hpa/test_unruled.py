"""An HPA without `behavior`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onair.simulation.hpa.controller import Controller
from onair.simulation.settings import RATE
from tests.unit.simulation.hpa.imagined import HPA, at


@pytest.fixture
def controller() -> Controller:
    """An HPA on the rate with Kubernetes' own limits."""
    return Controller(replace(HPA, metric=RATE))


@pytest.mark.parametrize(
    ("current", "wanted", "want"),
    [
        pytest.param(10, 100, 20, id="twice what there is"),
        pytest.param(1, 100, 4, id="or four"),
        pytest.param(10, 15, 15, id="less than twice"),
        pytest.param(10, 10, 10, id="nothing"),
    ],
)
def test_scales_up_by_twice_at_most(
    controller: Controller, current: int, wanted: int, want: int
) -> None:
    """At one look replicas grow to twice what they are, or to four."""
    assert controller.desired(0, at(current, wanted)) == want


def test_limits_bind(controller: Controller) -> None:
    """Minimum and maximum bound what a metric asks for."""
    assert controller.desired(0, at(10, 15, maximum=12)) == 12
    fresh = Controller(replace(HPA, metric=RATE, stabilization=0))
    assert fresh.desired(0, at(10, 2, minimum=5)) == 5


def test_scales_down_after_the_window(controller: Controller) -> None:
    """The largest recommendation of the last 300 s counts; the first is what there was."""
    assert controller.desired(0, at(10, 8)) == 10
    assert controller.desired(15, at(10, 6)) == 10
    assert controller.desired(285, at(10, 3)) == 10
    assert controller.desired(300, at(10, 4)) == 6  # those of 0 s are out, that of 15 s is not
    assert controller.desired(315, at(6, 4)) == 4


def test_an_earlier_recommendation_goes_on_scaling_up(controller: Controller) -> None:
    """What the limit cut off is still wanted later, even when the load has gone."""
    assert controller.desired(0, at(4, 30)) == 8
    assert controller.desired(15, at(8, 8)) == 16
    assert controller.desired(30, at(16, 8)) == 30
    assert controller.desired(300, at(30, 8)) == 8


def test_a_raised_minimum_leaves_nothing_behind(controller: Controller) -> None:
    """What the minimum brought goes at the first look after it is restored."""
    assert controller.desired(0, at(4, 4)) == 4
    assert controller.desired(15, at(4, 4, minimum=40)) == 40
    assert controller.desired(30, at(40, 4, minimum=40)) == 40
    assert controller.desired(45, at(40, 4)) == 4


def test_limits_come_before_any_metric() -> None:
    """Without metrics nothing changes, but replicas come within minimum and maximum."""
    controller = Controller(HPA)
    blind = at(10, 0)
    assert controller.desired(0, blind) == 10
    assert controller.desired(15, blind._replace(minimum=40)) == 40
    assert controller.desired(30, blind._replace(maximum=6)) == 6
