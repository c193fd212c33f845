"""Everything that a decision about a target needs, read from the world."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onair.aims import Aims
from onair.cluster import resources
from onair.gather import Gatherer, Reassertion
from onair.plans import Plans
from onair.usual import History
from tests.unit.plan.example import CAMPAIGN, TARGET_SET, at
from tests.unit.worlds import API, NAME, announce, body, damage_entry, example

if TYPE_CHECKING:
    from onair.plan.situation import Situation
    from onair.world import World

REASSERTION = Reassertion(allowed=True, echo=timedelta(minutes=1))


EPISODE = CAMPAIGN["airtimes"][0]
OWN = TARGET_SET["targets"][0] | {"maxReplicas": 20}
FLAT = {"shape": "Flat", "requestsPerSecond": "100"}


def situation_at(
    clock: str,
    *,
    observes: bool = False,
    most: int = 500,
    mine: dict[str, Any] | None = None,
    another: dict[str, Any] | None = None,
) -> Situation:
    """Return the situation of the example's API at a time of day.

    `mine` are other fields of the example's campaign, `another` those of one beside it.
    """
    world = example(**(mine or {}))
    if another:
        announce(world, "another", **another)
    return gathered(world, clock, observes=observes, most=most)


def gathered(world: World, clock: str, *, observes: bool = False, most: int = 500) -> Situation:
    """Return the situation of the API in a world at a time of day."""
    aims = Aims(world)
    gatherer = Gatherer(world, aims, Plans(world, aims, History(), most), observes=observes)
    return gatherer.situation(API, at(clock), None, REASSERTION)


def test_what_is_there_is_in_it() -> None:
    """Workload, HPA and plan are those of the target; nothing is recorded yet."""
    situation = situation_at("19:00")
    assert situation.workload is not None
    assert situation.workload.replicas.value == 4
    assert [hpa.maximum.value for hpa in situation.autoscalers] == [20]
    assert situation.timeline.at(at("20:36")).floor == 111
    assert (situation.entry, situation.usual, situation.most) == (None, 6, 300)


@pytest.mark.parametrize(
    ("most", "want"),
    [pytest.param(500, 300, id="the target's"), pytest.param(50, 50, id="the operator's")],
)
def test_the_smaller_limit_bounds_the_ceiling(most: int, want: int) -> None:
    """Neither what engineers allow nor what the operator allows is ever exceeded."""
    assert situation_at("19:05", most=most).most == want


@pytest.mark.parametrize(
    ("clock", "want"),
    [
        pytest.param("20:17:59", 300, id="before the capture"),
        pytest.param("20:18", 20, id="from the capture on"),
        pytest.param("20:50", 20, id="while it cools down"),
        pytest.param("20:56", 300, id="when it has cooled down"),
    ],
)
def test_a_campaigns_own_limit_bounds_the_ceiling_while_it_holds(clock: str, want: int) -> None:
    """A target of its own bounds how far the maximum is raised, for as long as it is raised."""
    other = {"targetSets": None, "targets": [OWN], "load": FLAT}
    other |= {"airtimes": [{"name": "x", "start": "2027-01-09T21:30:00", "duration": "15m"}]}
    assert situation_at(clock, another=other).most == want


def test_a_target_set_bounds_the_ceiling_on_air_or_not() -> None:
    """Never above, whoever asks: not even with a set whose campaign airs some other day."""
    world = example()
    small = {"targets": [TARGET_SET["targets"][0] | {"maxReplicas": 120}]}
    world.observe(resources.TARGET_SETS, body("small", small))
    other = {"name": "x", "start": "2027-06-01T12:00:00", "duration": "1h"}
    announce(world, "another", airtimes=[other], targetSets=[{"name": "small"}])
    assert gathered(world, "19:05").most == 120
    assert gathered(world, "20:36").timeline.at(at("20:36")).floor == 111


@pytest.mark.parametrize(
    ("load", "floor", "end"),
    [
        pytest.param({"shape": "Episode", "multiplier": "4"}, 24, "21:45", id="a multiple"),
        pytest.param({"shape": "Flat", "multiplier": "4"}, 24, "20:45", id="another shape"),
    ],
)
def test_a_multiple_of_the_usual_load_is_held(
    load: dict[str, object], floor: int, end: str
) -> None:
    """Its floor, its end and the usual load that it is of are those of the target."""
    situation = situation_at("20:36", mine={"load": load})
    assert (situation.timeline.at(at("20:36")).floor, situation.usual) == (floor, 6)
    assert situation.held[0][1].end == at(end)


def test_a_damaged_entry_is_said_and_not_used() -> None:
    """What cannot be read is no ground for a decision, and the plan is known all the same."""
    world = example()
    damage_entry(world)
    aims = Aims(world)
    gatherer = Gatherer(world, aims, Plans(world, aims, History(), 500), observes=False)
    situation = gatherer.situation(API, at("20:36"), None, REASSERTION)
    assert situation.entry is None
    assert "cannot be read" in situation.damage
    assert situation.timeline.at(at("20:36")).floor == 111


@pytest.mark.parametrize(
    ("clock", "want"),
    [
        pytest.param("19:00", (), id="before the capture"),
        pytest.param("19:04", (NAME,), id="about to be captured"),
        pytest.param("21:45", (NAME,), id="demand until the last"),
        pytest.param("23:30", (), id="cooled down"),
    ],
)
def test_who_holds_it(clock: str, want: tuple[str, ...]) -> None:
    """A campaign holds a target from its capture until it has cooled down."""
    assert tuple(name for name, _ in situation_at(clock).held) == want


def test_a_campaign_is_recorded_with_its_last_end() -> None:
    """Until when, and how it lets go, is what a process without the campaign will need."""
    ((_, held),) = situation_at("19:05").held
    assert held.airing == at("19:30")
    assert held.end > at("20:36")
    assert (held.hold, held.every) == (timedelta(minutes=5), timedelta(minutes=1))


def test_of_several_airings_the_last_end_is_recorded() -> None:
    """Not that of the airing which began last, since an earlier one may last longer."""
    special = {"name": "special", "start": "2027-01-09T20:35:00", "duration": "5m"}
    ((_, held),) = situation_at("19:40", mine={"airtimes": [EPISODE, special]}).held
    assert (held.airing, held.end) == (at("19:30"), at("21:45"))


def test_two_campaigns_hold_it_together() -> None:
    """Each is recorded on its own."""
    names = [name for name, _ in situation_at("19:05", another={"title": "De Mol"}).held]
    assert names == ["tv/another", NAME]


def test_the_mode_is_part_of_it() -> None:
    """A decision has to know that nothing may be written."""
    assert situation_at("19:00", observes=True).observes
    assert not situation_at("19:00").observes


def test_proof_is_of_its_own_namespace() -> None:
    """What another namespace's lists have shown proves nothing here."""
    world = example()
    aims = Aims(world)
    gatherer = Gatherer(world, aims, Plans(world, aims, History(), 500), observes=False)
    for resource in resources.WATCHED:
        world.prove(resource, "radio")
    assert not gatherer.situation(API, at("19:00"), None, REASSERTION).proven
    for resource in resources.WATCHED:
        world.prove(resource, "tv")
    assert gatherer.situation(API, at("19:00"), None, REASSERTION).proven


def test_what_another_clock_has_begun_is_held() -> None:
    """With a clock ahead a raise comes early, and who lets it go, and how, is recorded with it."""
    world = example()
    aims = Aims(world)
    gatherer = Gatherer(world, aims, Plans(world, aims, History(), 500), observes=False)
    assert not gatherer.situation(API, at("17:00"), None, REASSERTION).held
    early = gatherer.situation(API, at("17:00"), None, REASSERTION, timedelta(hours=2, minutes=5))
    assert [name for name, _ in early.held] == [NAME]
    assert early.timeline.at(early.now).floor == 32
