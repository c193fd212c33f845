"""The whole simulation of a target: what holds for all arms, whatever comes."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onair.simulation.arms.registry import ARMS
from onair.simulation.figures import Figures
from onair.simulation.settings import RATE
from onair.simulation.simulating import simulate
from tests.unit.simulation.scenes import BEGIN, CLUSTER, RATES, aims, cluster, scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.plan.aims import Aim
    from onair.simulation.simulating import Simulated

FIGURES = [each.name for each in fields(Figures) if each.name != "worst"]
AIMS = st.sampled_from([(), aims(20), aims(15, 40), aims(10) + aims(30, name="other")])
CROWD = [14.0] * 60 + [150.0] * 30 + [14.0] * 60


@settings(max_examples=50)
@given(
    rates=RATES,
    found=AIMS,
    speed=st.sampled_from([1, 10]),
    minimum=st.integers(1, 50),
    wait=st.sampled_from([0, 120]),
)
def test_foresight_loses_nothing_and_costs_least(
    rates: list[float], found: tuple[Aim, ...], speed: int, minimum: int, wait: int
) -> None:
    """No arm that loses nothing has fewer pod-hours."""
    where = replace(cluster(minimum=minimum), node_wait=wait)
    made = simulate(scene(rates, *found, speed=speed, settings=where))
    *others, foresight = made.arms
    assert foresight.figures.lost == 0
    for arm in others:
        assert 0 <= arm.figures.share <= 1
        if arm.figures.lost == 0:
            assert arm.figures.pod_hours >= foresight.figures.pod_hours - 1e-9


def figures(made: Simulated) -> dict[str, list[float]]:
    """Return the figures of each arm in their order, with its worst minute."""
    found = {}
    for arm in made.arms:
        worst = arm.figures.worst
        shown = [worst.share] if worst else [0.0]
        found[arm.name] = [getattr(arm.figures, name) for name in FIGURES] + shown
    return found


@settings(max_examples=30)
@given(rates=RATES, found=AIMS, speed=st.sampled_from([1, 10]))
def test_halved_steps_change_no_figure(
    rates: list[float], found: tuple[Aim, ...], speed: int
) -> None:
    """The same traffic in steps of half a minute has the same figures, far within 1 %."""
    whole = simulate(scene(rates, *found, speed=speed))
    halves = simulate(scene(_each(rates, 2), *found, step=30, speed=speed))
    other = figures(halves)
    for name, values in figures(whole).items():
        assert other[name] == pytest.approx(values, rel=1e-6, abs=1e-9), name


def _each(rates: Sequence[float], times: int) -> list[float]:
    return [rate for rate in rates for _ in range(times)]


@settings(max_examples=30)
@given(rates=st.lists(st.floats(0.1, 500), min_size=48, max_size=60))
def test_a_speed_is_a_faster_trace(rates: list[float]) -> None:
    """At ten times the speed everything is as under a trace whose minutes are six seconds."""
    waiting = replace(CLUSTER, node_wait=120)
    load = {"shape": "Flat", "requestsPerSecond": 140, "headroom": "0%"}
    slow = {"starts": [(BEGIN + timedelta(minutes=200)).isoformat()], "duration": "100m"}
    fast = {"starts": [(BEGIN + timedelta(minutes=20)).isoformat()], "duration": "10m"}
    played = simulate(
        scene(_each(rates, 10), *aims(load=load, airtime=slow), speed=10, settings=waiting)
    )
    compressed = simulate(
        scene(_each(rates, 10), *aims(load=load, airtime=fast), step=6, settings=waiting)
    )
    other = figures(compressed)
    told = [FIGURES.index(name) for name in FIGURES if name != "instability"]
    for name, values in figures(played).items():
        some = [other[name][number] for number in told]
        assert some == pytest.approx([values[number] for number in told], rel=1e-6, abs=1e-9), name


def test_arms_are_in_the_order_of_the_registry() -> None:
    """However they are asked for."""
    made = simulate(scene(CROWD), ("foresight", "hpa-cpu"))
    assert [arm.name for arm in made.arms] == ["hpa-cpu", "foresight"]
    assert [arm.name for arm in simulate(scene(CROWD)).arms] == list(ARMS)


def test_a_campaign_saves_its_crowd() -> None:
    """What the HPA loses when the crowd comes at once, a floor before it does not."""
    made = {arm.name: arm.figures for arm in simulate(scene(CROWD, *aims(60))).arms}
    assert made["onair"].lost == 0
    assert made["hpa-cpu"].share > 0.05
    assert made["hpa-cpu"].lost > made["hpa-rate"].lost > 0
    assert made["cron"].pod_hours > 0


def test_each_airing_is_counted_by_itself() -> None:
    """From its first floor to the end of its cool-down; those that overlap are counted each."""
    made = simulate(scene(CROWD, *aims(60, 80)))
    spans = [(each.since - BEGIN, each.until - BEGIN) for each in made.airings]
    minutes = [(begin.total_seconds() / 60, end.total_seconds() / 60) for begin, end in spans]
    assert minutes == [(50, 98), (70, 118)]
    assert [each.cut for each in made.airings] == [False, False]
    cpu = made.arms[0]
    assert [each.lost for each in cpu.airings] == [cpu.figures.lost, 0]


def test_an_airing_counts_as_far_as_the_window_goes() -> None:
    """It is cut at the ends of what is simulated, and left out where nothing of it remains."""
    after, before = BEGIN + timedelta(minutes=55), BEGIN + timedelta(minutes=70)
    made = simulate(scene(CROWD, *aims(60, 140), after=after, before=before), ("onair",))
    (airing,) = made.airings
    assert (airing.campaign, airing.airtime) == ("tv/show", "live")
    assert (airing.since, airing.until, airing.cut) == (after, before, True)


@pytest.mark.parametrize(
    ("after", "before", "want"),
    [
        pytest.param(50, 98, False, id="all of it"),
        pytest.param(51, 98, True, id="without its first floor"),
        pytest.param(50, 97, True, id="without the end of its cool-down"),
        pytest.param(0, 55, True, id="it has not begun"),
    ],
)
def test_an_airing_that_is_cut_is_marked(after: int, before: int, *, want: bool) -> None:
    """Where what is simulated, in minutes, has less than what counts of it."""
    posed = scene(CROWD, *aims(60))
    first, last = BEGIN + timedelta(minutes=after), BEGIN + timedelta(minutes=before)
    (airing,) = simulate(replace(posed, after=first, before=last), ("onair",)).airings
    assert airing.cut == want


def test_a_target_gets_its_share() -> None:
    """Of a target with a share of 50 % half the trace is counted, its history included."""
    made = simulate(scene(CROWD, *aims(60, target={"share": "50%"})), ("hpa-cpu",))
    assert list(made.trace.rates) == [rate / 2 for rate in CROWD]
    assert made.arms[0].figures.requests == 60 * sum(CROWD) / 2


def test_campaigns_must_agree_on_the_share() -> None:
    """One trace cannot be two different parts of the load."""
    found = aims(60, target={"share": "50%"}) + aims(60, name="other")
    with pytest.raises(ValueError, match=r"different shares of the load .* \(0.5 and 1\)"):
        simulate(scene(CROWD, *found))


def test_suspended_campaigns_do_nothing() -> None:
    """Their airings are neither raised nor counted."""
    made = simulate(scene(CROWD, *aims(60, suspend=True)), ("hpa-cpu", "onair"))
    assert made.airings == ()
    assert made.arms[0].course == made.arms[1].course


def test_floors_stand_on_the_hpa_that_there_is() -> None:
    """Without a floor OnAir's arm is the HPA alone on the metric that it is given."""
    made = simulate(scene(CROWD, settings=cluster(RATE)), ("hpa-cpu", "hpa-rate", "onair"))
    cpu, rate, onair = (arm.course for arm in made.arms)
    assert onair == rate
    assert onair != cpu
