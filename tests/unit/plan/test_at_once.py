"""`onair stop --now`: a campaign ends without a cool-down, and nothing else is lowered by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.model import reasons
from onair.plan.decide import decide
from onair.plan.ledger import Changed
from onair.plan.situation import Annotate, Confirm, Decision
from tests.unit.plan.imagined import CAMPAIGN, T0, Imagined, held, minutes, on_air, plan

if TYPE_CHECKING:
    from onair.plan.timeline import Timeline

OTHER = "tv/other"
NOW = frozenset({CAMPAIGN})
ALONE = plan((0, 40), (30, 0))
"""What the other campaign needs by itself."""


def shared() -> Imagined:
    """Return a target that a show and another campaign have raised to 111 together."""
    target = on_air()
    target.held = ((OTHER, held(hold=5, end=29)), (CAMPAIGN, held(hold=5)))
    target.settle(11)
    return target


def suspend(target: Imagined, *, at_once: bool, left: Timeline | None = None) -> None:
    """Suspend the show; `left` is what is planned without it, nothing if absent."""
    target.timeline, target.plan = left or plan(), "without"
    target.held = tuple(item for item in target.held if item[0] != CAMPAIGN)
    target.unhurried = "one" if at_once else "without"
    target.at_once = NOW if at_once else frozenset()


@pytest.mark.parametrize(
    "unhurried", [pytest.param("one", id="and nothing else"), pytest.param("x", id="and an edit")]
)
def test_alone(unhurried: str) -> None:
    """What only one campaign needed is given back at once, with its name on it until it is."""
    target = on_air()
    target.held = ((CAMPAIGN, held(hold=5)),)
    target.settle(11)
    suspend(target, at_once=True)
    target.unhurried = unhurried
    while target.step().step is not None:
        assert {name for entry in target.ledger for name, _ in entry.notes.campaigns} <= NOW
        assert all(entry.notes.campaigns for entry in target.ledger)
    assert (target.minimum, target.now) == (4, T0 + minutes(11))


def test_without_it_the_floor_cools_down() -> None:
    """The same suspension without the word keeps the whole floor for as long as the hold is."""
    target = on_air()
    target.held = ((CAMPAIGN, held(hold=5)),)
    target.settle(11)
    suspend(target, at_once=False)
    assert [target.settle(at).floor for at in (11, 16, 17, 18)] == [111, 111, 56, 0]


def test_beside_another() -> None:
    """The floor of a campaign that goes on stays as its plan has it, from the next step on."""
    target = shared()
    suspend(target, at_once=True, left=ALONE)
    assert target.settle(11).floor == 40
    assert target.minimum == 40
    assert [name for name, _ in target.ledger[-1].notes.campaigns] == [OTHER]
    assert target.settle(29).floor == 40


def test_in_a_cool_down() -> None:
    """A cool-down that a suspension has begun ends when that is said afterwards."""
    target = shared()
    suspend(target, at_once=False, left=ALONE)
    assert target.settle(11).floor == 111
    target.at_once, target.unhurried = NOW, "one"
    assert target.settle(12).floor == 40


def test_beside_a_cool_down() -> None:
    """What another change has left of a floor goes on to cool down, from when both are seen."""
    target = shared()
    target.timeline, target.plan = plan((0, 71), (21, 0)), "other deleted"
    target.held = ((CAMPAIGN, held(hold=5)),)
    assert target.settle(11).floor == 111
    suspend(target, at_once=True)
    target.unhurried = "other deleted"
    assert target.settle(12).floor == 111
    assert [name for name, _ in target.ledger[-1].notes.campaigns] == [OTHER]
    assert [target.settle(at).floor for at in (17, 18, 19)] == [111, 56, 0]


def test_after_a_cool_down() -> None:
    """A change that has cooled down long ago keeps nothing up."""
    target = shared()
    target.timeline, target.plan = plan((0, 71), (60, 0)), "other edited"
    target.settle(12)
    assert target.settle(25).floor == 71
    suspend(target, at_once=True, left=plan((0, 21), (60, 0)))
    target.unhurried = "other edited"
    assert target.settle(26).floor == 21


def test_with_another_edit() -> None:
    """Whatever changes besides is cooled down: nobody knows whose part of the floor it was."""
    target = shared()
    suspend(target, at_once=True, left=plan((0, 20), (30, 0)))
    target.unhurried = "one with less of the other"
    assert target.settle(11).floor == 111
    assert [target.settle(at).floor for at in (16, 17, 18)] == [111, 56, 20]


@pytest.mark.parametrize(
    ("proven", "want"),
    [
        pytest.param(True, Confirm(), id="no uncached list yet"),
        pytest.param(False, None, id="not every list was read"),
    ],
)
def test_it_waits_for_its_proof(want: Confirm | None, *, proven: bool) -> None:
    """Until an uncached list shows the same, the floor stays where the cool-down has it."""
    target = shared()
    suspend(target, at_once=False, left=ALONE)
    target.settle(11)
    target.at_once, target.unhurried = NOW, "one"
    situation = replace(target.situation(), proven=proven, confirmed=None)
    assert decide(situation) == Decision(
        reasons.HOLDING, "a stop awaits its proof", want, floor=111
    )


@pytest.mark.parametrize(
    ("names", "changed"),
    [
        pytest.param({OTHER}, Changed(111, T0 + minutes(10)), id="of a campaign not recorded here"),
        pytest.param({CAMPAIGN}, None, id="of one whose floor does not cool down"),
    ],
)
def test_nothing_to_end(names: set[str], changed: Changed | None) -> None:
    """The word changes nothing where no cool-down is that campaign's."""
    target = on_air()
    notes = replace(target.ledger[-1].notes, changed=changed)
    target.ledger[-1] = replace(target.ledger[-1], notes=notes)
    plain = decide(target.situation())
    target.at_once = frozenset(names)
    assert decide(target.situation()) == plain


@given(
    left=st.integers(0, 120),
    minute=st.integers(11, 29),
    unhurried=st.sampled_from(["one", "another"]),
)
def test_between_plan_and_cool_down(left: int, minute: int, unhurried: str) -> None:
    """Never below what others need, never above what a stop with its cool-down would leave."""
    hurried, plain = shared(), shared()
    others = plan((0, left), (30, 0))
    suspend(hurried, at_once=True, left=others)
    suspend(plain, at_once=False, left=others)
    hurried.unhurried = unhurried
    for target in (hurried, plain):
        target.settle(11)
    found, most = hurried.settle(minute).floor, plain.settle(minute).floor
    assert left <= found <= most
    assert hurried.minimum >= max(4, left)


def test_it_ends_once() -> None:
    """When it has ended nothing is noted again."""
    target = shared()
    suspend(target, at_once=True, left=ALONE)
    target.settle(11)
    count = len(target.done)
    target.settle(11)
    assert len(target.done) == count


def test_of_several_at_once_each_ends() -> None:
    """Two that end together leave nothing to cool down, whatever else has changed."""
    target = shared()
    target.timeline, target.plan, target.held = plan(), "none", ()
    target.at_once, target.unhurried = frozenset({CAMPAIGN, OTHER}), "another"
    target.settle(11)
    assert target.minimum == 4


def test_a_note_of_an_earlier_version() -> None:
    """A cool-down that says not from which plan it came is nobody's alone."""
    target = shared()
    suspend(target, at_once=False, left=ALONE)
    target.settle(11)
    entry = target.ledger[-1]
    notes = replace(entry.notes, changed=Changed(111, T0 + minutes(11)))
    target.ledger[-1] = replace(entry, notes=notes)
    target.at_once, target.unhurried = NOW, "one"
    decision = decide(target.situation())
    assert isinstance(decision.step, Annotate)
    assert decision.step.notes.changed == notes.changed
