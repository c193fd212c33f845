"""What is decided where nothing may be written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onair.model import reasons
from onair.reports import Report
from tests.unit.plan.imagined import SHOW, T0, Imagined, minutes, on_air, plan

ONLY = "; this operator only observes"


def observed(**fields: object) -> Imagined:
    """Return a target in mode observe."""
    return replace(Imagined(SHOW), observes=True, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "minute", "want"),
    [
        pytest.param(observed(), 4, "would raise api to 32..40 at 19:05Z", id="a minute ahead"),
        pytest.param(observed(), 5, "would raise api to 32..40 now", id="when it is due"),
        pytest.param(observed(), 10, "would raise api to 111..139 now", id="at the peak"),
        pytest.param(
            observed(minimum=40, maximum=50), 5, "would leave api at 40..50 now", id="no need"
        ),
        pytest.param(observed(with_hpa=False), 5, "would raise api to 32 now", id="without an HPA"),
    ],
)
def test_what_would_be_done_is_said(target: Imagined, minute: float, want: str) -> None:
    """From its capture on a floor is said instead of written, and nothing is recorded."""
    decision = target.settle(minute)
    assert (decision.reason, decision.message) == (reasons.OBSERVING, want + ONLY)
    assert target.done == []


@pytest.mark.parametrize(
    ("minute", "floor", "wake"),
    [
        pytest.param(4, 0, 5, id="before it is due"),
        pytest.param(5, 32, 10, id="due"),
        pytest.param(20, 60, 21, id="falling"),
    ],
)
def test_the_floor_is_the_one_that_is_due(minute: float, floor: int, wake: float) -> None:
    """Status and metrics show what the plan asks for; the next change is looked at in time."""
    decision = observed().settle(minute)
    assert (decision.floor, decision.wake) == (floor, T0 + minutes(wake))


@pytest.mark.parametrize(
    ("minute", "want"),
    [
        pytest.param(0, T0 + minutes(4), id="before"),
        pytest.param(22, None, id="after"),
    ],
)
def test_nothing_is_said_where_nothing_is_due(minute: float, want: object) -> None:
    """Long before and after a show there is nothing to observe."""
    decision = observed().settle(minute)
    assert (decision.reason, decision.wake) == (reasons.NOTHING_DUE, want)


def test_a_refusal_stays_one() -> None:
    """What keeps an operator from steering a target is said in both modes."""
    target = observed(replicas=0)
    assert target.settle(5).reason == reasons.AT_ZERO


@pytest.mark.parametrize(
    "minute", [pytest.param(12, id="on air"), pytest.param(30, id="after the show")]
)
def test_an_earlier_hold_is_left_and_said(minute: float) -> None:
    """What an operator in mode enforce has raised is neither moved nor given back."""
    target = replace(on_air(), observes=True)
    target.done.clear()
    decision = target.settle(minute)
    assert decision.reason == reasons.OBSERVING
    assert decision.message == (
        "raised by an operator in mode enforce; this operator only observes: run "
        "`onair restore --take-over` with the rights of mode enforce to give it back"
    )
    assert (target.live(), target.done) == ((111, 139), [])


def test_an_earlier_capture_is_nobodys_hold() -> None:
    """A baseline that was recorded and never changed keeps nothing from being observed."""
    target = Imagined(SHOW)
    target.settle(4)
    target.done.clear()
    target.observes = True
    assert target.settle(5).message == "would raise api to 32..40 now" + ONLY
    assert target.done == []


def test_a_raise_that_was_never_noted_is_an_earlier_hold() -> None:
    """An operator that died between its write and the note of it has raised all the same."""
    target = Imagined(SHOW)
    target.settle(4)
    captured = target.ledger[-1]
    target.settle(5)
    target.ledger[-1], target.observes = captured, True
    target.done.clear()
    decision = target.settle(30)
    assert decision.reason == reasons.OBSERVING
    assert "run `onair restore --take-over`" in decision.message
    assert Report(decision, target.situation(), None).held
    assert (target.live(), target.done) == ((32, 40), [])


def test_an_edit_after_a_capture_is_said_a_minute_ahead() -> None:
    """A show that is moved to later is said when its own capture would be due."""
    target = Imagined(SHOW)
    target.settle(4)
    target.observes, target.timeline, target.plan = True, plan((60, 32), (70, 0)), "two"
    decision = target.settle(5)
    assert (decision.step, decision.wake) == (None, T0 + minutes(59))
    assert decision.reason != reasons.OBSERVING


def test_a_hold_that_others_gave_back_is_not_written_to() -> None:
    """What an operator in mode enforce would still note is left out, where nothing is to come."""
    target = Imagined(SHOW)
    target.settle(4)
    target.observes, target.timeline, target.confirmed = True, plan(), target.now
    decision = target.settle(30)
    assert (decision.reason, decision.step) == (reasons.NOTHING_DUE, None)
