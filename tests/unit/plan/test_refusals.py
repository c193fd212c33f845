"""What keeps a target from being steered, and the words in which it is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from onair.model import reasons
from onair.plan.decide import decide
from onair.plan.ledger import State
from onair.plan.refusals import (
    ledger_is_damaged,
    obstacle,
    refused,
    stopped,
    workload_is_missing,
)
from onair.plan.situation import Decision
from tests.unit.plan.imagined import SHOW, T0, Imagined, minutes, noted, on_air, plan

if TYPE_CHECKING:
    from onair.plan.situation import Situation

DAMAGED, MISSING = reasons.LEDGER_DAMAGED, reasons.TARGET_MISSING


def before_air() -> Situation:
    """Return a target that nobody has captured yet."""
    return Imagined(SHOW).situation()


def nobody_needs(situation: Situation) -> Situation:
    """Return a situation in which no campaign asks for anything any more."""
    return replace(situation, timeline=plan(), aimed=False)


def over() -> Situation:
    """Return a target that is still raised although another airing follows much later."""
    target = noted(on_air(), floor=0)
    target.timeline = plan((10, 0), (99, 7))
    return target.situation()


def hpas(situation: Situation, *names: str, controller: str | None = None) -> Situation:
    """Return a situation with HPAs of some names, owned by a controller or by nobody."""
    (hpa,) = situation.autoscalers
    several = (replace(hpa, id=replace(hpa.id, name=name), controller=controller) for name in names)
    return replace(situation, autoscalers=tuple(several))


def workload(situation: Situation, **fields: Any) -> Situation:  # noqa: ANN401 - any field of it
    """Return a situation with its workload changed."""
    assert situation.workload is not None
    return replace(situation, workload=replace(situation.workload, **fields))


SEVERAL = hpas(before_air(), "web", "api")
OWNED = hpas(before_air(), "api", controller="ScaledObject api")
ADOPTING = workload(before_air(), adopts_ledger=True)


@pytest.mark.parametrize(
    ("situation", "reason", "message"),
    [
        pytest.param(
            SEVERAL,
            reasons.SEVERAL_HPAS,
            "api and web scale the same workload; keep one of them",
            id="several HPAs",
        ),
        pytest.param(
            OWNED,
            reasons.HPA_OWNED,
            "api belongs to ScaledObject api, which would undo what is written to it",
            id="the HPA of a controller",
        ),
        pytest.param(
            ADOPTING,
            reasons.SELECTOR_MATCHES_LEDGER,
            "its selector matches the labels of OnAir's ledger; select by a label of its own",
            id="a selector that matches ledger entries",
        ),
    ],
)
def test_refused(situation: Situation, reason: str, message: str) -> None:
    """What cannot be steered safely is refused, with what would be right."""
    assert refused(situation) == Decision(reason, message)
    assert refused(nobody_needs(situation)) is None


@pytest.mark.parametrize(
    "situation",
    [
        pytest.param(before_air(), id="one HPA"),
        pytest.param(replace(before_air(), autoscalers=()), id="no HPA"),
        pytest.param(replace(before_air(), workload=None), id="no workload"),
        pytest.param(hpas(over(), "api", "web"), id="several, but the hold is over"),
    ],
)
def test_not_refused(situation: Situation) -> None:
    """An ordinary target is steered, and what is over is given back whatever stands in the way."""
    assert refused(situation) is None


def test_a_missing_workload() -> None:
    """Where there is nothing to steer that is said."""
    gone = replace(before_air(), workload=None)
    want = Decision(MISSING, "there is no such workload in this namespace")
    assert workload_is_missing(gone) == want
    assert decide(replace(on_air().situation(), workload=None)) == want
    assert workload_is_missing(before_air()) is None


def at_zero(situation: Situation, replicas: int = 0) -> Situation:
    """Return a situation whose workload has no replicas, or so many."""
    assert situation.workload is not None
    return workload(situation, replicas=replace(situation.workload.replicas, value=replicas))


OFF = Decision(reasons.AT_ZERO, "it is at zero replicas, its owner's off switch")
STOP = Decision(
    reasons.STOPPED_BY_OWNER,
    "someone set it to zero replicas on air; scale it up to lift the stop",
    wake=T0 + minutes(20),
)
CAPTURED = noted(on_air(), state=State.CAPTURED).situation()


@pytest.mark.parametrize(
    ("situation", "want"),
    [
        pytest.param(at_zero(before_air()), OFF, id="before air"),
        pytest.param(at_zero(CAPTURED), OFF, id="captured only"),
        pytest.param(at_zero(on_air().situation()), STOP, id="on air"),
        pytest.param(at_zero(before_air(), 1), None, id="one replica"),
        pytest.param(replace(before_air(), workload=None), None, id="no workload"),
        pytest.param(nobody_needs(at_zero(before_air())), None, id="nobody needs it"),
        pytest.param(at_zero(over()), None, id="the hold is over"),
    ],
)
def test_zero_replicas(situation: Situation, want: Decision | None) -> None:
    """Zero is an off switch before air, a stop on air, and nobody's business otherwise."""
    assert stopped(situation) == want


@pytest.mark.parametrize(
    ("situation", "want"),
    [
        pytest.param(before_air(), None, id="nothing in the way"),
        pytest.param(
            replace(before_air(), workload=None),
            (MISSING, "there is no such workload in this namespace"),
            id="no workload",
        ),
        pytest.param(
            replace(hpas(before_air(), "api", "web"), workload=None),
            (MISSING, "there is no such workload in this namespace"),
            id="no workload, which several HPAs scale",
        ),
        pytest.param(
            at_zero(SEVERAL),
            (reasons.SEVERAL_HPAS, "api and web scale the same workload; keep one of them"),
            id="several HPAs of a workload at zero",
        ),
        pytest.param(
            at_zero(before_air()),
            (reasons.AT_ZERO, "it is at zero replicas, its owner's off switch"),
            id="at zero",
        ),
        pytest.param(at_zero(before_air(), 1), None, id="one replica"),
    ],
)
def test_obstacle(situation: Situation, want: tuple[str, str] | None) -> None:
    """What would keep anybody from beginning to steer a target is said for every target alike."""
    assert obstacle(situation.workload, situation.autoscalers) == want


HOW = "with --field-manager=onair as docs/getting-everything-back.md says"
LIMITS = f"set its limits to what they should be and remove the onair.dev marks, {HOW}"


@pytest.mark.parametrize(
    ("situation", "message"),
    [
        pytest.param(
            replace(on_air().situation(), entry=None, damage="what to do about it"),
            "what to do about it",
            id="damaged",
        ),
        pytest.param(
            replace(on_air().situation(), entry=None),
            f"api carries OnAir's marks, but its ledger entry is gone; {LIMITS}",
            id="gone",
        ),
    ],
)
def test_a_damaged_ledger(situation: Situation, message: str) -> None:
    """What is wrong is said with the way out, the floor that is due and when it changes."""
    want = Decision(DAMAGED, message, wake=T0 + minutes(20), floor=111)
    assert ledger_is_damaged(situation) == want


@pytest.mark.parametrize(
    "situation",
    [
        pytest.param(before_air(), id="no marks"),
        pytest.param(on_air().situation(), id="marks and an entry"),
        pytest.param(replace(before_air(), autoscalers=()), id="no HPA"),
    ],
)
def test_a_sound_ledger(situation: Situation) -> None:
    """Marks with an entry, or neither, are in order."""
    assert ledger_is_damaged(situation) is None
