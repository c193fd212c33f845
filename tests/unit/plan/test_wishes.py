"""What others wanted of numbers that the clamp has kept: whose it is, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.model import names, reasons
from onair.plan.claims import Claim, claim_on_minimum, wished_baseline
from onair.plan.decide import decide
from onair.plan.ledger import State
from onair.plan.observed import Autoscaler, Limits, Workload
from onair.plan.situation import Annotate, Put, Record, Situation, put
from tests.unit.plan.imagined import SHOW, T0, Imagined, minutes, noted, on_air, plan


def wished(target: Imagined, minimum: int | None = None, maximum: int | None = None) -> Situation:
    """Return what is seen when the clamp has kept what somebody wanted to lower."""
    situation = target.situation()
    steered = situation.steered
    if isinstance(steered, Workload):
        kept = replace(steered.replicas, wish=minimum, managers=frozenset({"helm"}))
        return replace(situation, workload=replace(steered, replicas=kept))
    assert isinstance(steered, Autoscaler)
    lower, upper = (
        replace(number, wish=wish, managers=frozenset({"helm"}))
        for number, wish in ((steered.minimum, minimum), (steered.maximum, maximum))
    )
    return replace(situation, autoscalers=(replace(steered, minimum=lower, maximum=upper),))


def raised(*, with_hpa: bool = True) -> Imagined:
    """Return a target that is on air at 111."""
    target = Imagined(SHOW, with_hpa=with_hpa)
    target.settle(4)
    target.settle(10)
    return target


@pytest.mark.parametrize("minute", [10, 12], ids=["at once", "after the time of echoes"])
def test_what_the_clamp_keeps_is_ours(minute: float) -> None:
    """Whoever owns the field now does not want what stands in it."""
    target = on_air()
    target.now = T0 + minutes(minute)
    assert claim_on_minimum(wished(target, 3), target.ledger[-1]) is Claim.OURS


@pytest.mark.parametrize(
    ("wish", "want"),
    [
        pytest.param((3, None), Limits(3, 20), id="a minimum"),
        pytest.param((None, 9), Limits(4, 9), id="a maximum"),
        pytest.param((3, 9), Limits(3, 9), id="both"),
        pytest.param((0, None), Limits(0, 20), id="a minimum of zero"),
        pytest.param((4, 20), Limits(4, 20), id="the baseline again"),
        pytest.param((32, 40), Limits(4, 20), id="what this hold wrote before"),
        pytest.param((40, 32), Limits(40, 32), id="what it never wrote there"),
        pytest.param((60, 75), Limits(60, 75), id="what it will write"),
    ],
)
def test_a_wish_is_the_new_baseline(wish: tuple[int | None, int | None], want: Limits) -> None:
    """An owner's wish counts unless it repeats the baseline, or echoes a number of ours."""
    target = on_air()
    assert wished_baseline(wished(target, *wish), target.ledger[-1]) == want


def test_nothing_wishes_for_what_is_gone() -> None:
    """Without an object there is no wish."""
    target = on_air()
    gone = replace(target.situation(), workload=None, autoscalers=())
    assert wished_baseline(gone, target.ledger[-1]) == Limits(4, 20)


@pytest.mark.parametrize("with_hpa", [True, False], ids=["an HPA", "a workload"])
def test_a_wish_is_recorded_and_nothing_written(*, with_hpa: bool) -> None:
    """The floor stands already, so a new revision is all that a wish needs on air."""
    target = raised(with_hpa=with_hpa)
    decision = decide(wished(target, 3))
    assert isinstance(decision.step, Record)
    assert decision.rivals == ()
    assert decision.step.entry.baseline.minimum == 3
    target.ledger.append(replace(decision.step.entry, resource_version="1"))
    retired = decide(wished(target, 3)).step
    assert isinstance(retired, Annotate)
    assert (retired.entry.sequence, retired.notes.floor) == (0, 0)
    target.ledger[0] = replace(target.ledger[0], notes=retired.notes)
    assert decide(wished(target, 3)).step is None


@pytest.mark.parametrize("state", [State.RAISED, State.RESTORED], ids=str)
def test_a_wish_after_the_hold_is_given_back(state: State) -> None:
    """What was wanted as the hold ended is the baseline that is restored, however late it is."""
    target = noted(on_air(), state=state, floor=0, since=T0 + minutes(10))
    target.timeline, target.aimed = plan(), False
    target.now = target.confirmed = T0 + minutes(10)
    target.plan = target.ledger[-1].notes.plan
    recorded = decide(wished(target, 3)).step
    assert isinstance(recorded, Record)
    assert recorded.entry.notes.state is State.RAISED
    target.ledger.append(recorded.entry)
    back = decide(wished(target, 3)).step
    assert isinstance(back, Put)
    assert back.after == Limits(3, 139)
    assert back.taken == ((names.WANTED_MIN, 3),)


def test_a_floor_comes_before_the_bookkeeping() -> None:
    """An entry that an owner's edit replaced loses its floor only when the newest one's is up."""
    target = on_air()
    target.now = T0 + minutes(11)
    target.owner_sets(minimum=3)
    steps = [type(target.step().step) for _ in range(4)]
    assert steps == [Record, Put, Annotate, type(None)]
    assert [entry.notes.floor for entry in target.ledger] == [0, 111]


def test_a_note_goes_with_the_number_that_changes() -> None:
    """The note of a number that stays is kept: its owner's name stands at a value of ours."""
    steered = wished(on_air(), 3, 9).steered
    assert steered is not None
    before = Limits(111, 139)
    write = put(steered, before, Limits(60, 139), "", Limits(60, 139))
    assert write.taken == ((names.WANTED_MIN, 3),)
    write = put(steered, before, Limits(60, 20), "", Limits(60, 20))
    assert write.taken == ((names.WANTED_MIN, 3), (names.WANTED_MAX, 9))


def test_a_workload_is_written_as_it_was_read() -> None:
    """A note in managedFields goes with every write, so none may be overlooked after the first."""
    target = raised(with_hpa=False)
    situation = target.situation()
    assert situation.workload is not None
    workload = replace(situation.workload, version="7")
    later = replace(situation, workload=workload, now=T0 + minutes(20))
    intent = decide(later).step
    assert isinstance(intent, Put)
    assert intent.version == "7"
    assert put(workload, Limits(4), Limits(32), "", Limits(32), first=True).version == ""


def test_marks_of_a_hold_that_began_anew_go_before_its_entry() -> None:
    """A raise that never comes leaves no mark behind without an entry, which nobody could read."""
    target = noted(on_air(), state=State.CAPTURED, floor=0, written=())
    target.minimum, target.maximum, target.timeline, target.aimed = 4, 20, plan(), False
    target.settle(12)
    assert (target.marked, target.ledger) == (False, [])


@given(wish=st.integers(0, 110), lowest=st.integers(0, 40))
def test_any_wish_below_the_floor_comes_back(wish: int, lowest: int) -> None:
    """Whatever is wanted on air, the floor stands until the end, and then that number is there."""
    target = raised(with_hpa=False)
    written = target.ledger[-1].notes.written
    echoes = {write.limits.minimum for write in written if write.at <= target.now}
    decision = decide(wished(target, wish))
    assert decision.reason == reasons.HOLDING
    if isinstance(decision.step, Record):
        target.ledger.append(replace(decision.step.entry, resource_version="1"))
    target.replicas = max(target.replicas, lowest)
    target.settle(12)
    assert target.replicas == 111
    target.settle(30)
    assert target.replicas == (4 if wish in echoes else wish)
