"""What is decided when the object that a ledger entry speaks of is no longer what steers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.model import reasons
from onair.plan.decide import decide
from onair.plan.situation import Decision, Erase
from tests.unit.plan.imagined import SHOW, Imagined, on_air

if TYPE_CHECKING:
    from onair.plan.situation import Situation


def steered_by_hpa() -> Situation:
    """Return a target on air that is steered through its HPA."""
    return on_air().situation()


def steered_alone() -> Situation:
    """Return a target on air that has no HPA."""
    target = Imagined(SHOW, with_hpa=False)
    target.settle(4)
    target.settle(10)
    return target.situation()


def with_another_hpa(situation: Situation) -> Situation:
    """Return a situation whose only HPA is a new one."""
    (hpa,) = steered_by_hpa().autoscalers
    another = replace(hpa, id=replace(hpa.id, uid="uid-other"), annotated=False)
    return replace(situation, autoscalers=(another,))


def made_anew(situation: Situation) -> Situation:
    """Return a situation whose workload was deleted and made again."""
    workload = situation.workload
    assert workload is not None
    return replace(situation, workload=replace(workload, id=replace(workload.id, uid="uid-new")))


@pytest.mark.parametrize(
    ("situation", "superseded"),
    [
        pytest.param(with_another_hpa(steered_by_hpa()), False, id="another HPA"),
        pytest.param(replace(steered_by_hpa(), autoscalers=()), False, id="the HPA is gone"),
        pytest.param(made_anew(steered_alone()), False, id="the workload was made anew"),
        pytest.param(with_another_hpa(steered_alone()), True, id="an HPA over a workload"),
    ],
)
def test_an_entry_of_what_is_gone_is_erased(situation: Situation, *, superseded: bool) -> None:
    """There is nobody left to give anything back to; an HPA now owns what a workload had."""
    assert situation.entry is not None
    step = Erase(situation.entry, superseded)
    assert decide(situation) == Decision(
        reasons.RESTORING, "something else steers it now", step=step
    )


def test_what_may_only_be_unread_is_not_gone() -> None:
    """Before every kind was listed an HPA may be there without being known."""
    situation = replace(steered_by_hpa(), autoscalers=(), proven=False)
    assert decide(situation) == Decision(reasons.RESTORING, "not every list has been read yet")


def test_of_several_hpas_the_entrys_own_is_steered() -> None:
    """A second HPA does not make the entry of the first one an orphan's."""
    situation = steered_by_hpa()
    several = (*with_another_hpa(situation).autoscalers, *situation.autoscalers)
    decision = decide(replace(situation, autoscalers=several))
    assert (decision.reason, decision.step) == (reasons.SEVERAL_HPAS, None)
