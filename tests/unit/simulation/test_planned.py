"""OnAir's arm keeps the floors that the operator plans, by the operator's rules."""

from __future__ import annotations

from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING

import pytest

from onair.plan.aims import limits_of, needs_between
from onair.plan.timeline import timeline
from onair.simulation.arms.planned import Holds
from onair.simulation.course import Steps
from onair.simulation.simulating import simulate, staged
from tests.unit.simulation.scenes import BEGIN, MOST, aims, cluster, pairs, scene

if TYPE_CHECKING:
    from onair.plan.aims import Aim
    from onair.simulation.simulating import Scene

MINUTE = 60
QUIET = [14.0] * 240


def holds(where: Scene) -> Holds:
    """Return the operator on the target of a scene."""
    return Holds(staged(where))


def _flat(rate: int) -> dict[str, object]:
    return {"shape": "Flat", "requestsPerSecond": rate, "headroom": "0%"}


def limits(found: Holds, minute: float, replicas: int) -> tuple[int, int]:
    """Return the HPA's limits at a minute, when so many replicas run."""
    bounds, _ = found.look(minute * MINUTE, replicas)
    return bounds.minimum, bounds.maximum


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(aims(60, usual=9), id="one airing"),
        pytest.param(aims(60, 150, usual=9), id="two airings"),
        pytest.param(aims(60) + aims(70, name="other", usual=9), id="two campaigns at once"),
        pytest.param(
            aims(60, usual=9, load={"shape": "Episode", "requestsPerSecond": 300}), id="an episode"
        ),
        pytest.param(aims(60, usual=9, load={"shape": "Flat", "multiplier": 6}), id="a multiplier"),
        pytest.param(aims(60, usual=9, target={"perReplica": 1}), id="beyond maxReplicas"),
    ],
)
def test_the_floor_is_that_of_the_plan(found: tuple[Aim, ...]) -> None:
    """For a declared usual load the steps are those of the operator's timeline."""
    needs = needs_between(found, BEGIN, BEGIN + timedelta(days=3))
    plan = timeline(needs, 9, limits_of(found, MOST))
    want = Steps.of(1)
    for step in plan.steps:
        want.put((step.at - BEGIN).total_seconds(), max(1, step.floor))
    (onair,) = simulate(scene(QUIET, *found), ("onair",)).arms
    assert onair.course.floor == want


def test_the_usual_load_is_the_most_of_the_hour_before() -> None:
    """Beside the 20 replicas for the crowd there are those that ran within the last hour."""
    found = holds(scene(QUIET, *aims(120, usual=None)))
    for minute, replicas in ((0, 9), (30, 3), (70, 5), (80, 2)):
        limits(found, minute, replicas)
    assert limits(found, 110, 2) == (25, 100)


def test_it_is_read_a_minute_before_the_first_raise() -> None:
    """What runs then counts, not what runs when the floor is raised."""
    found = holds(scene(QUIET, *aims(120, usual=None)))
    limits(found, 0, 2)
    _, due = found.look(108 * MINUTE, 2)
    assert due == 109 * MINUTE
    limits(found, 109, 8)
    assert limits(found, 110, 70) == (29, 100)


def test_our_own_floor_is_never_usual() -> None:
    """An airing right after another one adds to the usual load of the first."""
    found = holds(scene(QUIET, *aims(60, 110, usual=None)))
    limits(found, 0, 2)
    limits(found, 49, 2)
    assert limits(found, 50, 2) == (23, 100)
    assert limits(found, 99, 23) == (1, 100)
    assert limits(found, 100, 23) == (23, 100)


def test_a_hold_is_not_forgotten_between_capture_and_raise() -> None:
    """Replicas that fall back in the minute before the next raise do not keep it away."""
    found = holds(scene(QUIET, *aims(60, 110, usual=None)))
    for minute, replicas in ((0, 2), (49, 2), (50, 2), (99, 23), (99.5, 2)):
        limits(found, minute, replicas)
    assert limits(found, 100, 2) == (23, 100)


def test_an_airing_that_is_over_is_no_hold() -> None:
    """What ran when the simulation began, after an earlier airing, is soon no longer usual."""
    after = BEGIN + timedelta(minutes=110)
    found = holds(scene(QUIET, *aims(60, 210, usual=None), after=after))
    for minute, replicas in ((0, 9), (5, 2), (70, 2), (89, 2)):
        limits(found, minute, replicas)
    assert limits(found, 90, 2) == (23, 100)


def test_a_crowd_that_stays_becomes_usual_after_an_hour() -> None:
    """What has not fallen back an hour after the restore, and an hour later, is ordinary."""
    found = holds(scene([14.0] * 600, *aims(60, 500, usual=None)))
    for minute in (0, 49, 50, 98, 99, 159, 221, 222, 489):
        limits(found, minute, 2 if minute < 50 else 23)
    assert limits(found, 490, 23) == (44, 100)


def test_the_ceiling_leaves_room_above_the_floor() -> None:
    """It is a quarter above the floor, at most the target's maxReplicas."""
    small = cluster(maximum=40)
    found = holds(scene(QUIET, *aims(60, usual=9, load=_flat(490)), settings=small))
    assert limits(found, 49, 9) == (1, 40)
    assert limits(found, 50, 9) == (79, 99)
    found = holds(scene(QUIET, *aims(60, usual=9, load=_flat(560)), settings=small))
    limits(found, 49, 9)
    assert limits(found, 50, 9) == (91, 100)


def test_the_ceiling_is_limited_by_a_campaign_s_own_target() -> None:
    """An inline target limits what is above the floor, too, while its campaign is under way."""
    own = aims(60, usual=9, load=_flat(490), target={"maxReplicas": 80}, inline=True)
    found = holds(scene(QUIET, *own, settings=cluster(maximum=40)))
    limits(found, 49, 9)
    assert limits(found, 50, 9) == (79, 80)


def test_the_ceiling_never_falls_within_a_hold() -> None:
    """While the floor cools down the maximum stays."""
    found = holds(scene(QUIET, *aims(60, usual=2), settings=cluster(maximum=10)))
    assert limits(found, 50, 2) == (23, 29)
    assert limits(found, 95.5, 23) == (17, 29)
    assert limits(found, 96.5, 18) == (12, 29)


def test_the_maximum_is_given_back_once_it_cuts_nobody() -> None:
    """The minimum goes first; the maximum waits until replicas are at or below it."""
    found = holds(scene(QUIET, *aims(60, usual=2), settings=cluster(maximum=10)))
    for minute in (49, 50):
        limits(found, minute, 2)
    assert limits(found, 99, 23) == (1, 29)
    assert limits(found, 102, 11) == (1, 29)
    assert limits(found, 103, 10) == (1, 10)
    assert limits(found, 104, 11) == (1, 10)


def test_an_airing_under_way_is_raised_at_once() -> None:
    """Where the simulation begins on air the floor is there from the beginning."""
    (onair,) = simulate(
        scene(QUIET, *aims(60), after=BEGIN + timedelta(minutes=70)), ("onair",)
    ).arms
    assert pairs(onair.course.floor)[0] == (0, 23)


def test_nothing_is_due_where_nobody_campaigns() -> None:
    """Without campaigns the owner's limits stay."""
    bounds, due = holds(scene(QUIET)).look(0, 2)
    assert (bounds, due) == ((1, 100), inf)
