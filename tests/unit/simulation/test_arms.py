"""The floors of the arms that know theirs beforehand, and perfect foresight."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from onair.simulation.simulating import simulate
from tests.unit.simulation.scenes import BEGIN, CLUSTER, aims, pairs, scene

if TYPE_CHECKING:
    from onair.simulation.course import Course
    from onair.simulation.simulating import Scene

HOUR = 3600
DAY = 24 * HOUR
SPIKE = [14.0] * 60 + [70.0] * 2 + [14.0] * 58


def course(arm: str, where: Scene) -> Course:
    """Return what comes of one arm."""
    (found,) = simulate(where, (arm,)).arms
    return found.course


def test_yesterday_expects_what_came_a_day_before() -> None:
    """Its floor for the first day comes a lead earlier on the second."""
    rates = SPIKE + [14.0] * (22 * 60) + [14.0] * 240
    found = course("yesterday", scene(rates, *aims(10)))
    assert pairs(found.floor) == [
        (0, 1),
        (DAY - 600, 2),
        (DAY + HOUR - 600, 10),
        (DAY + HOUR + 120, 2),
    ]


def test_last_week_expects_what_came_a_week_before() -> None:
    """There is no floor before the trace is a week old."""
    rates = (SPIKE + [14.0] * (22 * 60)) * 8
    found = course("last-week", scene(rates, *aims(10)))
    assert pairs(found.floor)[:3] == [(0, 1), (7 * DAY - 600, 2), (7 * DAY + HOUR - 600, 10)]


def test_what_is_before_the_window_is_history() -> None:
    """Yesterday is looked up in the trace even if the simulation begins today."""
    rates = SPIKE + [14.0] * (22 * 60) + [14.0] * 240
    where = scene(rates, *aims(10), after=BEGIN + timedelta(days=1))
    assert pairs(course("yesterday", where).floor) == [
        (0, 2),
        (HOUR - 600, 10),
        (HOUR + 120, 2),
    ]


def test_yesterday_never_looks_ahead() -> None:
    """A lead of more than a day does not reach into what has not come yet."""
    found = aims(10, warmUp={"lead": "24h"})
    rates = [14.0] * 1440 + [14.0] * 60 + [70.0] * 60
    at_speed_2 = course("yesterday", scene(rates, *found, speed=2))
    assert at_speed_2.floor.at(DAY) == 2
    assert at_speed_2.floor.at(DAY + HOUR + 120) == 10


def test_a_floor_of_an_earlier_day_is_limited_by_the_target() -> None:
    """It asks for no more than maxReplicas."""
    rates = [7000.0] * 60 + [14.0] * (23 * 60 + 60)
    assert max(course("yesterday", scene(rates, *aims(10))).floor.values) == 100


@pytest.mark.parametrize(
    ("minutes", "want"),
    [
        pytest.param([60], [(0, 1), (50, 8), (90, 1)], id="an airing"),
        pytest.param([60, 80], [(0, 1), (50, 8), (110, 1)], id="airings that overlap"),
        pytest.param([60, 100], [(0, 1), (50, 8), (130, 1)], id="a lead right after an end"),
        pytest.param([60, 150], [(0, 1), (50, 8), (90, 1), (140, 8), (180, 1)], id="two airings"),
        pytest.param([5], [(0, 8), (35, 1)], id="a lead before the begin"),
        pytest.param([-60, 60], [(0, 1), (50, 8), (90, 1)], id="an airing before the begin"),
        pytest.param([], [(0, 1)], id="no airing"),
    ],
)
def test_cron_keeps_its_size_for_every_airing(
    minutes: list[int], want: list[tuple[int, int]]
) -> None:
    """From the lead before the first demand to the last, and no cool-down."""
    found = aims(*minutes) if minutes else ()
    floor = course("cron", scene([14.0] * 240, *found, cron=8)).floor
    assert pairs(floor) == [(60 * minute, replicas) for minute, replicas in want]


def test_cron_covers_an_airing_within_another() -> None:
    """It does not end with the shorter one."""
    found = aims(60) + aims(65, name="break", airtime={"duration": "5m"})
    floor = course("cron", scene([14.0] * 240, *found, cron=8)).floor
    assert pairs(floor) == [(0, 1), (50 * 60, 8), (90 * 60, 1)]


def test_cron_is_as_large_as_the_highest_floor() -> None:
    """Where nobody says its size, it is that of the campaigns."""
    found = simulate(scene([14.0] * 240, *aims(60)), ("cron",))
    assert found.cron == 23
    assert max(found.arms[0].course.floor.values) == 23


def test_a_raised_minimum_raises_the_maximum() -> None:
    """A cron job above the HPA's maximum raises that, too."""
    small = replace(CLUSTER, hpa=replace(CLUSTER.hpa, maximum=4))
    found = course("cron", scene([14.0] * 240, *aims(60), cron=8, settings=small))
    assert found.pods.at(55 * 60) == 8
    assert found.pods.at(0) == 2


def test_each_hpa_alone_looks_at_its_metric() -> None:
    """Whatever the HPA beneath a floor looks at."""
    found = simulate(scene(SPIKE), ("hpa-cpu", "hpa-rate", "onair"))
    cpu, rate, onair = (arm.course for arm in found.arms)
    assert cpu == onair
    assert cpu != rate


def test_foresight_has_just_what_is_needed() -> None:
    """It starts what it needs 30 s before, keeps it for no longer, and never waits for a node."""
    waiting = replace(CLUSTER, node_wait=120)
    found = course("foresight", scene([14, 75, 75, 21, 5], settings=waiting))
    assert pairs(found.pods) == [(0, 2), (30, 8), (180, 3), (240, 1)]
    assert pairs(found.ready) == [(0, 2), (60, 8), (180, 3), (240, 1)]


def test_foresight_does_not_stop_for_a_moment() -> None:
    """What will be needed again within a start-up stays."""
    found = course("foresight", scene([75] * 20 + [15] * 20 + [75] * 20, step=1))
    assert pairs(found.pods) == pairs(found.ready) == [(0, 8)]
