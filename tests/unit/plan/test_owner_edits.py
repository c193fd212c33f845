"""What exactly is decided when somebody else writes to a target on air: an edit, or a revert."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.model import reasons
from onair.plan.decide import decide
from onair.plan.ledger import State, Write, entry_name
from onair.plan.observed import Limits, Number
from onair.plan.rivals import NOBODY
from onair.plan.situation import Decision, Put, Record
from tests.unit.plan.imagined import SHOW, T0, Imagined, minutes, noted, on_air, plan

if TYPE_CHECKING:
    from onair.plan.situation import Situation

ON_AIR = Decision(reasons.HOLDING, wake=T0 + minutes(20), floor=111, ceiling=139)


def put_back(target: Imagined, by: str = "argocd") -> Situation:
    """Return what is seen after somebody has put the baseline back."""
    target.owner_sets(minimum=4, maximum=20, by=by)
    return target.situation()


def test_a_revert_says_who() -> None:
    """The writers are named in order, and the write comes back when it is its turn."""
    situation = put_back(on_air())
    number = Number(4, frozenset({"flux", "argocd", "helm"}))
    hpa = replace(situation.autoscalers[0], minimum=number)
    decision = decide(replace(situation, autoscalers=(hpa,)))
    message = "argocd and flux and helm undid the floor, which is written again once a minute"
    assert (decision.reason, decision.message) == (reasons.REVERTED, message)
    assert decision.rivals == ("argocd", "flux", "helm")
    assert isinstance(decision.step, Put)


def test_a_revert_by_nobody_known() -> None:
    """A field that nobody owns was written by somebody unknown."""
    situation = put_back(on_air())
    nobodys = Number(4, frozenset())
    hpa = replace(situation.autoscalers[0], minimum=nobodys, maximum=replace(nobodys, value=20))
    decision = decide(replace(situation, autoscalers=(hpa,), may_reassert=False))
    message = f"{NOBODY} undid the floor, which is written again once a minute"
    want = replace(ON_AIR, reason=reasons.REVERTED, message=message, rivals=(NOBODY,))
    assert decision == want


def test_a_revert_of_a_workload_says_who() -> None:
    """Of a workload without an HPA it is said who scaled it."""
    target = Imagined(SHOW, with_hpa=False)
    target.settle(4)
    target.settle(10)
    target.owner_sets(replicas=4, by="helm")
    assert decide(target.situation()).rivals == ("helm",)


@pytest.mark.parametrize(
    "notes",
    [
        pytest.param({"state": State.CAPTURED}, id="never noted as raised"),
        pytest.param({"floor": 32}, id="another floor was in force"),
        pytest.param({"since": T0 + minutes(9)}, id="not written yet when the floor began"),
    ],
)
def test_a_first_write_is_no_revert(notes: dict[str, object]) -> None:
    """Only limits that were in force for this floor can have been undone."""
    target = noted(on_air(), **notes)
    decision = decide(put_back(target))
    assert (decision.reason, type(decision.step)) == (reasons.HOLDING, Put)


def test_an_owners_edit_is_recorded_in_a_revision_of_its_own() -> None:
    """The next entry has the next number, the new baseline, and the next write as a first one."""
    target = on_air()
    target.owner_sets(minimum=3, by="kubectl")
    entry = target.ledger[-1]
    step = decide(target.situation())
    revision = replace(
        entry,
        name=entry_name("uid-hpa", 1),
        sequence=1,
        baseline=Limits(3, 20),
        notes=entry.notes.with_write(Limits(111, 139), target.now),
    )
    want = replace(ON_AIR, message="the owner changed it", rivals=("kubectl",))
    assert step == replace(want, step=Record(revision))


@pytest.mark.parametrize(
    ("maximum", "want"),
    [
        pytest.param(500, {40, 139, None}, id="a new maximum: what repeated the old is forgotten"),
        pytest.param(None, {40, 139, 20}, id="only a minimum: everything is kept"),
    ],
)
def test_what_an_edit_forgets(maximum: int | None, want: set[int | None]) -> None:
    """A maximum that only repeated the owner's former one was no ceiling; its minimum is ours."""
    target = noted(
        on_air(),
        written=(
            Write(T0 + minutes(5), Limits(32, 40)),
            Write(T0 + minutes(6), Limits(5, 20)),
            Write(T0 + minutes(7), Limits(50, 139)),
        ),
    )
    if maximum is None:
        target.owner_sets(minimum=3)
    else:
        target.owner_sets(maximum=maximum)
    step = decide(target.situation()).step
    assert isinstance(step, Record)
    written = [write.limits for write in step.entry.notes.written]
    assert {limits.maximum for limits in written} == want
    assert {limits.minimum for limits in written} >= {32, 5, 50}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"timeline": plan(), "aimed": True}, id="the hold is over"),
        pytest.param({"timeline": plan(), "aimed": False}, id="nobody wants it"),
    ],
)
def test_an_edit_after_the_hold_is_nobodys_business(change: dict[str, object]) -> None:
    """What an owner sets when nothing is held is simply theirs."""
    target = on_air()
    target.owner_sets(minimum=3)
    situation = replace(target.situation(), **change)  # type: ignore[arg-type]
    assert not isinstance(decide(situation).step, Record)


def test_an_edit_of_what_was_only_captured_counts_while_it_is_wanted() -> None:
    """Before the first write the baseline follows its owner, until nobody needs the target."""
    target = Imagined(SHOW)
    target.settle(4)
    target.owner_sets(minimum=3)
    step = decide(target.situation()).step
    assert isinstance(step, Record)
    assert step.entry.baseline == Limits(3, 20)
    unwanted = replace(target.situation(), timeline=plan(), aimed=False)
    assert not isinstance(decide(unwanted).step, Record)
