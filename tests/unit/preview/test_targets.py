"""The preview of a target: its steps, its peak and the arithmetic of both."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onair.plan.needs import Need
from onair.plan.observed import TargetKey
from onair.preview import results
from onair.preview.announced import Announced, aimed
from onair.preview.targets import Outlook, target
from onair.preview.usuals import usual
from onair.preview.windows import Window
from tests.unit.plan.example import at
from tests.unit.plan.strategies import FEW_POINTS, START, needs
from tests.unit.preview.announcing import EVENING, NAME, announced, flat, inline

API = TargetKey("tv", "Deployment", "mol-api")
CHAT = TargetKey("tv", "StatefulSet", "mol-chat")


def look(
    *campaigns: Announced, key: TargetKey = API, window: Window = EVENING, shown: int | None = None
) -> results.Target:
    """Return the preview of a target; `shown` is its usual load in a cluster."""
    aims = aimed(campaigns)[key]
    known = usual(key, aims, {} if shown is None else {key: shown})
    return target(key, aims, known, 500, window)


def test_the_worked_example() -> None:
    """The steps, the peak and the moments are those of the design."""
    seen = look(announced())
    floors = {step.at: step.floor for step in seen.steps}
    assert floors[at("19:05")] == 32
    assert max(floor for when, floor in floors.items() if when <= at("20:26")) == 111
    assert floors[at("21:53")] == 0
    assert seen.peak is not None
    assert (seen.peak.replicas, seen.peak.demand_at) == (111, at("20:36"))
    assert seen.peak.why == (
        "4,986.67 requests/s x 80 % x 1.3 / 50 per replica = 104, plus 6 for the usual load = 110,"
        " rounded up to 111"
    )
    assert [(m.at, m.required, m.floor) for m in seen.moments] == [
        (at("19:15"), 32, 32),
        (at("20:36"), 111, 111),
    ]
    assert {step.campaigns for step in seen.steps} == {(NAME,), ()}


def test_fixed_replicas() -> None:
    """They stand from the lead before the first demand to the cool-down after the last."""
    seen = look(announced(), key=CHAT)
    assert [(step.at, step.floor) for step in seen.steps] == [
        (at("19:05"), 12),
        (at("21:50"), 9),
        (at("21:51"), 6),
        (at("21:52"), 3),
        (at("21:53"), 0),
    ]
    assert seen.peak is not None
    assert seen.peak.why == "at least 12 fixed replicas"


@settings(max_examples=25, deadline=None)
@given(drawn=st.lists(needs(FEW_POINTS), min_size=1, max_size=3), begins=st.integers(-3600, 7200))
def test_steps_are_the_floor_within_the_window(drawn: list[Need], begins: int) -> None:
    """Whatever the window cuts, the last step that has begun says the floor."""
    after = START + timedelta(seconds=begins)
    window = Window(after, after + timedelta(minutes=50))
    outlook = Outlook(tuple(drawn), 3, (), window)
    assert all(window.after <= step.at < window.before for step in outlook.steps)
    for minute in range(50):
        instant = after + timedelta(minutes=minute)
        begun = [step.floor for step in outlook.steps if step.at <= instant]
        assert (begun or [0])[-1] == outlook.timeline.at(instant).floor


def test_a_window_may_begin_within_a_hold() -> None:
    """Its first step is what is held already."""
    seen = look(announced(), window=Window(at("20:40"), at("20:45")))
    assert [(step.at, step.floor) for step in seen.steps] == [(at("20:40"), 111)]


def test_what_is_left_of_a_peak_is_explained() -> None:
    """In a window after the demand, the floor is of the cool-down, and the sentence says so."""
    seen = look(announced(), key=CHAT, window=Window(at("21:51"), at("22:00")))
    assert seen.peak is not None
    assert (seen.peak.replicas, seen.peak.from_) == (6, at("21:51"))
    assert seen.peak.demand_at < at("21:51")
    assert seen.peak.why == "at least 12 fixed replicas; 6 held from before, while it cools down"


def test_what_begins_with_the_end_of_a_window_is_beyond_it() -> None:
    """A window is half-open."""
    seen = look(announced(), key=CHAT, window=Window(at("21:00"), at("21:50")))
    assert [(step.at, step.floor) for step in seen.steps] == [(at("21:00"), 12)]


def test_nothing_within_the_window() -> None:
    """Then there is no peak, no step and no cost."""
    seen = look(announced(), window=Window(at("12:00"), at("13:00")))
    assert (seen.peak, seen.steps, seen.demand, seen.moments) == (None, (), (), ())
    assert seen.replica_hours.floor == 0


@pytest.mark.parametrize(
    ("campaign", "floor", "limit"),
    [
        pytest.param(
            {"targetSets": [{"name": "small"}]},
            20,
            "maxReplicas of api in TargetSet small",
            id="of a target set",
        ),
        pytest.param(
            {"targetSets": None, "targets": inline(40)},
            40,
            "maxReplicas of tv/wie-is-de-mol",
            id="of the campaign itself",
        ),
        pytest.param(
            {"targetSets": None, "targets": inline(9000, perReplica=1)},
            500,
            "the operator's --max-replicas-per-target",
            id="of the operator",
        ),
    ],
)
def test_a_limit_that_bites_is_named(campaign: dict[str, Any], floor: int, limit: str) -> None:
    """In the step, in the moment and in the arithmetic."""
    seen = look(announced(**campaign))
    assert seen.peak is not None
    assert seen.peak.replicas == floor
    assert seen.peak.why.endswith(f"; limited to {floor} by {limit}")
    assert seen.peak.why.count("limited to") == 1
    assert limit in {step.limited_by for step in seen.steps}
    assert seen.moments[-1].floor == floor < seen.moments[-1].required


def test_a_limited_peak_is_of_one_time() -> None:
    """Of two evenings at the limit, the one that needs more is named, with its own demand."""
    load = {"shape": "Flat", "requestsPerSecond": 9000, "headroom": "0%"}
    small: dict[str, Any] = {"targetSets": [{"name": "small"}]}
    seen = look(flat("one", at("14:00"), **small), flat("two", at("18:00"), load=load, **small))
    assert seen.peak is not None
    assert seen.peak.replicas == 20
    assert (seen.peak.from_, seen.peak.demand_at) == (at("17:50"), at("18:00"))
    assert seen.peak.why.startswith("9,000 requests/s x 80 % / 50 per replica = 144, plus 6")


def test_a_limited_peak_says_what_is_required_before_the_limit() -> None:
    """With what lead and cool-down add up to, from when on the floor is at its limit."""
    small: dict[str, Any] = {"targetSets": [{"name": "small"}]}
    seen = look(flat("one", at("18:00"), **small), flat("two", at("19:05"), **small))
    assert seen.peak is not None
    most = max(seen.steps, key=lambda step: step.required)
    assert seen.peak.from_ == at("17:50") < most.at
    assert seen.peak.why.endswith(
        f"; {most.required} with the lead and the cool-down around it"
        "; limited to 20 by maxReplicas of api in TargetSet small"
    )


def test_two_campaigns_add_up() -> None:
    """Where both have demand, the peak's arithmetic names both, and so does the overlap."""
    seen = look(flat("one", at("18:00")), flat("two", at("18:30")))
    assert seen.peak is not None
    assert seen.peak.demand_at == at("18:30")
    assert "tv/one: 1,000 requests/s" in seen.peak.why
    assert "tv/two: 1,000 requests/s" in seen.peak.why
    (overlap,) = seen.overlaps
    assert overlap.campaigns == ("tv/one", "tv/two")
    assert (overlap.from_, overlap.until) == (at("18:20"), at("19:08"))


def test_warm_up_and_cool_down_add_up() -> None:
    """Two campaigns without common demand may share a peak, which no one instant explains."""
    seen = look(flat("one", at("18:00")), flat("two", at("19:05")))
    alone = look(flat("one", at("18:00")))
    assert seen.peak is not None
    assert alone.peak is not None
    assert seen.peak.replicas > alone.peak.replicas
    assert seen.peak.why.endswith(
        f"; {seen.peak.replicas} with the lead and the cool-down around it"
    )


def test_the_larger_of_what_adds_up_is_explained() -> None:
    """Its demand may come when what is left of the other is gone already."""
    load = {"shape": "Flat", "requestsPerSecond": 3000, "headroom": "0%"}
    seen = look(flat("one", at("18:00")), flat("two", at("19:10"), load=load))
    assert seen.peak is not None
    assert (seen.peak.from_, seen.peak.demand_at) == (at("19:00"), at("19:10"))
    assert seen.peak.why.startswith("3,000 requests/s x 80 % / 50 per replica = 48, plus 6")


SLOW: dict[str, Any] = {"targetSets": [{"name": "slow"}]}


def test_demand_is_looked_for_as_far_as_the_longest_lead() -> None:
    """A peak that another's cool-down shortens is for what comes forty minutes later."""
    load = {"shape": "Flat", "requestsPerSecond": 3000, "headroom": "0%"}
    seen = look(flat("one", at("16:18")), flat("two", at("18:00"), load=load, **SLOW))
    assert seen.peak is not None
    assert (seen.peak.from_, seen.peak.demand_at) == (at("17:20"), at("18:00"))
    assert seen.peak.why.startswith("3,000 requests/s x 80 % / 50 per replica = 48, plus 6")


def test_demand_is_looked_for_as_far_back_as_the_longest_cool_down() -> None:
    """Half an hour after an airing with a long hold, its demand is what the floor is for."""
    window = Window(at("19:30"), at("19:35"))
    seen = look(flat("one", at("16:00")), flat("two", at("18:00"), **SLOW), window=window)
    assert seen.peak is not None
    assert seen.peak.demand_at <= at("19:00")
    assert seen.peak.why.startswith("1,000 requests/s x 80 % / 50 per replica = 16, plus 6")


def test_a_limit_that_several_share_is_said_once() -> None:
    """Two campaigns with one target set have one limit, beside the operator's."""
    seen = look(flat("one", at("14:00")), flat("two", at("18:00")))
    assert [(limit.name, limit.replicas) for limit in seen.limits] == [
        ("maxReplicas of api in TargetSet mol", 300),
        ("the operator's --max-replicas-per-target", 500),
    ]


def test_a_moment_is_said_once() -> None:
    """Also of a campaign that aims at a workload through two target sets."""
    seen = look(flat("one", at("18:00"), targetSets=[{"name": "mol"}, {"name": "small"}]))
    assert [(moment.at, moment.campaign) for moment in seen.moments] == [(at("18:00"), "tv/one")]


def test_demand_is_what_reaches_the_target() -> None:
    """Its points are the share of the campaign's load, cut to the window, joined by lines."""
    hour = Window(at("18:20"), at("18:40"))
    seen = look(flat("one", at("18:00")), flat("two", at("18:30")), window=hour)
    assert [(point.at, point.requests_per_second) for point in seen.demand] == [
        (at("18:20"), 800),
        (at("18:30"), 800),
        (at("18:30"), 1600),
        (at("18:40"), 1600),
    ]


def test_demand_is_zero_between_airings() -> None:
    """A gap is a line at zero."""
    seen = look(flat("one", at("14:00")), flat("two", at("16:00")))
    assert [(point.at, point.requests_per_second) for point in seen.demand] == [
        (at("14:00"), 800),
        (at("15:00"), 800),
        (at("15:00"), 0),
        (at("16:00"), 0),
        (at("16:00"), 800),
        (at("17:00"), 800),
    ]


TIMES_FOUR: dict[str, Any] = {
    "load": {"shape": "Flat", "multiplier": "4"},
    "targetSets": [{"name": "unusual"}],
}


@pytest.mark.parametrize(
    ("shown", "floor"),
    [
        pytest.param(5, 20, id="known from a cluster"),
        pytest.param(0, 0, id="none"),
        pytest.param(None, 0, id="known to nobody"),
    ],
)
def test_a_multiple_of_the_usual_load(shown: int | None, floor: int) -> None:
    """Times four is three times as many beside the usual ones, of none it is nothing."""
    seen = look(announced(**TIMES_FOUR), shown=shown)
    assert (seen.peak.replicas if seen.peak else 0) == floor
    assert seen.demand == ()
    assert seen.usual_known_from == ("nobody" if shown is None else "cluster")


@pytest.mark.parametrize(
    "names", [pytest.param(("mol", "busy"), id="six"), pytest.param(("busy", "mol"), id="nine")]
)
def test_of_several_usual_loads_the_largest_counts(names: tuple[str, str]) -> None:
    """Whichever target set says it, and in whatever order."""
    seen = look(*(flat(name, at("18:00"), targetSets=[{"name": name}]) for name in names), shown=50)
    assert (seen.usual_replicas, seen.usual_known_from) == (9, "manifest")


def test_a_manifest_knows_the_usual_load_better() -> None:
    """What it says counts, not what a cluster shows."""
    seen = look(announced(), shown=50)
    assert (seen.usual_replicas, seen.usual_known_from) == (6, "manifest")
