"""OnAir at several settings, and cron at equal cost."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onair.simulation.simulating import simulate
from onair.simulation.sweep import Setting, between, changed, sweep
from tests.unit.simulation.scenes import aims, scene

HEADROOM = between(Setting("headroom", Fraction(0)), Setting("headroom", Fraction(1)))
LEAD = between(Setting("lead", Fraction(0)), Setting("lead", Fraction(20 * 60)))
QUIET, CROWD = [20.0] * 60, [20.0] * 30 + [290.0] * 20 + [20.0] * 10
AIRING = aims(30)


@pytest.mark.parametrize(
    ("swept", "want"),
    [
        pytest.param(HEADROOM, "0% 10% 20% 30% 40% 50% 60% 70% 80% 90% 100%", id="headroom"),
        pytest.param(LEAD, "0s 2m 4m 6m 8m 10m 12m 14m 16m 18m 20m", id="lead"),
        pytest.param(
            between(Setting("headroom", Fraction(1, 4)), Setting("headroom", Fraction(1, 2))),
            "25% 27.5% 30% 32.5% 35% 37.5% 40% 42.5% 45% 47.5% 50%",
            id="a part",
        ),
        pytest.param(
            between(Setting("lead", Fraction(0)), Setting("lead", Fraction(615))),
            "0s 1m2s 2m3s 3m4s 4m6s 5m8s 6m9s 7m10s 8m12s 9m14s 10m15s",
            id="whole seconds",
        ),
        pytest.param(
            between(Setting("lead", Fraction(0)), Setting("lead", Fraction(1))),
            "0s 1s",
            id="no two alike",
        ),
        pytest.param(
            between(Setting("headroom", Fraction(0)), Setting("headroom", Fraction(3, 10**5))),
            "0% 0.001% 0.002% 0.003%",
            id="thousandths of a percent",
        ),
    ],
)
def test_settings_are_spelled_as_in_a_manifest(swept: list[Setting], want: str) -> None:
    """There are eleven that a manifest can say, evenly from one end to the other, or fewer."""
    assert " ".join(map(str, swept)) == want


def test_a_headroom_replaces_that_of_every_load_in_requests() -> None:
    """Of the campaign and of its airtimes; a multiplier has none."""
    own = {"shape": "Flat", "requestsPerSecond": 70, "headroom": "10%"}
    (both,) = changed(aims(30, airtime={"load": own}), Setting("headroom", Fraction(1, 2)))
    assert [load.headroom for load in both.spec.loads() if load] == [Fraction(1, 2)]
    assert both.spec.load
    assert both.spec.load.headroom == Fraction(1, 2)
    times = aims(30, load={"shape": "Flat", "multiplier": "3"})
    assert changed(times, Setting("headroom", Fraction(1, 2))) == times


def test_a_lead_replaces_that_of_every_aim() -> None:
    """And nothing else."""
    (later,) = changed(AIRING, Setting("lead", Fraction(90)))
    assert later.lead.total_seconds() == 90
    assert later.spec == AIRING[0].spec


def test_each_setting_is_what_the_arm_makes_of_it() -> None:
    """The figures of a setting are those of a campaign that says so itself."""
    found = sweep(scene(CROWD, *AIRING), HEADROOM)
    half = aims(30, load={"shape": "Flat", "requestsPerSecond": 140, "headroom": "50%"})
    (arm,) = simulate(scene(CROWD, *half), ("onair",)).arms
    swept = next(each for each in found.settings if each.setting == "50%")
    assert swept.pod_hours == arm.figures.pod_hours
    assert swept.requests_above_capacity == arm.figures.lost


def test_more_headroom_never_loses_more() -> None:
    """On a crowd that is larger than announced it loses less."""
    lost = [each.above_capacity for each in sweep(scene(CROWD, *AIRING), HEADROOM).settings]
    assert lost[0] > lost[-1]
    assert all(less >= more for less, more in pairwise(lost))


def test_cron_at_equal_cost_is_the_best_of_all() -> None:
    """No size that costs no more loses less, whether the sweep has looked at it or not.

    Of a crowd that falls evenly: elsewhere a smaller cron job may cost more than a larger one.
    """
    announced = aims(30, load={"shape": "Flat", "requestsPerSecond": 210, "headroom": "0%"})
    falling = [500.0 - 20 * minute for minute in range(24)]
    posed = scene([20.0] * 30 + falling + [20.0] * 6, *announced)
    every = [simulate(replace(posed, cron=n), ("cron",)).arms[0].figures for n in range(1, 150)]
    for each in sweep(posed, HEADROOM).settings:
        assert each.cron_at_equal_cost
        enough = [figures for figures in every if figures.pod_hours <= each.pod_hours]
        least = min(figures.lost for figures in enough)
        assert each.cron_at_equal_cost.requests_above_capacity == least


@settings(max_examples=20, deadline=None)
@given(rates=st.lists(st.floats(1, 400), min_size=40, max_size=60))
def test_cron_at_equal_cost_costs_no_more(rates: list[float]) -> None:
    """Nor is there one among those that were looked at that loses less."""
    found = sweep(scene(rates, *AIRING), HEADROOM[::5])
    for each in found.settings:
        enough = [cron for cron in found.cron if cron.pod_hours <= each.pod_hours]
        cron = each.cron_at_equal_cost
        assert (cron is None) == (not enough)
        assert cron is None or cron in enough
        assert all(cron and cron.above_capacity <= other.above_capacity for other in enough)


def test_what_is_not_seen_does_not_count() -> None:
    """Of losses that are shown alike the cheapest is to be chosen, whatever their last digits."""
    crowd = [*CROWD[:30], *(290.0 + 1e8 for _ in range(20)), *CROWD[50:]]
    found = sweep(scene(crowd, *AIRING), HEADROOM)
    assert len({each.above_capacity for each in found.settings}) > 1
    assert len({f"{each.above_capacity:.2f}" for each in found.settings}) == 1
    assert (found.choice, found.knee) == ("0%", None)
    assert found.why.startswith("the same is lost at any setting")


@pytest.mark.parametrize(
    ("rates", "want"),
    [
        pytest.param(QUIET, ("0%", "nothing is lost at any setting"), id="nothing is lost"),
        pytest.param([5000.0] * 60, ("0%", "the same is lost at any setting"), id="no help"),
        pytest.param(
            CROWD, ("30%", "it is the knee of the curve; against 20% it saves"), id="a knee"
        ),
    ],
)
def test_the_choice_has_a_reason(rates: list[float], want: tuple[str, str]) -> None:
    """In words that name what it is compared with."""
    found = sweep(scene(rates, *AIRING), HEADROOM)
    assert found.choice == want[0]
    assert found.why.startswith(want[1])
