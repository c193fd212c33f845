"""What is decided where nobody knows what an owner had: the ledger entry is damaged or gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.model import reasons
from onair.plan.status import build
from tests.unit.plan.imagined import T0, Imagined, minutes, on_air, plan
from tests.unit.plan.test_honesty import said
from tests.unit.plan.test_status import condition, view_of

if TYPE_CHECKING:
    from collections.abc import Callable

WHY = "its ledger entry cannot be read"


def damaged() -> Imagined:
    """Return a target that is raised, with an entry that cannot be read any more."""
    target = on_air()
    target.damage = WHY
    target.done.clear()
    return target


def without_entry() -> Imagined:
    """Return a target that is raised and marked, without an entry."""
    target = on_air()
    target.ledger.clear()
    target.done.clear()
    return target


EVERY_DAMAGE = pytest.mark.parametrize(
    "make", [pytest.param(damaged, id="damaged"), pytest.param(without_entry, id="gone")]
)


@EVERY_DAMAGE
@pytest.mark.parametrize(
    ("minute", "floor", "wake"),
    [
        pytest.param(12, 111, 20, id="on air"),
        pytest.param(20, 60, 21, id="falling"),
        pytest.param(30, 0, None, id="after the show"),
    ],
)
@pytest.mark.parametrize("observes", [False, True], ids=["enforce", "observe"])
def test_what_is_due_is_said_and_nothing_written(
    make: Callable[[], Imagined], minute: float, floor: int, wake: float | None, *, observes: bool
) -> None:
    """The floor that is due stays known, for status, metrics and verdicts; no number is touched."""
    target = make()
    target.observes = observes
    decision = target.settle(minute)
    assert (decision.reason, decision.floor) == (reasons.LEDGER_DAMAGED, floor)
    assert decision.wake == (None if wake is None else T0 + minutes(wake))
    assert (target.live(), target.done) == ((111, 139), [])


@EVERY_DAMAGE
def test_it_is_said_although_nobody_needs_the_target(make: Callable[[], Imagined]) -> None:
    """A campaign that is suspended does not hide that a number may not be its owner's."""
    target = make()
    target.timeline, target.plan, target.held, target.aimed = plan(), "none", (), False
    assert target.settle(40).reason == reasons.LEDGER_DAMAGED


@pytest.mark.parametrize("ready", [pytest.param(111, id="enough"), pytest.param(60, id="too few")])
def test_a_floor_that_is_due_is_never_ready(ready: int) -> None:
    """What nobody may write to cannot be relied on, however many replicas there are."""
    view = view_of(reason=reasons.LEDGER_DAMAGED, message=WHY, due=111, ready=ready)
    status = build(view, {}, T0)
    assert condition(status, "Ready") == ("False", reasons.LEDGER_DAMAGED)
    assert said(status, "Ready") == f"api: {ready} of 111 ready; {WHY}"


@pytest.mark.parametrize("due", [pytest.param(111, id="on air"), pytest.param(0, id="idle")])
def test_nobody_says_that_it_is_restored(due: int) -> None:
    """Whether a number is its owner's cannot be told, and the target is named."""
    view = view_of(reason=reasons.LEDGER_DAMAGED, message=WHY, due=due)
    status = build(view, {}, T0)
    assert condition(status, "Restored") == ("Unknown", reasons.LEDGER_DAMAGED)
    assert said(status, "Restored") == f"api (Deployment mol-api): {WHY}"


def test_a_hold_beside_it_is_known() -> None:
    """What is certain comes first: another target of the campaign is still raised."""
    view = view_of(reason=reasons.LEDGER_DAMAGED, message=WHY)
    (broken,) = view.targets
    other = replace(broken, name="web", reason=reasons.HOLDING, message="", held=True)
    status = build(replace(view, targets=(broken, other)), {}, T0)
    assert condition(status, "Restored") == ("False", reasons.HOLDING)


def test_the_summary_does_not_say_that_all_is_back() -> None:
    """After the last airing the line for people agrees with the condition."""
    view = view_of(reason=reasons.LEDGER_DAMAGED, message=WHY)
    (broken,) = view.targets
    view = replace(view, targets=(broken, replace(broken, name="web", reason="")), upcoming=())
    summary = build(view, {}, T0)["summary"]
    assert summary == "ended, but nobody knows whether everything is back as it was"
