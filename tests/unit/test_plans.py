"""When a target's plan is made, from what, and for how long it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onair.aims import Aims
from onair.cluster import resources
from onair.plans import Planned, Plans, invalid_holders
from onair.usual import History
from tests.unit.plan.example import CAMPAIGN, TARGET_SET, at
from tests.unit.plan.imagined import Imagined, held, on_air
from tests.unit.worlds import (
    API,
    CHAT,
    NAME,
    announce,
    body,
    damage_entry,
    example,
    mark_hpa,
    run,
)

if TYPE_CHECKING:
    from onair.beside import Beside
    from onair.plan.observed import TargetKey

NOON = at("12:00")
FLAT = {"shape": "Flat", "requestsPerSecond": "1k", "headroom": "0%"}
SEND = {"name": "send", "start": "2027-01-09T20:30:00", "duration": "10m"}
DAILY = CAMPAIGN["airtimes"][0] | {"repeat": "FREQ=DAILY;COUNT=10", "except": []}
WEEK = {"name": "week", "start": "2027-01-09T20:00:00", "duration": "168h"}
SMALL = TARGET_SET["targets"][0] | {"maxReplicas": 100}


class Planning:
    """A world, its history and the plans in it."""

    def __init__(
        self,
        most: int = 500,
        beside: Beside[TargetKey, Planned] | None = None,
        **campaign: object,
    ) -> None:
        self.world, self.history = example(**campaign), History()
        self.plans = Plans(self.world, Aims(self.world), self.history, most, beside)

    def without_declared_usual(self) -> None:
        """Take `usualReplicas` from the target set."""
        api = {k: v for k, v in TARGET_SET["targets"][0].items() if k != "usualReplicas"}
        self.world.observe(
            resources.TARGET_SETS, body("mol", TARGET_SET | {"targets": [api]}, generation=2)
        )


def test_the_worked_example() -> None:
    """The floor, its moments and its limits are those of the design."""
    planned = Planning().plans.of(API, NOON)
    assert planned.timeline.at(at("19:05")).floor == 32
    assert planned.timeline.at(at("20:26")).floor == 111
    assert planned.moments[:2] == ((at("19:15"), NAME), (at("20:36"), NAME))
    assert planned.next_moment(at("19:15")) == at("20:36")
    assert [limit.replicas for limit in planned.limits] == [300, 500]
    assert planned.aimed


def test_a_plan_is_kept_while_its_ground_stays() -> None:
    """Looking again makes no new plan, until its time is over."""
    planning = Planning()
    planned = planning.plans.of(API, NOON)
    assert planning.plans.of(API, planned.until - timedelta(seconds=1)) is planned
    assert planning.plans.of(API, planned.until) is not planned


def test_a_plan_is_over_with_the_last_airing() -> None:
    """From then on nobody aims at the target, whether this process was there before or not."""
    planning, end = Planning(airtimes=[WEEK]), at("19:00") + timedelta(days=7)
    assert planning.plans.of(API, end - timedelta(minutes=1)).until == end
    assert not planning.plans.of(API, end).aimed


def test_a_plan_that_is_forgotten_is_made_again() -> None:
    """Of a target that is gone nothing is left; one that comes back gets the same plan anew."""
    planning = Planning()
    planned = planning.plans.of(API, NOON)
    planning.plans.forget(API)
    planning.plans.forget(API)
    again = planning.plans.of(API, NOON)
    assert again is not planned
    assert again.timeline == planned.timeline


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        pytest.param({"title": "De Mol"}, True, id="a title"),
        pytest.param({"load": {"shape": "Flat", "requestsPerSecond": "5"}}, False, id="a load"),
        pytest.param({"suspend": True}, False, id="suspended"),
    ],
)
def test_an_edit_makes_a_new_plan(change: dict[str, object], *, kept: bool) -> None:
    """Only what moves the floor does."""
    planning = Planning()
    planned = planning.plans.of(API, NOON)
    announce(planning.world, "wie-is-de-mol", generation=2, **change)
    assert (planning.plans.of(API, NOON) is planned) is kept


def test_the_operators_limit_bites() -> None:
    """No floor goes above it, and the step says so."""
    step = Planning(most=50).plans.of(API, NOON).timeline.at(at("20:36"))
    assert (step.floor, step.required) == (50, 111)
    assert step.limited_by is not None
    assert "--max-replicas-per-target" in step.limited_by.name


def test_another_limit_of_the_operators_is_another_plan() -> None:
    """A process with a lower limit knows that the floor in force belongs to another plan."""
    prints = [Planning(most).plans.of(API, NOON).fingerprint for most in (500, 500, 50)]
    assert prints[0] == prints[1] != prints[2]


def test_nobody_aims() -> None:
    """A target without a campaign has an empty plan."""
    planned = Planning(suspend=True).plans.of(API, NOON)
    assert (planned.needs, planned.timeline.steps, planned.aimed) == ((), (), False)


def test_usual_is_what_was_declared() -> None:
    """Engineers know better than any look at replicas."""
    planning = Planning()
    planning.history.note(API, NOON, 50)
    assert planning.plans.of(API, NOON).usual == 6


def test_usual_is_else_what_was_seen() -> None:
    """The most replicas of the last hour count, at least those of now and of the minimum."""
    planning = Planning()
    planning.without_declared_usual()
    assert planning.plans.of(API, NOON).usual == 4
    run(planning.world, resources.DEPLOYMENTS, "mol-api", 7)
    assert planning.plans.of(API, NOON).usual == 7
    planning.history.note(API, NOON, 9)
    assert planning.plans.of(API, NOON).usual == 9


def test_usual_of_a_hold_is_kept() -> None:
    """Our own floor never counts as usual, although it is seen."""
    planning = Planning()
    planning.without_declared_usual()
    planning.history.hold(API, NOON, 5)
    run(planning.world, resources.DEPLOYMENTS, "mol-api", 111)
    assert planning.plans.of(API, NOON).usual == 5


@pytest.mark.parametrize(
    ("seen", "want"),
    [
        pytest.param(5, 5, id="what this process knew of the hold"),
        pytest.param(None, 0, id="nothing, where it never saw it"),
    ],
)
def test_usual_beside_a_damaged_entry(seen: int | None, want: int) -> None:
    """What runs may be a floor of ours, so it does not count as usual."""
    planning = Planning()
    planning.without_declared_usual()
    if seen is not None:
        planning.history.hold(API, NOON, seen)
    damage_entry(planning.world)
    run(planning.world, resources.DEPLOYMENTS, "mol-api", 111)
    assert planning.plans.of(API, NOON).usual == want


def test_usual_beside_marks_without_an_entry() -> None:
    """An HPA that was raised by us, and of which nobody knows from where, says nothing of it."""
    planning = Planning()
    planning.without_declared_usual()
    mark_hpa(planning.world, 111, 139)
    assert planning.plans.of(API, NOON).usual == 0


def test_holders_that_cannot_be_planned_any_more() -> None:
    """A campaign that became invalid is still recorded as a holder; a deleted one is not."""
    world = example(timeZone="Europe/Hilversum")
    entry = on_air().ledger[-1]
    campaigns = ((NAME, held()), ("tv/deleted", held()))
    entry = replace(entry, notes=replace(entry.notes, campaigns=campaigns))
    assert invalid_holders(entry, Aims(world).of("tv")) == {NAME: held()}
    assert invalid_holders(None, Aims(world).of("tv")) == {}


@pytest.mark.parametrize(
    ("campaign", "moments", "floors"),
    [
        pytest.param(
            {"load": {"shape": "Episode", "multiplier": "4"}},
            ["19:15", "20:36"],
            {"19:05": 11, "20:26": 24},
            id="four times the usual load",
        ),
        pytest.param(
            {"airtimes": [SEND], "load": {"shape": "Push", "multiplier": "4"}},
            ["19:40"],
            {"19:40": 24},
            id="a send",
        ),
        pytest.param(
            {"airtimes": [SEND | {"load": FLAT}], "load": None},
            ["19:30"],
            {"19:20": 23},
            id="a load of the airtime's own",
        ),
    ],
)
def test_whatever_the_load_is_said_in(
    campaign: dict[str, Any], moments: list[str], floors: dict[str, int]
) -> None:
    """Floors and moments follow from every load that a manifest can say."""
    planned = Planning(**campaign).plans.of(API, NOON)
    assert [f"{moment:%H:%M}" for moment, _ in planned.moments][: len(moments)] == moments
    found = {clock: planned.timeline.at(at(clock)).floor for clock in floors}
    assert found == floors


def test_every_airing_of_the_plan_has_its_moments() -> None:
    """Not only the first: the second evening within the plan is judged, too."""
    planned = Planning(airtimes=[DAILY]).plans.of(API, NOON)
    moments = [moment for moment, _ in planned.moments]
    assert at("20:36") in moments
    assert at("20:36") + timedelta(days=1) in moments
    assert planned.next_moment(at("20:36")) == at("19:15") + timedelta(days=1)


def test_a_demand_long_before_its_airing_is_planned() -> None:
    """An airing that starts after the plan's time is over counts with what it needs before."""
    points = [{"at": f"start-{ahead}", "level": "100%"} for ahead in ("22h", "20h")]
    calm = {"shape": "Custom", "points": points, "requestsPerSecond": "1k", "headroom": "0%"}
    tomorrow = {"name": "x", "start": "2027-01-10T13:00:00", "duration": "1h"}
    planned = Planning(airtimes=[tomorrow], load=calm).plans.of(API, NOON)
    assert planned.timeline.at(at("14:30")).floor == 23


def test_moving_to_a_target_set_makes_a_new_plan() -> None:
    """A limit of one's own that becomes one on the total is another limit, of another name."""
    planning = Planning(targetSets=None, targets=[SMALL])
    announce(planning.world, "another", targetSets=None, targets=[SMALL])
    before = planning.plans.of(API, NOON)
    assert before.timeline.at(at("20:36")).floor == 194
    planning.world.observe(resources.TARGET_SETS, body("mol", {"targets": [SMALL]}, 2))
    for name in ("wie-is-de-mol", "another"):
        announce(planning.world, name, generation=2)
    after = planning.plans.of(API, NOON)
    assert after.fingerprint != before.fingerprint
    assert after.timeline.at(at("20:36")).floor == 100


def test_a_floor_does_not_depend_on_when_it_is_asked_for() -> None:
    """A target set bounds a workload on air or not, so no floor falls because another airs soon."""
    planning = Planning(airtimes=[WEEK], load=FLAT | {"requestsPerSecond": "6k"})
    other = {"name": "x", "start": "2027-01-15T20:00:00", "duration": "1h"}
    planning.world.observe(resources.TARGET_SETS, body("small", {"targets": [SMALL]}))
    small = [{"name": "small"}]
    announce(planning.world, "another", airtimes=[other], load=FLAT, targetSets=small)
    instants = [at("20:00") + timedelta(hours=6 * n) for n in range(26)]
    floors = {planning.plans.of(API, now).timeline.at(now).floor for now in instants}
    assert floors == {100}


def test_a_limit_that_begins_to_bite_on_air_runs_the_cool_down() -> None:
    """A campaign that brings a smaller target set is an edit of the plan: nothing falls at once."""
    planning = Planning()
    target = Imagined(planning.plans.of(API, NOON).timeline)
    target.plan = planning.plans.of(API, NOON).fingerprint
    target.settle(4)
    target.settle(96)
    assert target.minimum == 111
    planning.world.observe(resources.TARGET_SETS, body("small", {"targets": [SMALL]}))
    other = {"name": "x", "start": "2027-06-01T12:00:00", "duration": "1h"}
    announce(planning.world, "another", airtimes=[other], targetSets=[{"name": "small"}])
    planned = planning.plans.of(API, NOON)
    assert planned.timeline.at(at("20:37")).floor == 100
    target.timeline, target.plan = planned.timeline, planned.fingerprint
    found = {}
    for minute in (97, 97.9, 98.1, 99.1):
        target.settle(minute)
        found[minute] = target.minimum
    assert found == {97: 111, 97.9: 111, 98.1: 100, 99.1: 100}


def test_each_target_has_its_own_plan() -> None:
    """The chat of the example has a fixed floor beside the API's."""
    planning = Planning()
    assert planning.plans.of(CHAT, NOON).timeline.at(at("20:36")).floor == 12
    assert planning.plans.of(API, NOON).timeline.at(at("20:36")).floor == 111
