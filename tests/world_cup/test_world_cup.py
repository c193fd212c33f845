"""The crowds of 10 to 26 June 1998, each met with what was known before it came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cluster.progress import say
from tests.world_cup.changes import (
    DEFAULT_COOL_DOWN,
    DEFAULTS,
    HIGHER_GUESS,
    LONGER_LEAD,
    LOWER_GUESS,
    SHORTER_LEAD,
)
from tests.world_cup.figures import (
    ALONE,
    CRON,
    FORESIGHT,
    ONAIR,
    arm,
    cron_at,
    misses,
    times_the_pods,
)
from tests.world_cup.tables import SPEEDS

if TYPE_CHECKING:
    from tests.world_cup.cup import Cup

MOST_LOST = 0.2
"""Percent of the requests, at ten times the speed."""

MOST_PODS = 1.5
"""Times those of the HPA alone, with the settings of the page."""

HAIR = 0.001
"""Percent: one request in a hundred thousand."""

DEARER = (LONGER_LEAD, DEFAULT_COOL_DOWN, DEFAULTS, HIGHER_GUESS)
CHEAPER = (SHORTER_LEAD, LOWER_GUESS)

EVERY_SPEED = pytest.mark.parametrize("speed", [pytest.param(n, id=f"{n} times") for n in SPEEDS])


def test_little_is_lost_at_a_modest_cost(cup: Cup, capsys: pytest.CaptureFixture[str]) -> None:
    """OnAir loses a five-hundredth at most, and takes half as many pods again at most."""
    found = cup.swept(10)
    with capsys.disabled():
        say(f"\n{cup.forecasts}")
    assert arm(found, ONAIR).above_capacity <= MOST_LOST
    assert times_the_pods(found) <= MOST_PODS


def test_little_is_lost_without_a_guess(cup: Cup) -> None:
    """The bounds hold where marketing guesses nothing of a class that has no past yet."""
    found = cup.unguessed
    assert 0 < arm(found, ONAIR).above_capacity <= MOST_LOST
    assert times_the_pods(found) <= MOST_PODS


@pytest.mark.parametrize("what", [pytest.param(what, id=what) for what in DEARER])
def test_caution_costs_pods(cup: Cup, what: str) -> None:
    """Settings on the safe side take more pods than those of the page, and lose nothing either."""
    onair, other = arm(cup.swept(10), ONAIR), arm(cup.changed[what], ONAIR)
    assert other.requests_above_capacity == onair.requests_above_capacity == 0
    assert other.pod_hours > onair.pod_hours


@pytest.mark.parametrize("what", [pytest.param(what, id=what) for what in CHEAPER])
def test_thrift_costs_requests(cup: Cup, what: str) -> None:
    """Settings below those of the page take fewer pods and lose some, a five-hundredth at most."""
    onair, other = arm(cup.swept(10), ONAIR), arm(cup.changed[what], ONAIR)
    assert onair.requests_above_capacity < other.requests_above_capacity
    assert other.above_capacity <= MOST_LOST
    assert other.pod_hours < onair.pod_hours


@pytest.mark.parametrize("speed", [pytest.param(n, id=f"{n} times") for n in (10, 20)])
def test_cron_loses_no_less_at_equal_cost(cup: Cup, speed: int) -> None:
    """At no headroom of the sweep, nor with the fitted ones, a cron job does better for as much."""
    found = cup.swept(speed)
    assert found.sweep
    for setting in found.sweep.settings:
        cron = setting.cron_at_equal_cost
        assert cron
        assert setting.above_capacity <= cron.above_capacity, setting.setting
    onair = arm(found, ONAIR)
    assert onair.above_capacity <= cron_at(found, onair.pod_hours).above_capacity


def test_a_slow_crowd_needs_nobody(cup: Cup) -> None:
    """As fast as it came a modest cron job is cheaper than OnAir at any headroom and loses nothing.

    Without headroom OnAir loses a hair, the HPA alone no more than one.
    """
    found, cron = cup.swept(1), arm(cup.modest, CRON)
    assert found.sweep
    tight, *roomy = found.sweep.settings
    assert tight.setting == "0%"
    assert cron.above_capacity == 0 < tight.above_capacity < HAIR
    assert all(each.above_capacity == 0 for each in roomy)
    assert cron.pod_hours < min(each.pod_hours for each in found.sweep.settings)
    assert 0 < arm(found, ALONE).above_capacity < HAIR


@EVERY_SPEED
def test_announcing_never_costs_requests(
    cup: Cup, speed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """OnAir loses no more than the HPA alone, in all and match by match; foresight nothing."""
    found = cup.swept(speed)
    with capsys.disabled():
        say("\n".join(misses(found)))
    assert arm(found, ONAIR).above_capacity <= arm(found, ALONE).above_capacity
    assert arm(found, FORESIGHT).requests_above_capacity == 0
    for airing in found.airings:
        lost = {each.arm: each.requests_above_capacity for each in airing.arms}
        assert lost[ONAIR] <= lost[ALONE], airing.start


def test_an_hour_wrong_is_still_better_than_nothing(cup: Cup) -> None:
    """Announced an hour late, OnAir loses more than announced right and less than the HPA alone."""
    late, right = cup.late, cup.swept(10)
    pairs = zip(late.airings, right.airings, strict=True)
    assert {one.start - other.start for one, other in pairs} == {timedelta(hours=1)}
    lost = arm(late, ONAIR).above_capacity
    assert arm(right, ONAIR).above_capacity < lost < arm(late, ALONE).above_capacity


def test_what_nobody_announced_is_left_to_the_hpa(cup: Cup) -> None:
    """On 12 May, without an airing, OnAir loses and costs what the HPA alone does."""
    alone, onair = (arm(cup.unannounced, name) for name in (ALONE, ONAIR))
    assert onair == alone.model_copy(update={"arm": ONAIR})
    assert alone.worst_minute
    assert alone.worst_minute.at == datetime(1998, 5, 12, 6, 40, tzinfo=UTC)


def test_forecasts_do_not_look_ahead(cup: Cup) -> None:
    """With a trace that ends at a match's first raise it and all before have the loads they have.

    Twenty times as fast that is earliest; the match before it on that day is still to come then.
    """
    last = datetime(1998, 6, 20, 15, 30, tzinfo=UTC)
    raised = next(each.from_ for each in cup.swept(20).airings if each.start == last)
    cup.run(f"awk 'NR == 1 || $1 < \"{raised:%Y-%m-%dT%H:%M:%SZ}\"' trace.csv > short.csv")
    cup.run("onair fit --calendar campaigns.yaml -o campaigns --trace short.csv > short.yaml")
    whole, short = (
        {said: load for said, load in cup.loads(file).items() if said < "1998-06-20T15:31"}
        for file in ("fitted.yaml", "short.yaml")
    )
    assert len(whole) == 26
    assert whole == short
