"""What exactly is decided, said and noted while a floor is captured, raised and held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.model import reasons
from onair.plan.decide import decide
from onair.plan.ledger import Changed, Entry, Notes, State, Write, entry_name
from onair.plan.observed import Limits
from onair.plan.situation import Annotate, Decision, Put, Record
from tests.unit.plan.imagined import (
    CAMPAIGN,
    OWNER,
    SHOW,
    T0,
    Imagined,
    held,
    minutes,
    noted,
    on_air,
    plan,
)

if TYPE_CHECKING:
    from onair.plan.situation import Situation

ON_AIR = Decision(reasons.HOLDING, wake=T0 + minutes(20), floor=111, ceiling=139)


def test_what_a_capture_records() -> None:
    """The first entry says what there is, what is planned, and the values of the first write."""
    target = Imagined(SHOW, now=T0 + minutes(4))
    situation = target.situation()
    assert situation.workload is not None
    entry = Entry(
        name=entry_name("uid-hpa", 0),
        resource_version="",
        sequence=0,
        workload=situation.workload.id,
        steered=situation.autoscalers[0].id,
        baseline=Limits(4, 20),
        usual=6,
        notes=Notes(
            State.CAPTURED,
            "one",
            0,
            T0 + minutes(4),
            ((CAMPAIGN, held()),),
            (Write(T0 + minutes(5), Limits(32, 40)),),
        ),
        managers=(OWNER,),
    )
    assert decide(situation) == Decision(reasons.HOLDING, step=Record(entry))


@pytest.mark.parametrize(
    ("minute", "want"),
    [
        pytest.param(3, Decision(reasons.NOTHING_DUE, wake=T0 + minutes(4)), id="not yet"),
        pytest.param(30, Decision(reasons.NOTHING_DUE), id="nothing to come"),
    ],
)
def test_before_and_after(minute: float, want: Decision) -> None:
    """What is not needed soon is looked at again in time, or not at all."""
    assert decide(Imagined(SHOW, now=T0 + minutes(minute)).situation()) == want


def test_a_held_floor_asks_for_nothing() -> None:
    """While limits and notes are right there is no step, only the next instant to look."""
    assert decide(on_air().situation()) == ON_AIR


def with_live(target: Imagined, minimum: int, maximum: int) -> Situation:
    """Return what is seen of a target whose live limits are others, written by us."""
    target.minimum, target.maximum = minimum, maximum
    return target.situation()


def test_a_lower_minimum_waits_for_every_list() -> None:
    """Only what would lower a minimum waits; the rest does not."""
    lower = replace(with_live(on_air(), 120, 139), proven=False)
    assert decide(lower) == replace(ON_AIR, message="not every list has been read yet")
    assert isinstance(decide(replace(lower, proven=True)).step, Put)
    same = replace(with_live(on_air(), 111, 100), proven=False)
    assert isinstance(decide(same).step, Put)


@pytest.mark.parametrize(
    ("campaigns", "want"),
    [
        pytest.param(
            ((CAMPAIGN, held(end=20)),), "tv/show until 19:20Z, was min=4 max=20", id="one"
        ),
        pytest.param(
            (("tv/a", held(end=75)), ("tv/b", held(end=20))),
            "tv/a, tv/b until 20:15Z, was min=4 max=20",
            id="several, to the last end",
        ),
        pytest.param((), " until 19:05Z, was min=4 max=20", id="none any more"),
    ],
)
def test_the_note_on_the_target(campaigns: tuple[tuple[str, object], ...], want: str) -> None:
    """Whoever is on call reads on the object who raised it, until when, and what it was."""
    target = Imagined(SHOW)
    target.settle(4)
    target.now = T0 + minutes(5)
    step = decide(noted(target, campaigns=campaigns).situation()).step
    hpa = target.situation().autoscalers[0].id
    assert step == Put(hpa, Limits(4, 20), Limits(32, 40), want, Limits(32, 40), bare=True)


def after(target: Imagined) -> Notes:
    """Return the notes that a decision asks for, or those that are there."""
    step = decide(target.situation()).step
    return step.notes if isinstance(step, Annotate) else target.ledger[-1].notes


@pytest.mark.parametrize(
    ("notes", "since"),
    [
        pytest.param({}, 10, id="noted already"),
        pytest.param({"state": State.CAPTURED}, 12, id="written, never noted"),
        pytest.param({"floor": 32}, 12, id="another floor"),
        pytest.param({"since": T0 + minutes(9)}, 12, id="written since it was noted"),
    ],
)
def test_since_when_a_floor_is_in_force(notes: dict[str, object], since: float) -> None:
    """A floor is in force from the instant at which it is first seen in place."""
    target = noted(on_air(), **notes)
    target.now = T0 + minutes(12)
    want = (State.RAISED, 111, T0 + minutes(since))
    assert (after(target).state, after(target).floor, after(target).since) == want


def test_what_a_note_says_of_what_follows() -> None:
    """The next floor's limits are noted once, ahead of their instant; the end has none."""
    before = Limits(60, 139)
    target = on_air()
    assert Write(T0 + minutes(20), before) in target.ledger[-1].notes.written
    target.settle(20)
    assert [w.limits for w in after(target).written].count(before) == 1
    target.settle(20.5)
    assert all(write.at <= T0 + minutes(20) for write in after(target).written)


def test_a_floor_of_one_replica_is_noted_ahead_too() -> None:
    """The smallest floor is one."""
    target = Imagined(plan((5, 32), (10, 1), (20, 0)))
    target.settle(4)
    target.settle(5)
    assert Write(T0 + minutes(10), Limits(4, 40)) in after(target).written


def test_a_floor_without_an_end_has_nothing_to_follow() -> None:
    """A plan whose last floor stays is held as it is."""
    target = Imagined(plan((5, 32)))
    target.settle(4)
    decision = target.settle(5)
    assert decision == Decision(reasons.HOLDING, floor=32, ceiling=40)


@pytest.mark.parametrize(
    ("notes", "campaigns", "want"),
    [
        pytest.param({}, (("tv/new", held()),), (("tv/new", held()),), id="as planned now"),
        pytest.param({}, (), ((CAMPAIGN, held()),), id="those before, where none is planned"),
        pytest.param(
            {"changed": Changed(111, T0 + minutes(10))},
            (("tv/new", held()),),
            ((CAMPAIGN, held()),),
            id="those before, while a change cools down",
        ),
    ],
)
def test_whose_floor_it_is(
    notes: dict[str, object],
    campaigns: tuple[tuple[str, object], ...],
    want: tuple[tuple[str, object], ...],
) -> None:
    """The campaigns behind a floor are noted, and kept for as long as their floor cools down."""
    target = noted(on_air(), **notes)
    target.held = campaigns  # type: ignore[assignment]
    assert after(target).campaigns == want


def test_a_ceiling_never_falls_within_a_hold_but_starts_anew_after_it() -> None:
    """The ceilings of a hold that was given back are forgotten by the next one."""
    target = on_air()
    entry = target.ledger[-1]
    restored = replace(entry.notes, state=State.RESTORED, settled=T0 + minutes(10))
    target.ledger[-1] = entry = replace(entry, notes=restored)
    target.minimum, target.maximum = 4, 20
    step = decide(target.situation()).step
    assert isinstance(step, Annotate)
    anew = (step.notes.state, step.notes.settled, step.notes.written)
    assert anew == (State.CAPTURED, None, (Write(T0 + minutes(10), Limits(111, 139)),))


def test_a_ceiling_to_come_is_none_of_this_hold() -> None:
    """Limits noted for later do not lift the ceiling before their instant."""
    target = noted(on_air(), written=(Write(T0 + minutes(15), Limits(200, 250)),))
    assert decide(target.situation()).ceiling == 139


def test_a_floor_that_was_not_noted_ahead_forgets_nothing() -> None:
    """More load on air is noted beside what was written before, so no ceiling falls."""
    target = on_air()
    target.timeline = plan((10, 150), (20, 0))
    before = target.ledger[-1].notes
    step = decide(target.situation()).step
    assert isinstance(step, Annotate)
    assert step.notes == before.with_write(Limits(150, 188), T0 + minutes(10))


def test_limits_that_come_again_keep_their_instant() -> None:
    """What was in force already is not noted anew for later."""
    target = Imagined(plan((5, 32), (10, 111), (20, 32), (30, 0)), maximum=500)
    target.settle(4)
    target.settle(5)
    target.settle(10)
    assert Write(T0 + minutes(5), Limits(32, 500)) in target.ledger[-1].notes.written


def test_a_ceiling_stays_although_its_raise_was_never_noted() -> None:
    """A process that died right after the raise, and a plan that then ended, cut nobody."""
    target = on_air()
    target.now = T0 + minutes(11)
    changed = Changed(111, target.now)
    noted(target, state=State.CAPTURED, floor=0, plan="two", changed=changed)
    target.plan, target.timeline, target.held = "two", plan(), ()
    ended = replace(target.situation(), most=0)
    assert decide(ended).ceiling == 139
    assert not isinstance(decide(ended).step, Put)
