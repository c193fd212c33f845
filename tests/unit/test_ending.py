"""How a suspended campaign ends: what the world, the aims and the plans make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from onair.aims import Aims
from onair.cluster import resources
from onair.gather import Gatherer, Reassertion
from onair.plans import Plans, invalid_holders
from onair.usual import History
from tests.unit.plan.example import CAMPAIGN, at
from tests.unit.plan.imagined import held, on_air
from tests.unit.worlds import API, NAME, announce, body, example

if TYPE_CHECKING:
    from onair.plan.situation import Situation
    from onair.plans import Planned
    from onair.world import World

NOON = at("12:00")
SHOW = NAME.partition("/")[2]


def suspend(world: World, word: str | None = "now", **campaign: object) -> None:
    """Suspend the example's campaign, with a word on how it is to end."""
    made = body(SHOW, CAMPAIGN | {"suspend": True} | campaign, generation=2)
    made["metadata"]["annotations"] = {"onair.dev/stop": word} if word else None
    world.observe(resources.CAMPAIGNS, made)


def planned(world: World) -> Planned:
    """Return the plan of the API."""
    return Plans(world, Aims(world), History(), 500).of(API, NOON)


def gathered(world: World) -> Situation:
    """Return the situation of the API at noon."""
    aims = Aims(world)
    gatherer = Gatherer(world, aims, Plans(world, aims, History(), 500), observes=False)
    return gatherer.situation(API, NOON, None, Reassertion(allowed=True, echo=timedelta(0)))


@pytest.mark.parametrize(
    ("word", "want"),
    [
        pytest.param("now", True, id="at once"),
        pytest.param(None, False, id="without a word"),
        pytest.param("", False, id="an empty word"),
        pytest.param("later", False, id="another word"),
    ],
)
def test_the_word(word: str | None, *, want: bool) -> None:
    """Only the one word leaves out the cool-down."""
    world = example()
    suspend(world, word)
    assert Aims(world).of("tv").suspended == {SHOW: want}


def test_the_word_alone_means_nothing() -> None:
    """A campaign that is not suspended goes on, whatever a former stop has left on it."""
    world = example()
    suspend(world, suspend=False)
    assert Aims(world).of("tv").suspended == {}
    assert planned(world).timeline == planned(example()).timeline


@pytest.mark.parametrize("spec", [pytest.param(None, id="none"), pytest.param("x", id="a text")])
def test_a_spec_that_is_none(spec: object) -> None:
    """Of an object that somebody wrote past the schema, nothing is believed suspended."""
    world = example()
    made = body("odd", {}) | {"spec": spec}
    world.observe(resources.CAMPAIGNS, made)
    assert Aims(world).of("tv").suspended == {}


def test_the_word_said_later_is_a_change() -> None:
    """An annotation moves no generation, and yet has to be proven and followed as an edit."""
    world = example()
    suspend(world, None)
    aims, revision = Aims(world), world.revision("tv")
    aims.of("tv")
    aims.take_changes("tv")
    suspend(world)
    assert world.revision("tv") > revision
    assert aims.take_changes("tv").validity
    assert aims.of("tv").suspended == {SHOW: True}
    announce(world, SHOW, generation=3)
    assert aims.take_changes("tv").validity
    assert aims.of("tv").suspended == {}


def test_the_plan_in_which_it_goes_on() -> None:
    """It is told by its fingerprint: the one that there was before the stop."""
    before = planned(example())
    world = example()
    suspend(world)
    after = planned(world)
    assert after.unhurried == before.fingerprint == before.unhurried
    assert after.fingerprint != before.fingerprint


def test_without_the_word_nothing_else_goes_on() -> None:
    """An ordinary suspension knows one plan only."""
    world = example()
    suspend(world, None)
    assert planned(world).unhurried == planned(world).fingerprint


def test_the_word_makes_a_new_plan() -> None:
    """What was proven before it was said proves nothing about it."""
    world = example()
    plans = Plans(world, Aims(world), History(), 500)
    suspend(world, None)
    before = plans.of(API, NOON)
    suspend(world)
    after = plans.of(API, NOON)
    assert after.fingerprint == before.fingerprint
    assert after.revision > before.revision


def test_a_decision_sees_it() -> None:
    """With the campaign's name in full, and beside it the plan in which it goes on."""
    world = example()
    before = gathered(world)
    suspend(world)
    situation = gathered(world)
    assert situation.at_once == {NAME}
    assert situation.unhurried == before.plan
    assert before.at_once == frozenset()


def test_an_invalid_campaign_holds_nothing_when_it_is_suspended() -> None:
    """It keeps a floor up to its recorded end only until somebody stops it."""
    world = example(timeZone="Europe/Hilversum")
    entry = on_air().ledger[-1]
    entry = replace(entry, notes=replace(entry.notes, campaigns=((NAME, held()),)))
    assert invalid_holders(entry, Aims(world).of("tv")) == {NAME: held()}
    suspend(world, None, timeZone="Europe/Hilversum")
    aims = Aims(world).of("tv")
    assert SHOW in aims.invalid
    assert invalid_holders(entry, aims) == {}
